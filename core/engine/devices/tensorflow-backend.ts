// Loads tfjs-node, TensorFlow's own kernels under tfjs, when the user has installed it. Its last release, 4.22 of 2024,
// needs some help on today's Node.
import { createRequire } from 'node:module';
import util from 'node:util';
import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import { registerRandomKernel } from './random-kernel.ts';
import '../tfjs.ts';

/** The name under which both packages register their backend. */
export const BACKEND = 'tensorflow';

/** What TensorFlow is told before it is loaded: no greeting on stderr, only errors. */
export const QUIET = { TF_CPP_MIN_LOG_LEVEL: '2' } as const;

/** Puts back the two functions of `node:util` that tfjs-node calls; Node 23 removed the first, the second is to go. */
function putBackLostFunctions(): void {
  const lost = util as unknown as Record<string, unknown>;
  lost.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  lost.isArray ??= Array.isArray;
}

let loaded = false;

/** Loads the package into this process, once. The present backend stays the one in use. */
export async function loadTensorFlow(name: string): Promise<void> {
  if (loaded) return;
  putBackLostFunctions();
  for (const [key, value] of Object.entries(QUIET)) process.env[key] ??= value;
  const present = getBackend();
  createRequire(import.meta.url)(name);
  registerRandomKernel(BACKEND);
  await setBackend(present);
  loaded = true;
}
