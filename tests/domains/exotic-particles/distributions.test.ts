import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { drawRapidity, gluons } from '../../../domains/exotic-particles/generator/beams.ts';
import {
  breitWigner,
  exchanged,
  isotropic,
  leftHanded,
  longitudinal,
  poisson,
  rightHanded,
} from '../../../domains/exotic-particles/generator/distributions.ts';
import { TableSampler } from '../../../domains/exotic-particles/generator/table-sampler.ts';
import { drawGluonCosine, drawQuarkCosine } from '../../../domains/exotic-particles/generator/top-pairs.ts';
import { expectDistribution } from './expect-distribution.ts';

const samples = (draw: (random: RandomStream) => number, label: string): Float64Array => {
  const random = new RandomStream(label);
  return Float64Array.from({ length: 40_000 }, () => draw(random));
};

/** The distribution function of an unnormalised density on [low, high], by the midpoint rule. */
function integrate(density: (x: number) => number, low: number, high: number): (x: number) => number {
  const steps = 4000;
  const width = (high - low) / steps;
  const cumulative = new Float64Array(steps + 1);
  for (let i = 0; i < steps; i++) cumulative[i + 1] = cumulative[i] + density(low + (i + 0.5) * width);
  return (x) => {
    const position = Math.min(steps - 1e-9, Math.max(0, (x - low) / width));
    const i = Math.floor(position);
    return (cumulative[i] + (position - i) * (cumulative[i + 1] - cumulative[i])) / cumulative[steps];
  };
}

describe('distributions', () => {
  it.each([
    ['isotropic', isotropic, () => 1],
    ['longitudinal', longitudinal, (c: number) => 1 - c * c],
    ['left-handed', leftHanded, (c: number) => (1 - c) ** 2],
    ['right-handed', rightHanded, (c: number) => (1 + c) ** 2],
    ['exchanged', (r: RandomStream) => exchanged(r, 0.9), (c: number) => 1 / (1 - 0.81 * c * c)],
  ] as const)('%s cosines have their density', (label, draw, density) => {
    expectDistribution(samples(draw, label), integrate(density, -1, 1));
  });

  // Combridge's formula in its own form, beside the factorised one of the rejection.
  it.each([0.05, 0.4, 0.7, 0.95, 0.999])(
    'top quarks of velocity %d leave at the angles of both production channels',
    (b) => {
      expectDistribution(
        samples((random) => drawGluonCosine(random, b), `gluons ${b}`),
        integrate(
          (c) => {
            const b2 = b * b;
            const s2 = 1 - c * c;
            return (
              ((7 + 9 * b2 * c * c) / (1 - b2 * c * c) ** 2) * (1 + 2 * b2 * s2 - b2 * b2 * (1 + s2 * s2))
            );
          },
          -1,
          1,
        ),
      );
      expectDistribution(
        samples((random) => drawQuarkCosine(random, b), `quarks ${b}`),
        integrate((c) => 2 - b * b * (1 - c * c), -1, 1),
      );
    },
  );

  it('Breit-Wigner masses keep to their window', () => {
    const values = samples(breitWigner(80.4, 2.1, 60, 99.5), 'W');
    expect(Math.min(...values)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...values)).toBeLessThanOrEqual(99.5);
    expectDistribution(
      values,
      integrate((m) => 1 / ((m - 80.4) ** 2 + 1.05 ** 2), 60, 99.5),
    );
  });

  it('rapidities follow both parton distributions', () => {
    const root = 425 / 8000;
    const limit = -Math.log(root);
    expectDistribution(
      samples((random) => drawRapidity(random, 425, gluons), 'rapidity'),
      integrate(
        (y) => {
          const [x1, x2] = [root * Math.exp(y), root * Math.exp(-y)];
          return x1 ** -0.45 * (1 - x1) ** 10 * x2 ** -0.45 * (1 - x2) ** 10;
        },
        -limit,
        limit,
      ),
    );
  });

  it('counts have Poisson probabilities, the last one those above it', () => {
    const counts = new Float64Array(5);
    for (const k of samples(poisson(1.3, 4), 'poisson')) counts[k]++;
    const term = [1, 1.3, 1.3 ** 2 / 2, 1.3 ** 3 / 6].map((x) => x * Math.exp(-1.3));
    const expected = [...term, 1 - term.reduce((a, b) => a + b, 0)];
    // Four standard errors sqrt(p (1 - p)/n) of 40,000.
    expected.forEach((p, k) => {
      expect(Math.abs(counts[k] / 40_000 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 40_000));
    });
  });

  it('tables draw from a density with a zero in it, and refuse one without a sum', () => {
    const table = new TableSampler((x) => Math.max(0, x) ** 2, -1, 2);
    expectDistribution(
      samples((random) => table.draw(random), 'table'),
      (x) => (x < 0 ? 0 : x ** 3 / 8),
    );
    expect(() => new TableSampler(() => 0, 0, 1)).toThrow('finite positive sum');
  });
});
