// Learning by confusion (van Nieuwenburg, Liu and Huber, Nature Physics 13, 435 (2017)): nobody says where the transition
// is. Networks are trained on labels that a trial temperature makes; which labels can be learned best says where it is.
import type { Dataset, Parts } from '../../../../data-adapters/dataset.ts';
import type { Estimate, EvaluateContext, Evaluation, Figure, TrainContext } from '../../../domain.ts';
import type { PhasesConfig } from '../../config.ts';
import { confusionCurve, trialTemperatures } from '../../exact/confusion-curve.ts';
import { criticalTemperature } from '../../exact/onsager.ts';
import type { LatticeBlock } from '../../sampler/simulate-lattices.ts';
import { blockRows } from '../../transition/block-means.ts';
import { evenTemperatures, isPartOf, ownLattices } from '../own-lattices.ts';
import type { Study, StudyLattices } from '../study.ts';
import { confusionCurveOf, rightShares, windowFactors } from './curve.ts';
import { belowLabels, belowOutput, spinsInput, trainConfused } from './network.ts';
import { type CurvePoint, middlePeak } from './peak.ts';
import { type ConfusionCurves, plots } from './plots.ts';

const NAME = 'confusion';

const networkId = (member: number): string => `${NAME}-${member + 1}`;

const gridOf = ({ from, to, temperatures }: PhasesConfig['confusion']): number[] =>
  evenTemperatures(from, to, temperatures);

function lattices(config: PhasesConfig): StudyLattices {
  const { confusion } = config;
  const blocks = gridOf(confusion).flatMap((temperature): LatticeBlock[] => [
    { size: confusion.size, temperature, split: 'train', samples: confusion.training * confusion.networks },
    { size: confusion.size, temperature, split: 'test', samples: confusion.test },
  ]);
  return ownLattices(NAME, blocks, config);
}

async function train(parts: Parts, context: TrainContext<PhasesConfig>): Promise<void> {
  const { confusion } = context.config;
  const [dataset] = Object.values(parts);
  for (let member = 0; member < confusion.networks; member++) {
    const id = networkId(member);
    if (context.hasModel(id)) continue;
    const share = confusion.training * confusion.networks;
    const rows = dataset.splits.train.filter(
      (_, i) => Math.floor((i % share) / confusion.training) === member,
    );
    await trainConfused(id, dataset, rows, gridOf(confusion), context);
  }
}

/** Answers of one network for all test lattices, [rows, trials]. */
async function answers(id: string, dataset: Dataset, { models }: EvaluateContext<PhasesConfig>) {
  const { test } = dataset.splits;
  const { spins } = dataset.take(test, ['spins']).columns;
  const given = {
    dtype: 'int32' as const,
    shape: [test.length, ...spins.shape],
    data: Int32Array.from(spins.data),
  };
  return (await models.run(id, { [spinsInput]: given }))[belowOutput].data;
}

/** The middle peak of an exact curve, between those of narrower and wider windows. */
function peaksOf(curve: readonly CurvePoint[], halfWidth: number): Estimate | undefined {
  const peaks = windowFactors
    .map((factor) => middlePeak(curve, factor * halfWidth))
    .filter((peak) => peak !== undefined);
  const value = middlePeak(curve, halfWidth);
  return value === undefined
    ? undefined
    : { value, low: Math.min(value, ...peaks), high: Math.max(value, ...peaks) };
}

async function evaluate(parts: Parts, context: EvaluateContext<PhasesConfig>): Promise<Evaluation> {
  const { config, random, progress } = context;
  const { size, networks, peakWindow } = config.confusion;
  const [dataset] = Object.values(parts);
  const grid = gridOf(config.confusion);
  const labels = grid.map((temperature) => belowLabels(temperature, grid));
  const task = progress.task('Learning by confusion', networks, 'networks');
  const shares: Float64Array[][][] = [];
  for (let member = 0; member < networks; member++) {
    shares.push(rightShares(await answers(networkId(member), dataset, context), labels, blockRows));
    task.advance();
  }
  task.end();
  const inner = trialTemperatures(grid).slice(1, -1);
  const found = confusionCurveOf(
    shares,
    inner,
    peakWindow,
    random.split(NAME, 'bootstrap'),
    config.bootstrap,
  );
  const exact = confusionCurve(size, grid);
  const bayes = peaksOf(exact.slice(1, -1), peakWindow);
  const figures: Figure[] = [];
  if (found.peak) {
    const { value, low, high, statistical, systematic } = found.peak;
    figures.push({
      id: `critical-temperature-confusion-l${size}`,
      label: `critical temperature by confusion, L = ${size}`,
      value,
      low,
      high,
      level: 0.95,
      unit: 'J/kB',
      baselines: bayes ? [{ id: 'bayes-rule', label: 'exact Bayes rule', ...bayes }] : [],
      note: `Middle peak of accuracy against trial temperature; no label knows where the transition is. Interval: bootstrap over ${networks} networks and test lattices (+-${statistical.toFixed(3)}) and the shift with another window of the parabola (${systematic.toFixed(3)}) in quadrature. The baseline is the same parabola on the exact curve of the best classifier there can be, with windows of half to one and a half the width. A lattice of ${size} x ${size} need not change most at the critical temperature of the infinite one, ${criticalTemperature.toFixed(4)}.`,
    });
  }
  const curves: ConfusionCurves = {
    size,
    points: found.points,
    bayes: exact,
    ...(found.peak ? { peak: { value: found.peak.value, low: found.peak.low, high: found.peak.high } } : {}),
  };
  return { figures, curves: curves as unknown as Evaluation['curves'] };
}

export const confusion: Study = {
  name: NAME,
  ownsPart: isPartOf(NAME),
  lattices,
  train,
  evaluate,
  figures: async (curves) => plots(curves as unknown as ConfusionCurves),
};
