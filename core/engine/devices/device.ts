// A place to run, as the list of devices knows it. Engines are loaded when they are opened and drivers asked when somebody
// wants to know, so that the list itself costs nothing.
import type { Engine, EngineOptions } from '../program.ts';

/** Why a device cannot be used, and how to get it: one line each. */
export interface Lack {
  readonly reason: string;
  readonly how: string;
}

/** A device that can be used. */
export interface Usable {
  readonly reason?: undefined;
  /** What the user should know of it, such as the driver behind it. */
  readonly note?: string;
  /** The "graphics card" is a program that runs on the processor. */
  readonly software?: boolean;
}

export interface Device {
  readonly name: string;
  readonly title: string;
  /** Looks whether this machine has it. */
  check(): Promise<Usable | Lack>;
  open(options: EngineOptions): Promise<Engine>;
}
