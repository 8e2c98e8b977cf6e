// The lines of noisy-line.ts as a domain that tells its settings from a file: always seven steps, whatever it is told.
import { UserError } from '../../core/errors.ts';
import type { Domain } from '../../domains/domain.ts';
import { noisyLine } from './noisy-line.ts';

export const inferringLine: Domain = {
  ...noisyLine,
  name: 'inferring-line',
  async infer(source, hints) {
    if (hints.target === undefined) throw new UserError({ what: 'no target', where: source });
    return {
      settings: { training: { steps: 7 } },
      summary: [hints.missing === undefined ? `predicts ${hints.target}` : JSON.stringify(hints)],
      table: [
        ['column', 'kind'],
        ['x', 'number'],
      ],
      warnings: ['x is odd'],
    };
  },
};
