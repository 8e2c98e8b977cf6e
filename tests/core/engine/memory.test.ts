// A program is freed when it is disposed, and calls leave nothing behind.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

interface Growth {
  /** Megabytes of resident memory after a first part of the work, and at its end. */
  readonly early: number;
  readonly late: number;
  /** Tensors that tfjs knows of, likewise. */
  readonly earlyTensors: number;
  readonly lateTensors: number;
}

/** Runs one of the workloads of memory-workload.ts in a process of its own. */
function measure(workload: string): Growth {
  const script = fileURLToPath(new URL('memory-workload.ts', import.meta.url));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', script, workload],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Growth;
}

it.each([
  // A compilation holds some 2 MB here: 200 that were kept would be 400.
  ['200 compilations', 'compilations', 60],
  // A step's tensors are 40 kB: 8,000 that were kept would be 320 MB.
  ['10,000 steps', 'steps', 30],
])(
  '%s leave no memory behind',
  (_name, workload, megabytes) => {
    const { early, late, earlyTensors, lateTensors } = measure(workload);
    expect(lateTensors).toBe(earlyTensors);
    // The allocator's own coming and going is a few megabytes.
    expect(late - early).toBeLessThan(megabytes);
  },
  120_000,
);
