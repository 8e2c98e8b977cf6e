// The devices a step can run on: which there are, which this machine has, how to get the others, and which is best.
import { UserError } from '../errors.ts';
import { nearest } from '../suggest.ts';
import { cpu } from './devices/cpu.ts';
import { cuda } from './devices/cuda.ts';
import type { Device } from './devices/device.ts';
import { reference } from './devices/reference.ts';
import { tfjsNode, tfjsNodeGpu } from './devices/tfjs-node.ts';
import { webgpu } from './devices/webgpu.ts';
import type { Engine, EngineOptions } from './program.ts';

const devices: readonly Device[] = [cpu, webgpu, cuda, tfjsNode, tfjsNodeGpu, reference];

/** Graphics cards in the order in which {@link AUTO} tries them; the processor is what is left. */
const cards: readonly Device[] = [cuda, webgpu, tfjsNodeGpu];

/** The name that stands for the best device of the machine. */
export const AUTO = 'auto';

/** Names of all devices, usable or not. */
export const deviceNames: readonly string[] = devices.map(({ name }) => name);

export interface DeviceStatus {
  readonly name: string;
  readonly title: string;
  readonly usable: boolean;
  /** Of a usable one: what to know of it. */
  readonly note?: string;
  /** Of one that is not: why, and what would change that. */
  readonly reason?: string;
  readonly how?: string;
}

/** Every device with whether it can be used here. */
export async function listDevices(): Promise<DeviceStatus[]> {
  return Promise.all(
    devices.map(async ({ name, title, check }): Promise<DeviceStatus> => {
      const state = await check();
      if (state.reason !== undefined) return { name, title, usable: false, ...state };
      return { name, title, usable: true, ...(state.note === undefined ? {} : { note: state.note }) };
    }),
  );
}

export interface ChosenDevice {
  readonly name: string;
  /** For {@link AUTO}: one line on why it is this one. */
  readonly why?: string;
}

/**
 * The device that a name stands for, itself or, for `auto`, the best that this machine can use: cuda, webgpu on a
 * graphics card, tfjs-node-gpu, cpu.
 *
 * @throws UserError for a device that does not exist (with the near names) or is not usable here
 */
export async function chooseDevice(name: string): Promise<ChosenDevice> {
  if (name !== AUTO) return { name: (await requireDevice(name)).name };
  const refused: string[] = [];
  for (const card of cards) {
    const state = await card.check();
    const lack = state.reason ?? (state.software ? state.note : undefined);
    const before = refused.length > 0 ? `, since ${refused.join('; ')}` : '';
    if (lack === undefined) return { name: card.name, why: `device ${card.name}${before}` };
    refused.push(`${card.name}: ${lack}`);
  }
  return { name: cpu.name, why: `device ${cpu.name}, since ${refused.join('; ')}` };
}

async function requireDevice(name: string): Promise<Device> {
  const device = devices.find((d) => d.name === name);
  if (!device) {
    const names = [...deviceNames, AUTO];
    const near = nearest(name, names);
    const how = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `choose one of ${names.join(', ')}`;
    throw new UserError({ what: `there is no device ${name}`, where: '--device', how });
  }
  const { reason, how = '' } = (await device.check()) as { reason?: string; how?: string };
  if (reason !== undefined)
    throw new UserError({ what: `device ${name} cannot be used: ${reason}`, where: '--device', how });
  return device;
}

/** Opens a device, or the best for `auto`. @throws UserError as {@link chooseDevice} does */
export async function openEngine(name = 'cpu', options: EngineOptions = {}): Promise<Engine> {
  const chosen = name === AUTO ? (await chooseDevice(name)).name : name;
  return (await requireDevice(chosen)).open(options);
}
