// What the pipelines ask of the engine: the devices there are, and finished networks opened for use.
import { type ChosenDevice, chooseDevice, type DeviceStatus, listDevices } from '../core/engine/devices.ts';
import { openModels } from './stages/open-models.ts';
import type { OpenModels } from './stages/work.ts';

export interface Engine {
  listDevices(): Promise<readonly DeviceStatus[]>;
  /**
   * The device of that name, or the best of the machine for `auto`.
   * @throws UserError for an unknown device, and for one that this machine cannot use
   */
  chooseDevice(name: string): Promise<ChosenDevice>;
  readonly openModels: OpenModels;
}

export const engine: Engine = { listDevices, chooseDevice, openModels };
