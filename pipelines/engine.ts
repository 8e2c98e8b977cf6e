// What the pipelines ask of the engine, loaded when it is needed: the devices there are, and finished networks opened
// on one.
import { UserError } from '../core/errors.ts';
import { nearest } from '../core/suggest.ts';
import type { OpenModels } from './stages/work.ts';

/** A device of the engine, usable on this machine or not. */
export interface DeviceState {
  readonly name: string;
  readonly usable: boolean;
  /** Why it is not usable. */
  readonly reason?: string;
  /** How to make it usable. */
  readonly how?: string;
}

export interface Engine {
  listDevices(): Promise<readonly DeviceState[]>;
  readonly openModels: OpenModels;
}

/**
 * Checks a device before any work starts.
 * @throws UserError for an unknown device, with the nearest name, and for one that this machine cannot use
 */
export async function checkDevice(engine: Engine, name: string): Promise<void> {
  const devices = await engine.listDevices();
  const device = devices.find((known) => known.name === name);
  if (device?.usable) return;
  if (device !== undefined) {
    throw new UserError({
      what: `not usable here${device.reason ? `: ${device.reason}` : ''}`,
      where: `--device ${name}`,
      how: device.how,
    });
  }
  const names = devices.map((known) => known.name);
  const near = nearest(name, names);
  throw new UserError({
    what: `no device ${JSON.stringify(name)}`,
    where: '--device',
    how: `${near.length > 0 ? `did you mean ${near.join(' or ')}? ` : ''}"deepfield devices" lists them: ${names.join(', ')}`,
  });
}
