// The devices a step can run on, by name: what each is, whether this machine has it, and how to get it.
import { UserError } from '../errors.ts';
import { nearest } from '../suggest.ts';
import type { Engine, EngineOptions } from './program.ts';

/** A place to run. Engines are loaded when opened, so that listing devices costs nothing. */
interface Device {
  readonly name: string;
  readonly title: string;
  /** Undefined when usable, else why not and how to get it. */
  missing(): Promise<{ reason: string; how: string } | undefined>;
  open(options: EngineOptions): Promise<Engine>;
}

const devices: readonly Device[] = [
  {
    name: 'cpu',
    title: 'ONNX Runtime on the processor',
    missing: async () => {
      try {
        await import('onnxruntime-node');
        return undefined;
      } catch (error) {
        const how = 'reinstall with npm ci; there are binaries for Linux, macOS and Windows on x64 and arm64';
        return { reason: `onnxruntime-node does not load: ${(error as Error).message.split('\n')[0]}`, how };
      }
    },
    open: async (options) => {
      const { OnnxEngine } = await import('./devices/onnxruntime.ts');
      const { cpuProvider } = await import('./devices/provider.ts');
      return new OnnxEngine('cpu', cpuProvider, options);
    },
  },
  {
    name: 'reference',
    title: "tfjs's plain-JavaScript backend: slow, for checking",
    missing: async () => undefined,
    open: async () => {
      const { EagerEngine } = await import('./devices/eager.ts');
      await import('./devices/reference-kernels.ts');
      return new EagerEngine('reference', 'cpu');
    },
  },
];

/** Names of all devices, usable or not. */
export const deviceNames: readonly string[] = devices.map(({ name }) => name);

export interface DeviceStatus {
  readonly name: string;
  readonly title: string;
  readonly usable: boolean;
  readonly reason?: string;
  readonly how?: string;
}

/** Every device with whether it can be used here. */
export async function listDevices(): Promise<DeviceStatus[]> {
  return Promise.all(
    devices.map(async ({ name, title, missing }) => {
      const lack = await missing();
      return { name, title, usable: lack === undefined, ...lack };
    }),
  );
}

/** @throws UserError for a device that does not exist (with the near names) or is not usable here */
export async function requireDevice(name: string): Promise<void> {
  await findDevice(name);
}

async function findDevice(name: string): Promise<Device> {
  const device = devices.find((d) => d.name === name);
  if (!device) {
    const near = nearest(name, deviceNames);
    const how =
      near.length > 0 ? `did you mean ${near.join(' or ')}?` : `choose one of ${deviceNames.join(', ')}`;
    throw new UserError({ what: `there is no device ${name}`, where: '--device', how });
  }
  const lack = await device.missing();
  if (lack)
    throw new UserError({
      what: `device ${name} cannot be used: ${lack.reason}`,
      where: '--device',
      how: lack.how,
    });
  return device;
}

/** Opens a device. @throws UserError as {@link requireDevice} does */
export async function openEngine(name = 'cpu', options: EngineOptions = {}): Promise<Engine> {
  return (await findDevice(name)).open(options);
}
