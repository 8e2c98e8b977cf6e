// What the pipelines ask of the engine: the devices there are, and finished networks opened for use.
import { type DeviceStatus, listDevices, requireDevice } from '../core/engine/devices.ts';
import { openModels } from './stages/open-models.ts';
import type { OpenModels } from './stages/work.ts';

export interface Engine {
  listDevices(): Promise<readonly DeviceStatus[]>;
  /** @throws UserError for an unknown device, and for one that this machine cannot use */
  requireDevice(name: string): Promise<void>;
  readonly openModels: OpenModels;
}

export const engine: Engine = { listDevices, requireDevice, openModels };
