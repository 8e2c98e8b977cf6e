// What an evaluation of the gauge theory keeps for its plots.
import type { Estimate } from '../../../domain.ts';
import { estimateOf } from '../../accuracy.ts';
import { type BondSample, firstSample, sampleOf } from '../bonds/samples.ts';
import type { GaugeMeasurements } from './measure.ts';

/** Share that is still called a ground state after some bonds were flipped. */
export interface DosePoint extends Estimate {
  /** `network` and `toy network` for bonds flipped at random, `m = 8` for a pattern seen by the network. */
  readonly classifier: string;
  readonly flips: number;
  /** Mean share of violated plaquettes. */
  readonly violated: number;
}

export interface GaugeCurves {
  readonly samples: readonly (BondSample & { readonly title: string })[];
  readonly doses: readonly DosePoint[];
}

export function gaugeCurves({ test, flippedEvery, stitched, flipped }: GaugeMeasurements): GaugeCurves {
  const { size } = test;
  const states = test.ground.length / 2;
  const patterns = [...flippedEvery].map(([m, spoiled]) => ({ m, ...spoiled }));
  return {
    samples: [
      { title: 'a ground state', ...firstSample(test, 1) },
      { title: 'infinite temperature', ...firstSample(test, 0) },
      ...patterns.map(({ m, states: spins }) => ({
        title: `a ground state with one bond flipped every ${m} plaquettes`,
        ...sampleOf({ size, spins }, 0),
      })),
      {
        title: 'four quarters of ground states stitched together',
        ...sampleOf({ size, spins: stitched.states }, 0),
      },
    ],
    doses: [
      ...flipped.flatMap(({ flips, violated, share, toy }): DosePoint[] => [
        { classifier: 'network', flips, violated, ...share },
        { classifier: 'toy network', flips, violated, ...estimateOf([toy], states) },
      ]),
      ...patterns.map(({ m, flips, violated, share }) => ({
        classifier: `m = ${m}`,
        flips,
        violated,
        ...share,
      })),
    ],
  };
}
