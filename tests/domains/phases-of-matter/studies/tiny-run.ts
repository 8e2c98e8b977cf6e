// A study's run at a size that takes seconds: sample, train in one go or several, evaluate.
import type { PhasesConfig } from '../../../../domains/phases-of-matter/config.ts';
import { domain } from '../../../../domains/phases-of-matter/index.ts';
import { contextOf, InMemoryTraining } from '../../in-memory-training.ts';

export { contextOf, type HistoryLine as MetricsLine } from '../../in-memory-training.ts';

export class TinyRun extends InMemoryTraining<PhasesConfig> {
  static async sample(config: PhasesConfig): Promise<TinyRun> {
    return new TinyRun(domain, await domain.simulate(contextOf(config)), config);
  }

  async evaluate() {
    return domain.evaluate(this.parts, { ...contextOf(this.config), models: await this.models() });
  }
}
