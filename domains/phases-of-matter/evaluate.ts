// The figures of a run on its test lattices: crossings and critical temperature, and accuracy by lattice size, each with
// its interval beside the paper's value and the exact one.
import { UserError } from '../../core/errors.ts';
import type { Dataset, Parts } from '../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Figure } from '../domain.ts';
import { type Accuracy, accuracyOf } from './accuracy.ts';
import type { PhasesConfig } from './config.ts';
import type { AccuracyPoint, Curves, SampleLattice } from './curves.ts';
import { criticalTemperature } from './exact/onsager.ts';
import { outputsOf } from './outputs.ts';
import { sizesOf, sizesOfNetworks } from './parts.ts';
import { blockMeans } from './transition/block-means.ts';
import {
  type CriticalTemperature,
  criticalTemperatureOf,
  type SizeBlocks,
} from './transition/critical-temperature.ts';
import { meanOutputs } from './transition/mean-outputs.ts';

const level = 0.95;

/** Accuracies in version 1 of the paper (arXiv:1605.01735v1), on its own grid of temperatures. */
const paperAccuracy: Readonly<Record<number, number>> = { 10: 0.94, 40: 0.99 };

/** What the interval of a temperature does not know, by how the networks were trained. */
function caveats(config: PhasesConfig, simulated: boolean): string[] {
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

function temperatureFigures(
  { crossings, estimate }: CriticalTemperature,
  notes: readonly string[],
): Figure[] {
  const figures: Figure[] = [];
  if (estimate) {
    const { value, low, high, statistical, systematic } = estimate;
    const how = [
      `T*(L) = Tc + a/L through ${crossings.length} sizes.`,
      `Interval: bootstrap over networks and test lattices (+-${statistical.toFixed(4)}) and the largest shift when one size is left out (${systematic.toFixed(4)}) in quadrature.`,
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

function accuracyFigure(
  { size, lattices, network, baselines }: Accuracy,
  config: PhasesConfig,
  simulated: boolean,
): Figure {
  const paper = paperAccuracy[size];
  const comparable = simulated && config.sampling.grid === 'paper' && paper !== undefined;
  return {
    id: `accuracy-fully-connected-l${size}`,
    label: `accuracy, L = ${size}`,
    ...network,
    level,
    n: lattices,
    baselines,
    ...(comparable ? { paper: { value: paper } } : {}),
  };
}

/** One lattice each well below, next to and well above the critical temperature, of the largest size. */
function sampleLattices(dataset: Dataset): SampleLattice[] {
  const temperatures = dataset.column('temperature').data;
  const { data, shape } = dataset.column('spins');
  const width = shape[0] * shape[1];
  const rows = Array.from(dataset.splits.test);
  const nearest = (t: number): number =>
    rows.reduce(
      (best, row) => (Math.abs(temperatures[row] - t) < Math.abs(temperatures[best] - t) ? row : best),
      rows[0],
    );
  const extremes = rows.map((row) => temperatures[row]);
  const [coldest, hottest] = extremes.reduce(
    ([a, b], t) => [Math.min(a, t), Math.max(b, t)],
    [Infinity, -Infinity],
  );
  return [coldest, criticalTemperature, hottest].map((t) => {
    const row = nearest(t);
    return {
      size: shape[0],
      temperature: temperatures[row],
      spins: Array.from(data.subarray(row * width, (row + 1) * width)),
    };
  });
}

const accuracyPoints = ({ size, network, baselines }: Accuracy): AccuracyPoint[] => [
  { size, classifier: 'network', ...network },
  ...baselines.map(({ label, value, low, high }) => ({ size, classifier: label, value, low, high })),
];

/** Sizes that both the data and the networks have. @throws UserError when there is none */
function commonSizes(parts: Parts, context: EvaluateContext<PhasesConfig>): number[] {
  const trained = new Set(sizesOfNetworks(context.models.ids));
  const sizes = sizesOf(parts).filter((size) => parts[`L${size}`].splits.test.length > 0);
  const common = sizes.filter((size) => trained.has(size));
  if (common.length === 0) {
    throw new UserError({
      what: `the lattices are of size ${sizes.join(', ')}, the networks take ${[...trained].join(', ')}`,
      how: `train networks for them: --set sizes=[${sizes.join(',')}]`,
    });
  }
  for (const size of sizes) if (!trained.has(size)) context.log(`no network for L = ${size}: left out`);
  return common;
}

export async function evaluate(parts: Parts, context: EvaluateContext<PhasesConfig>): Promise<Evaluation> {
  const { config, models, random, progress, signal } = context;
  const sizes = commonSizes(parts, context);
  const simulated = Object.values(parts).every(({ provenance }) => provenance.kind === 'simulated');
  const task = progress.task('Evaluating', sizes.length, 'sizes');
  const sizeBlocks: SizeBlocks[] = [];
  const accuracies: Accuracy[] = [];
  for (const size of sizes) {
    signal.throwIfAborted();
    const dataset = parts[`L${size}`];
    sizeBlocks.push({ size, blocks: blockMeans(await outputsOf(dataset, dataset.splits.test, models)) });
    const accuracy = await accuracyOf(dataset, context);
    if (accuracy) accuracies.push(accuracy);
    task.advance();
  }
  task.end();
  const transition = criticalTemperatureOf(sizeBlocks, random.split('bootstrap'), config.bootstrap);
  const curves: Curves = {
    outputs: sizeBlocks.flatMap(({ size, blocks }) => meanOutputs(size, blocks)),
    crossings: transition.crossings,
    ...(transition.fit ? { scaling: transition.fit } : {}),
    accuracy: accuracies.flatMap(accuracyPoints),
    lattices: sampleLattices(parts[`L${sizes[sizes.length - 1]}`]),
  };
  return {
    figures: [
      ...temperatureFigures(transition, caveats(config, simulated)),
      ...accuracies.map((accuracy) => accuracyFigure(accuracy, config, simulated)),
    ],
    curves: curves as unknown as Evaluation['curves'],
  };
}
