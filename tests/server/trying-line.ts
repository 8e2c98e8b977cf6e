// The lines of noisy-line.ts as a domain that answers files, with requests that try a server: that are mistaken, that meet a
// bug, that block their thread, or end it.
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import type { Domain } from '../../domains/domain.ts';
import { textLine } from '../pipelines/text-line.ts';

const request = z.strictObject({
  x: z.number().describe('where to look'),
  trial: z.enum(['mistake', 'bug', 'block', 'crash']).optional(),
  milliseconds: z.number().optional(),
});
type Request = z.infer<typeof request>;

/** Stops the thread as ONNX Runtime does. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const { predict } = textLine;

export const tryingLine: Domain = {
  ...textLine,
  name: 'trying-line',
  predict: {
    ...predict,
    request,
    answer: z.object({ y: z.number(), line: z.string() }),
    show: ({ answer, request: { x }, outputs: [{ y }], evaluation }) => [
      {
        kind: 'notes',
        title: `x = ${x}`,
        lines: [
          `network ${y.data[0].toFixed(2)}`,
          `answer ${answer.y.toFixed(2)}`,
          `${evaluation?.figures.length} figures`,
        ],
      },
    ],
    examples: [{ x: 1 }, { x: 1, trial: 'mistake' }],
    reads: ['.txt.gz', '.txt', '.num', '.list'],
    async decode(asked: Request, models, config) {
      switch (asked.trial) {
        case 'mistake':
          throw new UserError({ what: 'x is not liked', where: 'x', how: 'give another' });
        case 'bug':
          throw new TypeError('a bug on the way');
        case 'block':
          block(asked.milliseconds ?? 100);
          break;
        case 'crash':
          process.exit(3);
      }
      return predict.decode({ x: asked.x }, models, config);
    },
  },
};
