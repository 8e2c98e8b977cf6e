// Principal components (Wang, Phys. Rev. B 94, 195105 (2016)): without labels, on the temperatures of Carrasquilla and
// Melko's data, the first component is the magnetisation, and two clusters along it are the phases.
import type { Parts } from '../../../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Figure } from '../../../domain.ts';
import type { PhasesConfig } from '../../config.ts';
import type { LatticeBlock } from '../../sampler/simulate-lattices.ts';
import { paperTemperatures } from '../../simulate.ts';
import { isPartOf, ownLattices } from '../own-lattices.ts';
import type { Study, StudyLattices } from '../study.ts';
import { analyse, type ComponentPoint } from './analyse.ts';
import { type PcaCurves, plots } from './plots.ts';

const NAME = 'pca';

function lattices(config: PhasesConfig): StudyLattices {
  const { sizes, training, test } = config.pca;
  const blocks = sizes.flatMap((size) =>
    paperTemperatures.flatMap((temperature): LatticeBlock[] => [
      { size, temperature, split: 'train', samples: training },
      { size, temperature, split: 'test', samples: test },
    ]),
  );
  return ownLattices(NAME, blocks, config);
}

async function evaluate(parts: Parts, context: EvaluateContext<PhasesConfig>): Promise<Evaluation> {
  const { config, random, progress, signal } = context;
  const task = progress.task('Principal components', Object.keys(parts).length, 'sizes');
  const figures: Figure[] = [];
  const components: ComponentPoint[] = [];
  for (const dataset of Object.values(parts)) {
    signal.throwIfAborted();
    const [size] = dataset.column('spins').shape;
    const found = analyse(dataset, size, random.split(NAME, size), config.bootstrap);
    figures.push(...found.figures);
    components.push(...found.components);
    task.advance();
  }
  task.end();
  const curves: PcaCurves = { components };
  return { figures, curves: curves as unknown as Evaluation['curves'] };
}

export const pca: Study = {
  name: NAME,
  ownsPart: isPartOf(NAME),
  lattices,
  train: async () => {},
  evaluate,
  figures: async (curves) => plots(curves as unknown as PcaCurves),
};
