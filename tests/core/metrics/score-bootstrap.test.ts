import { describe, expect, it } from 'vitest';
import { areaDifference, areaInterval, deLong } from '../../../core/metrics/delong.ts';
import { RankedScores } from '../../../core/metrics/ranked-scores.ts';
import { rankedRocArea } from '../../../core/metrics/roc.ts';
import { pairedScoreBootstrap, scoreBootstrap } from '../../../core/metrics/score-bootstrap.ts';
import { RandomStream } from '../../../core/random.ts';
import { labels, smooth, tied, weights } from './reference-rows.ts';

const random = () => new RandomStream('score bootstrap');
const width = ({ low, high }: { low: number; high: number }): number => high - low;

describe('bootstrap of scored rows', () => {
  const [first, second] = [tied, smooth].map((scores) => new RankedScores(scores, labels));
  const delong = deLong([tied, smooth], labels);

  // The ends of an interval from 2,000 replicates err by 3 %; DeLong's variance itself by a few per cent.
  it('has the width of DeLong where both apply, for an area and for a paired difference', () => {
    const options = { random: random(), replicates: 2000 };
    const area = scoreBootstrap(first, rankedRocArea, options);
    expect(area.value).toBeCloseTo(delong.areas[0], 12);
    expect(Math.abs(width(area) / width(areaInterval(delong)) - 1)).toBeLessThan(0.1);
    const difference = pairedScoreBootstrap(first, second, rankedRocArea, options);
    expect(difference.value).toBeCloseTo(delong.areas[0] - delong.areas[1], 12);
    expect(Math.abs(width(difference) / width(areaDifference(delong, 0, 1)) - 1)).toBeLessThan(0.1);
  });

  it('takes weights into account and repeats itself', () => {
    const run = () =>
      scoreBootstrap(first, rankedRocArea, { random: random(), replicates: 200, weights, level: 0.9 });
    expect(run().value).toBeCloseTo(0.7900411664355066, 12);
    expect(run()).toEqual(run());
  });

  it('leaves out resamplings without one of the classes', () => {
    const few = new RankedScores([1, 2, 3], [0, 0, 1]);
    const { low, high } = scoreBootstrap(few, rankedRocArea, { random: random(), replicates: 100 });
    expect([low, high]).toEqual([1, 1]);
  });

  it('does not compare different rows', () => {
    const few = new RankedScores([1, 2], [0, 1]);
    expect(() => pairedScoreBootstrap(first, few, rankedRocArea, { random: random() })).toThrow('200 and 2');
  });
});
