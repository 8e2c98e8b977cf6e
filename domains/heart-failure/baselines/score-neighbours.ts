// The k nearest neighbours with the k that validation patients prefer.
import { rocArea } from '../../../core/metrics/roc.ts';
import type { Progress } from '../../../core/progress.ts';
import type { ObservedCohort } from '../records/observed-cohort.ts';
import { NearestNeighbours } from './nearest-neighbours.ts';

/** Neighbours that are tried. */
const ks = [30, 100, 300, 1000];
/** Validation patients that k is chosen on, at most. */
const mostValidation = 1500;

export interface NeighbourScores {
  readonly k: number;
  /** In the order of the test rows. */
  readonly scores: Float32Array;
}

export async function scoreNeighbours(
  observed: ObservedCohort,
  splits: Readonly<Record<'train' | 'validation' | 'test', Uint32Array>>,
  { progress, signal }: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<NeighbourScores> {
  const labels = Uint8Array.from(observed.cohort.members, ({ isCase }) => Number(isCase));
  const neighbours = new NearestNeighbours(observed, splits.train, labels);
  const chosen = splits.validation.subarray(0, mostValidation);
  const bar = progress.task('Nearest neighbours', chosen.length + splits.test.length, 'patients');
  const scored = async (rows: Uint32Array): Promise<number[][]> => {
    const scores: number[][] = [];
    for (const [i, row] of rows.entries()) {
      if (i % 64 === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
      scores.push(neighbours.scores(row, ks));
      bar.advance();
    }
    return scores;
  };
  try {
    const validation = await scored(chosen);
    const truth = Uint8Array.from(chosen, (row) => labels[row]);
    const bothClasses = truth.includes(1) && truth.includes(0);
    const areas = ks.map((_, i) =>
      bothClasses
        ? rocArea(
            validation.map((s) => s[i]),
            truth,
          )
        : 0.5,
    );
    const best = areas.indexOf(Math.max(...areas));
    const test = await scored(splits.test);
    return { k: ks[best], scores: Float32Array.from(test, (s) => s[best]) };
  } finally {
    bar.end();
  }
}
