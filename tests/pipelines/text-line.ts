// The lines of noisy-line.ts as a domain that answers a file by a file: numbers x of a .txt or .num file by a text of numbers y.
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { readError } from '../../core/files/read-error.ts';
import type { Domain } from '../../domains/domain.ts';
import { noisyLine } from './noisy-line.ts';

const options = z.strictObject({
  shift: z.number().positive().default(1).describe('added to every y'),
  lineScale: z.number().optional().describe('what y is multiplied by'),
  column: z
    .union([z.int().min(0), z.string()])
    .optional()
    .describe('number or name of a column'),
  plain: z.boolean().default(false).describe('no heading'),
});
type Options = z.infer<typeof options>;

/** Called for every file that is asked about. */
export const asked: { path: string; options: Options }[] = [];

export const textLine: Domain = {
  ...noisyLine,
  name: 'text-line',
  predict: {
    ...noisyLine.predict,
    files: {
      options,
      accepts: (path) => /\.(txt|num)$/.test(path),
      endings: ['.txt', '.md'],
      nameOf: (path) => `${basename(path, extname(path))}.answer.txt`,
      async answer(path, out, own: Options, { models, signal }) {
        signal.throwIfAborted();
        asked.push({ path, options: own });
        const text = await readFile(path, 'utf8').catch(async (error) => {
          throw await readError(error, path);
        });
        const x = text.trim().split('\n').map(Number);
        if (x.some(Number.isNaN))
          throw new UserError({ what: 'expected numbers', where: path, how: 'give some' });
        const { y } = await models.run(models.ids[0], {
          x: { dtype: 'float32', shape: [x.length, 1], data: Float32Array.from(x) },
        });
        const answers = Array.from(y.data, (value) => (value * (own.lineScale ?? 1) + own.shift).toFixed(2));
        if (out !== undefined) await writeFileAtomic(out, `${answers.join('\n')}\n`);
        return {
          written: out === undefined ? [] : [out],
          text: `y = ${answers.join(', ')}`,
          answer: { rows: x.length },
          warnings: x.some((value) => value > 10) ? ['beyond all training'] : [],
        };
      },
    },
  },
};
