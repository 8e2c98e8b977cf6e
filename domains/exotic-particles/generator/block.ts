// A block of collisions, the unit of work of a thread: what comes out depends on the task alone.
import { RandomStream } from '../../../core/random.ts';
import { higgsColumns, susyColumns } from '../features/uci-units.ts';
import { uniform } from './distributions.ts';
import { makeHiggsCollisions } from './higgs-collisions.ts';
import { makeSusyCollisions } from './susy-collisions.ts';

export type Process = 'higgs' | 'susy';

export interface BlockTask {
  readonly process: Process;
  /** Accepted collisions. */
  readonly events: number;
  readonly signalShare: number;
  readonly seed: string;
}

/** Accepted collisions in UCI's columns and units. */
export interface CollisionBlock {
  /** Rows x 28 (HIGGS) or 18 (SUSY), row by row. */
  readonly features: Float32Array;
  /** 1 signal, 0 background. */
  readonly label: Uint8Array;
}

/** How many columns the features of each process have. */
export const featureCount = { higgs: higgsColumns.length, susy: susyColumns.length } as const;

const makers = { higgs: makeHiggsCollisions, susy: makeSusyCollisions } as const;
const made = new Map<Process, ReturnType<typeof makeHiggsCollisions>>();

/** Makes the collisions of one block. */
export function simulateBlock({ process, events, signalShare, seed }: BlockTask): CollisionBlock {
  let simulate = made.get(process);
  if (!simulate) {
    simulate = makers[process]();
    made.set(process, simulate);
  }
  const random = new RandomStream(seed);
  const width = featureCount[process];
  const features = new Float32Array(events * width);
  const label = new Uint8Array(events);
  for (let event = 0; event < events; event++) {
    const signal = uniform(random) < signalShare;
    label[event] = signal ? 1 : 0;
    simulate(random, signal, features, event * width);
  }
  return { features, label };
}
