// A galaxies run at a size that takes seconds, trained in one go or several.
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { GalaxiesConfig } from '../../../domains/galaxies/config.ts';
import { domain } from '../../../domains/galaxies/index.ts';
import { InMemoryTraining } from '../in-memory-training.ts';

export { contextOf, type HistoryLine } from '../in-memory-training.ts';

export class TinyTraining extends InMemoryTraining<GalaxiesConfig> {
  constructor(parts: Parts, config: GalaxiesConfig) {
    super(domain, parts, config);
  }
}
