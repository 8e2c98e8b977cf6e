// Every program of examples/ runs, at a small size, and comes to a result that is right.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFits } from '../../data-adapters/formats/fits/index.ts';
import { root, sources, withoutComments } from '../house/sources.ts';
import { enterEmptyFolder } from '../pipelines/harness.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => {
  vi.restoreAllMocks();
  leave();
});

/** Runs a program with these words, in an empty folder. @returns the lines that it printed */
async function run(name: string, ...words: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const before = process.argv;
  process.argv = ['node', name, ...words];
  try {
    // Not a constant, so that it is not resolved before it is asked for.
    await import(/* @vite-ignore */ join(root, 'examples', `${name}.ts`));
  } finally {
    process.argv = before;
  }
  return lines;
}

/** The numbers of a line. */
const numbersIn = (line: string): number[] => (line.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

describe('examples/', () => {
  it('compile.ts finds the slopes that its points were drawn from', async () => {
    const lines = await run('compile', '200');
    const [a, b, c] = numbersIn(lines.at(-1) ?? '');
    // 200 batches of 32 points with errors of .1: the slopes are known to far better than .1.
    expect(Math.abs(a - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(b + 1)).toBeLessThan(0.1);
    expect(Math.abs(c - 2)).toBeLessThan(0.1);
  });

  it('fit-csv.ts learns a column of its table', async () => {
    const lines = await run('fit-csv', join(root, 'examples', 'data', 'pendulums.csv'), 'period', '60');
    expect(lines[0]).toBe('200 rows, length and gravity -> period');
    const error = Number(/: ([\d.]+)$/.exec(lines[1])?.[1]);
    const deviation = Number(/: ([\d.]+)$/.exec(lines[2])?.[1]);
    // Learnt, though not to the .02 s of its errors in so few passes.
    expect(error).toBeLessThan(0.3 * deviation);
  });

  it('export-onnx.ts asks the file that it wrote', async () => {
    const lines = await run('export-onnx', 'a.onnx', '1000');
    expect(lines[0]).toContain(`a.onnx: ${readFileSync('a.onnx').length} bytes, points in mm`);
    for (const line of lines.slice(1)) {
      const [probability] = numbersIn(line.split('?')[1]);
      expect(probability > 0.5, line).toBe(line.endsWith('(it is)'));
    }
  });

  it('fits-image.ts takes the sky off and says so in the header', async () => {
    const lines = await run('fits-image');
    expect(lines[0]).toContain('star.fits: HDU 0 (PRIMARY): 64 x 64 pixels of float32');
    const [sky, brightest] = numbersIn(lines[1]);
    // A sky of 100 with noise 5 on 4,096 pixels, of which the star lifts the median a little; a peak of 1,000.
    expect(Math.abs(sky - 100)).toBeLessThan(1);
    expect(Math.abs(brightest - 1000)).toBeLessThan(30);
    const file = await openFits('without-sky.fits');
    expect(file.hdu(0).header.cards.some(({ keyword }) => keyword === 'HISTORY')).toBe(true);
    await file.close();
  });

  it('ising.ts samples lattices that agree with the exact magnetisation deep in the ordered phase', async () => {
    const lines = await run('ising', '8', '60', 'run');
    expect(lines[0]).toBe('600 lattices of L = 8, kept in run');
    const coldest = numbersIn(lines[1]);
    // At the lowest temperature |m| of a small lattice is that of the infinite one to a few hundredths.
    expect(Math.abs(coldest[1] - coldest[2])).toBeLessThan(0.03);
  });
});

describe('the files of examples/', () => {
  const files = sources(['examples']);

  it('are all run here', () => {
    const text = readFileSync(join(root, 'tests', 'examples', 'examples.test.ts'), 'utf8');
    for (const { path } of files) {
      expect(text).toContain(`run('${path.replace(/^examples\/|\.ts$/g, '')}'`);
    }
    const readme = readFileSync(join(root, 'examples', 'README.md'), 'utf8');
    for (const { path } of files) expect(readme).toContain(`npx tsx ${path}`);
  });

  it('are short, say what they are and import what everybody can: the doors, tfjs and Node', () => {
    for (const { path, text } of files) {
      expect(text, path).toMatch(/^\/\/ \S/);
      expect(text.split('\n').length, path).toBeLessThan(100);
      const imported = [...withoutComments(text).matchAll(/\bfrom '([^']+)'/g)].map(([, name]) => name);
      const others = imported.filter(
        (name) => !/^(node:|deepfield(\/|$)|@tensorflow\/tfjs-core$)/.test(name),
      );
      expect(others, path).toEqual([]);
    }
  });
});
