// The figures of the transition: critical temperature, crossings and the exponent nu, each beside the paper's value and
// the exact one, with what its interval does and does not hold.
import type { Figure } from '../domain.ts';
import type { PhasesConfig } from './config.ts';
import { criticalTemperature } from './exact/onsager.ts';
import type { CorrelationLengthExponent } from './transition/correlation-length-exponent.ts';
import type { CriticalTemperature } from './transition/critical-temperature.ts';

const level = 0.95;

/** What the interval of a temperature does not know, by how the networks were trained. */
export function caveats(config: PhasesConfig, simulated: boolean): string[] {
  const { networks } = config.training;
  const missing: string[] = [];
  if (!simulated)
    missing.push('all networks learned from the same lattices, and what other ones would change');
  else if (networks === 1) missing.push('one network for each size, and what another would change');
  if (simulated && config.sampling.grid === 'paper') {
    missing.push(
      'the gap between the labels at 2.206 and 2.333, in which nothing fixes a network of L >= 40',
    );
  }
  return missing.map((what) => `Not in the interval: ${what}.`);
}

export function temperatureFigures(
  { crossings, estimate }: CriticalTemperature,
  notes: readonly string[],
): Figure[] {
  const figures: Figure[] = [];
  if (estimate) {
    const { value, low, high, statistical, systematic, calibration, training } = estimate;
    const how = [
      `T*(L) = Tc + a/L through ${crossings.length} sizes.`,
      `Interval: bootstrap over networks and test lattices (+-${statistical.toFixed(4)}), the largest shift when one size is left out (${systematic.toFixed(4)}), the shift when outputs are calibrated by isotonic regression (${calibration.toFixed(4)}) and the distance from what |m| alone gives on the same lattices (${training.toFixed(4)}), in quadrature.`,
      'The labels say on which side of the exact Tc a lattice was drawn, so this is a test of the method and no blind measurement.',
    ];
    figures.push({
      id: 'critical-temperature-square',
      label: 'critical temperature, square lattice',
      value,
      low,
      high,
      level,
      unit: 'J/kB',
      paper: { value: 2.266, error: 0.002 },
      exact: criticalTemperature,
      note: [...how, ...notes].join(' '),
    });
  }
  for (const { size, value, low, high } of crossings) {
    figures.push({
      id: `crossing-temperature-l${size}`,
      label: `crossing, L = ${size}`,
      value,
      low,
      high,
      level,
      unit: 'J/kB',
      ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
    });
  }
  return figures;
}

export function exponentFigure(
  { value, low, high, slopes, magnetisation, ...parts }: CorrelationLengthExponent,
  config: PhasesConfig,
  notes: readonly string[],
): Figure {
  const how = [
    `Line of ln(slope of the mean output at the crossing) on ln L through ${slopes.length} sizes, whose own slope is 1/nu.`,
    `Interval: bootstrap over networks and test lattices (+-${parts.statistical.toFixed(3)}), the largest shift when one size is left out (${parts.systematic.toFixed(3)}) and the distance from the exponent that |m| alone gives (${parts.training.toFixed(3)}), of which networks of large lattices fall shortest and which has corrections to scaling of its own, in quadrature.`,
  ];
  how.push(
    config.sampling.grid === 'scaled'
      ? 'The training grid shrinks as 1/L, which has nu = 1 in it: how sharply the labels change on the scale of the grid is the same for every size. So this shows that the outputs scale, and is no blind measurement of nu.'
      : "Not in the interval: the paper's grid does not shrink as 1/L, so that fewer and fewer of a larger lattice's temperatures are critical; outputs then grow sharper faster than L, and nu comes out too small.",
  );
  return {
    id: 'correlation-length-exponent',
    label: 'exponent of the correlation length, nu',
    value,
    low,
    high,
    level,
    paper: { value: 1, error: 0.2 },
    exact: 1,
    ...(magnetisation
      ? {
          baselines: [
            {
              id: 'magnetisation',
              label: '|m| alone',
              value: magnetisation.value,
              low: magnetisation.low,
              high: magnetisation.high,
            },
          ],
        }
      : {}),
    note: [...how, ...notes].join(' '),
  };
}
