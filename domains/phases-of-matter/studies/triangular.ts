// The triangular lattice: networks that were trained on the square lattice alone are shown lattices of another geometry,
// and their outputs cross at its critical temperature, 4 / ln 3 (Houtappel 1950).
import type { Dataset, Parts } from '../../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Figure, Plot } from '../../domain.ts';
import type { PhasesConfig } from '../config.ts';
import { criticalTemperature } from '../exact/onsager.ts';
import { triangularCriticalTemperature } from '../exact/triangular.ts';
import { outputsOf } from '../outputs.ts';
import { sizesOfNetworks } from '../parts.ts';
import type { LatticeBlock } from '../sampler/simulate-lattices.ts';
import { blockMeans } from '../transition/block-means.ts';
import { type CriticalTemperature, criticalTemperatureOf } from '../transition/critical-temperature.ts';
import { meanOutputs, type OutputPoint } from '../transition/mean-outputs.ts';
import type { SizeBlocks } from '../transition/network-crossings.ts';
import type { Study, StudyLattices } from './study.ts';

const PREFIX = 'triangular-';

/** Published crossing of the paper for L = 30 (Nature Physics 13, 431). */
const paperCrossing = { value: 3.65, error: 0.01 };

interface TriangularCurves {
  readonly outputs: readonly OutputPoint[];
}

/** Even temperatures about the exact one, as far in units of it as those of the square lattice's crossing. */
function temperatures(size: number, { crossingWindow, crossingTemperatures }: PhasesConfig['sampling']) {
  const half = ((2 * crossingWindow) / size) * (triangularCriticalTemperature / criticalTemperature);
  const step = (2 * half) / (crossingTemperatures - 1);
  return Array.from(
    { length: crossingTemperatures },
    (_, i) => triangularCriticalTemperature - half + i * step,
  );
}

function lattices(config: PhasesConfig): StudyLattices {
  const blocks = config.sizes.flatMap((size) =>
    temperatures(size, config.sampling).map(
      (temperature): LatticeBlock => ({
        size,
        temperature,
        split: 'test',
        samples: config.triangular.lattices,
      }),
    ),
  );
  return { blocks, model: 'triangular-ising', stream: 'triangular', partOf: (name) => PREFIX + name };
}

const sizeOf = (dataset: Dataset): number => dataset.column('spins').shape[0];

const shared = { level: 0.95, unit: 'J/kB' };

function figuresOf({ crossings, estimate }: CriticalTemperature): Figure[] {
  const found: Figure[] = crossings.map(({ size, value, low, high }) => ({
    id: `crossing-temperature-triangular-l${size}`,
    label: `triangular lattice, crossing, L = ${size}`,
    value,
    low,
    high,
    ...shared,
    ...(size === 30 ? { paper: paperCrossing } : {}),
    note: `Networks trained on the square lattice alone. A finite lattice need not cross at the critical temperature of the infinite one, ${triangularCriticalTemperature.toFixed(4)}.`,
  }));
  if (!estimate) return found;
  const { value, low, high } = estimate;
  const note =
    'T*(L) = Tc + a/L through the crossings of networks that were trained on the square lattice alone; interval as for the square lattice.';
  const first: Figure = {
    id: 'critical-temperature-triangular',
    label: 'critical temperature, triangular lattice',
    value,
    low,
    high,
    ...shared,
    exact: triangularCriticalTemperature,
    note,
  };
  return [first, ...found];
}

async function evaluate(parts: Parts, context: EvaluateContext<PhasesConfig>): Promise<Evaluation> {
  const { models, random, config, progress } = context;
  const trained = new Set(sizesOfNetworks(models.ids));
  const known = Object.values(parts).filter((dataset) => trained.has(sizeOf(dataset)));
  const task = progress.task('Evaluating the triangular lattice', known.length, 'sizes');
  const sizes: SizeBlocks[] = [];
  for (const dataset of known) {
    const outputs = await outputsOf(dataset, dataset.splits.test, models);
    sizes.push({ size: sizeOf(dataset), blocks: blockMeans(outputs) });
    task.advance();
  }
  task.end();
  const transition = criticalTemperatureOf(sizes, random.split('triangular bootstrap'), config.bootstrap);
  const curves: TriangularCurves = {
    outputs: sizes.flatMap(({ size, blocks }) => meanOutputs(size, blocks)),
  };
  return { figures: figuresOf(transition), curves: curves as unknown as Evaluation['curves'] };
}

async function figures(given: Evaluation['curves']): Promise<Plot[]> {
  const { outputs } = given as unknown as TriangularCurves;
  const x = {
    field: 'temperature',
    title: 'temperature T  (J / kB)',
    type: 'quantitative',
    scale: { zero: false },
  };
  return [
    {
      id: 'triangular-crossing',
      title: 'The triangular lattice, seen by networks of the square one',
      caption:
        'Mean output for the ordered phase of networks that never saw a triangular lattice. The vertical line is the exact critical temperature 4 / ln 3 of the triangular lattice.',
      vegaLite: {
        layer: [
          {
            data: { values: [{ temperature: triangularCriticalTemperature }] },
            mark: { type: 'rule', strokeDash: [5, 4] },
            encoding: { x },
          },
          {
            data: { values: outputs },
            mark: { type: 'line', point: true },
            encoding: {
              x,
              y: {
                field: 'ordered',
                type: 'quantitative',
                title: 'mean output for the ordered phase',
                scale: { domain: [0, 1] },
              },
              color: { field: 'size', type: 'ordinal', title: 'lattice size L' },
            },
          },
        ],
      },
    },
  ];
}

export const triangular: Study = {
  name: 'triangular',
  ownsPart: (part) => part.startsWith(PREFIX),
  lattices,
  train: async () => {},
  evaluate,
  figures,
};
