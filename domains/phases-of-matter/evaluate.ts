// The figures of a run on its test lattices: crossings and critical temperature, and accuracy by lattice size, each with
// its interval beside the paper's value and the exact one.
import { UserError } from '../../core/errors.ts';
import type { Dataset, Parts } from '../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Figure } from '../domain.ts';
import { type Accuracy, accuracyOf } from './accuracy.ts';
import type { PhasesConfig } from './config.ts';
import type { AccuracyPoint, Curves, SampleLattice } from './curves.ts';
import { criticalTemperature } from './exact/onsager.ts';
import { hiddenUnits } from './hidden-units.ts';
import { outputsOf } from './outputs.ts';
import { sizesOf, sizesOfNetworks } from './parts.ts';
import { blockMeans } from './transition/block-means.ts';
import { correlationLengthExponent } from './transition/correlation-length-exponent.ts';
import { criticalTemperatureOf } from './transition/critical-temperature.ts';
import { magnetisationOutputs } from './transition/magnetisation-outputs.ts';
import { meanOutputs } from './transition/mean-outputs.ts';
import type { SizeBlocks } from './transition/network-crossings.ts';
import { recalibratedOutputs } from './transition/recalibrated-outputs.ts';
import { caveats, exponentFigure, temperatureFigures } from './transition-figures.ts';

const level = 0.95;

/** Accuracies in version 1 of the paper (arXiv:1605.01735v1), on its own grid of temperatures. */
const paperAccuracy: Readonly<Record<number, number>> = { 10: 0.94, 40: 0.99 };

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
  const recalibrated: SizeBlocks[] = [];
  const magnetisation: SizeBlocks[] = [];
  const accuracies: Accuracy[] = [];
  for (const size of sizes) {
    signal.throwIfAborted();
    const dataset = parts[`L${size}`];
    const outputs = await outputsOf(dataset, dataset.splits.test, models);
    sizeBlocks.push({ size, blocks: blockMeans(outputs) });
    const otherwise = await recalibratedOutputs(dataset, outputs, models);
    if (otherwise) recalibrated.push({ size, blocks: blockMeans(otherwise) });
    const reference = magnetisationOutputs(dataset, dataset.splits.test);
    if (reference) magnetisation.push({ size, blocks: blockMeans(reference) });
    const accuracy = await accuracyOf(dataset, context);
    if (accuracy) accuracies.push(accuracy);
    task.advance();
  }
  task.end();
  const transition = criticalTemperatureOf(sizeBlocks, random.split('bootstrap'), config.bootstrap, {
    recalibrated,
    magnetisation,
  });
  const exponent = correlationLengthExponent(
    sizeBlocks,
    random.split('exponent bootstrap'),
    config.bootstrap,
    magnetisation.length === sizeBlocks.length ? magnetisation : undefined,
  );
  const notes = caveats(config, simulated);
  const curves: Curves = {
    outputs: sizeBlocks.flatMap(({ size, blocks }) => meanOutputs(size, blocks)),
    crossings: transition.crossings,
    ...(transition.fit ? { scaling: transition.fit } : {}),
    ...(exponent
      ? {
          slopes: {
            points: exponent.slopes,
            magnetisation: exponent.magnetisation?.slopes ?? [],
            nu: exponent.value,
            intercept: exponent.intercept,
          },
        }
      : {}),
    accuracy: accuracies.flatMap(accuracyPoints),
    hidden: await hiddenUnits(parts[`L${sizes[sizes.length - 1]}`], models),
    lattices: sampleLattices(parts[`L${sizes[sizes.length - 1]}`]),
  };
  return {
    figures: [
      ...temperatureFigures(transition, notes),
      ...(exponent ? [exponentFigure(exponent, config, notes)] : []),
      ...accuracies.map((accuracy) => accuracyFigure(accuracy, config, simulated)),
    ],
    curves: curves as unknown as Evaluation['curves'],
  };
}
