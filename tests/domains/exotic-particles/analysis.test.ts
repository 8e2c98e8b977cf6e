import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { collisionsConfig } from '../../../domains/exotic-particles/config.ts';
import { analysisOf, chooseCut, type ScoredClass } from '../../../domains/exotic-particles/cut.ts';
import { likelihoodFigures } from '../../../domains/exotic-particles/likelihood-figures.ts';
import { massSculpting } from '../../../domains/exotic-particles/mass-sculpting.ts';
import { atlas, higgs } from '../../../domains/exotic-particles/problems.ts';
import { scoreHistograms } from '../../../domains/exotic-particles/score-histogram.ts';
import { spreadOf, togetherOf } from '../../../domains/exotic-particles/scored-events.ts';

const config = collisionsConfig.parse({});

/** Signal scores are squares' roots of uniform numbers, background scores squares: densities 2s and 1 / (2 sqrt s). */
function events(n: number, seed: number): ScoredClass {
  const random = new RandomStream(seed);
  const label = Uint8Array.from({ length: n }, (_, i) => i % 2);
  const scores = Float32Array.from(label, (y) =>
    y === 1 ? Math.sqrt(random.uniform()) : random.uniform() ** 2,
  );
  return { label, scores, weight: new Float32Array(n).fill(1) };
}

describe('chooseCut', () => {
  it('finds the cut that the densities have, and reads it on other events', () => {
    const analysis = analysisOf(higgs, config);
    const chosen = chooseCut(events(40_000, 1), events(40_000, 2), analysis, new RandomStream(3), 100);
    const exact = (t: number): number => analysis.figure(100 * (1 - t * t), 1000 * (1 - Math.sqrt(t)));
    const best = Math.max(...Array.from({ length: 999 }, (_, i) => exact((i + 1) / 1000)));
    // The optimum is flat: a cut near it loses nothing, and 20,000 events a class know Z_A to about 1 %.
    expect(exact(chosen.threshold)).toBeGreaterThan(0.98 * best);
    expect(chosen.significance.low).toBeLessThan(exact(chosen.threshold));
    expect(chosen.significance.high).toBeGreaterThan(exact(chosen.threshold));
  });

  it("judges ATLAS's challenge by its own yields and AMS", () => {
    const { yields, figure, figureName } = analysisOf(atlas, config);
    expect([yields.signal, yields.background, figureName]).toEqual([691.99, 410_999.85, 'AMS']);
    // sqrt(2 [(s + b + 10) ln(1 + s / (b + 10)) - s]) at s = 10, b = 90: Z0(10, 100) of the domain's page.
    expect(figure(10, 90)).toBeCloseTo(0.983992, 6);
  });
});

describe('scoreHistograms', () => {
  it('gives shares of each class with their errors, and p-values', () => {
    const { bins, overtraining } = scoreHistograms(events(5000, 1), events(5000, 2));
    const of = (truth: string) => bins.filter((bin) => bin.phase === 'test' && bin.truth === truth);
    for (const truth of ['signal', 'background']) {
      expect(of(truth).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    }
    // The lowest of 25 bins holds sqrt(1 / 25) = 0.2 of the background, with the error sqrt(0.2 / 2500); three of them.
    expect(Math.abs(of('background')[0].share - 0.2)).toBeLessThan(3 * Math.sqrt(0.2 / 2500));
    expect(of('background')[0].error).toBeCloseTo(Math.sqrt(of('background')[0].share / 2500), 12);
    expect(overtraining.signal).toBeGreaterThan(0.001);
  });

  it('notices training events that score higher', () => {
    const test = events(5000, 2);
    const training = { ...events(5000, 1), scores: test.scores.map((s) => s ** 0.8) };
    expect(scoreHistograms(training, test).overtraining.signal).toBeLessThan(1e-6);
  });
});

describe('massSculpting', () => {
  const { label, scores, weight } = events(20_000, 4);
  const random = new RandomStream(9);

  it('shows a peak that a cut makes', () => {
    const mass = Float64Array.from(scores, (s) => 100 + 50 * random.normal() * (1 - s));
    const sculpted = massSculpting({
      name: 'm',
      unit: 'GeV',
      mass,
      label,
      weight,
      scores,
      thresholds: [{ cut: 'tight', threshold: 0.8 }],
    })!;
    const peak = (cut: string): number =>
      Math.max(...sculpted.bins.filter((bin) => bin.cut === cut).map(({ share }) => share));
    expect(peak('tight')).toBeGreaterThan(2 * peak('no cut'));
    expect(
      sculpted.bins.filter(({ cut }) => cut === 'tight').reduce((sum, { share }) => sum + share, 0),
    ).toBeCloseTo(1, 12);
  });

  it('is left out where there is no background to speak of', () => {
    const mass = new Float64Array(20_000).fill(Number.NaN);
    expect(
      massSculpting({ name: 'm', unit: '', mass, label, weight, scores, thresholds: [] }),
    ).toBeUndefined();
  });
});

describe('likelihoodFigures', () => {
  it('find more than one cut does, and exclude what they would discover', () => {
    const analysis = analysisOf(higgs, config);
    const own = events(20_000, 5);
    const leading = { kind: 'deep', group: 'complete', ids: ['higgs-deep-complete-1'] } as const;
    const [significance, limit] = likelihoodFigures(
      higgs,
      leading,
      own,
      analysis,
      config,
      new RandomStream(1),
    );
    const { cut } = chooseCut(own, own, analysis, new RandomStream(3), 50);
    expect(significance.value).toBeGreaterThan(cut.value);
    // An expected signal of Z standard deviations is excluded at about 1.64 / Z of its strength, a little more by CLs.
    expect(limit.value * significance.value).toBeGreaterThan(1.64);
    expect(limit.value * significance.value).toBeLessThan(2.6);
    expect(significance.low).toBeLessThan(significance.value);
  });
});

describe('several networks together', () => {
  it('answer the mean of their logits, and their spread', () => {
    // Logits ln 4 and -ln 4: probabilities .8 and .2, together .5, deviation sqrt(2) x 0.3.
    const members = [Float32Array.of(0.8), Float32Array.of(0.2)];
    expect(togetherOf(members)[0]).toBeCloseTo(0.5, 6);
    expect(spreadOf(members)[0]).toBeCloseTo(0.3 * Math.SQRT2, 6);
    expect(togetherOf(members.slice(1))[0]).toBe(Math.fround(0.2));
    expect(spreadOf(members.slice(1))[0]).toBe(0);
  });
});
