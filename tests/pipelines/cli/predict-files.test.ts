// deepfield predict for domains that answer files by files, and the flags that they bring.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  predictionFlags,
  predictionOptions,
  predictionSwitches,
  splitWords,
} from '../../../pipelines/cli/verbs/prediction-options.ts';
import { deepfield, enterEmptyFolder } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';
import { asked, textLine } from '../text-line.ts';

const cli = (...argv: string[]) => deepfield(argv, { domains: [textLine] });
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

/** One trained run serves all tests, each in a folder of its own. */
const home = mkdtempSync(join(tmpdir(), 'deepfield-text-line-'));
const run = join(home, 'run');
beforeAll(async () => {
  const settings = ['slopes=[2]', 'training.steps=500', 'noise=0'].flatMap((one) => ['--set', one]);
  await cli('train', 'text-line', '--out', run, ...settings);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
  asked.length = 0;
  writeFileSync('a.txt', '1\n2\n');
  writeFileSync('b.txt', '3\n');
  writeFileSync('bad.txt', 'one\n');
});
afterEach(() => leave());

describe('splitWords', () => {
  it('parts files from flags and their values', () => {
    const words = [
      'a.fits',
      '--fwhm',
      '2',
      'b.fits',
      '--pixel-scale=0.4',
      '--keep',
      '--strength',
      '-0.5',
      '--note=a=b',
      '--last',
    ];
    expect(splitWords(words)).toEqual({
      files: ['a.fits', 'b.fits'],
      flags: [
        { name: '--fwhm', value: '2' },
        { name: '--pixel-scale', value: '0.4' },
        { name: '--keep', value: undefined },
        { name: '--strength', value: '-0.5' },
        { name: '--note', value: 'a=b' },
        { name: '--last', value: undefined },
      ],
    });
    expect(splitWords([])).toEqual({ files: [], flags: [] });
  });

  it('leaves the file after a switch, which is on or off', () => {
    const words = ['--keep', 'a.fits', '--plain', 'false', 'b.fits', '--keep=false', 'c.fits'];
    expect(splitWords(words, ['--keep', '--plain'])).toEqual({
      files: ['a.fits', 'b.fits', 'c.fits'],
      flags: [
        { name: '--keep', value: undefined },
        { name: '--plain', value: 'false' },
        { name: '--keep', value: 'false' },
      ],
    });
    expect(predictionSwitches(textLine.predict)).toEqual(['--plain']);
    expect(predictionSwitches(noisyLine.predict)).toEqual([]);
  });

  it('loses no file, wherever flags with their own values stand', () => {
    const file = fc
      .stringMatching(/^[a-z0-9/][a-z0-9./-]{0,8}$/)
      .map((name) => ({ words: [name], file: name }));
    const flag = fc
      .tuple(fc.stringMatching(/^--[a-z]{1,5}$/), fc.double({ noNaN: true }))
      .map(([name, value]) => ({ words: [`${name}=${value}`], file: undefined }));
    fc.assert(
      fc.property(fc.array(fc.oneof(file, flag)), (parts) => {
        const { files, flags } = splitWords(parts.flatMap(({ words }) => words));
        expect(files).toEqual(parts.flatMap(({ file: name }) => name ?? []));
        expect(flags).toHaveLength(parts.length - files.length);
      }),
    );
  });
});

describe('predictionOptions', () => {
  const options = (...words: string[]) => predictionOptions(textLine, splitWords(words).flags);

  it('read flags by the schema, with its defaults', () => {
    expect(options()).toEqual({ shift: 1, plain: false });
    expect(options('--shift', '2.5', '--line-scale=-3', '--plain')).toEqual({
      shift: 2.5,
      lineScale: -3,
      plain: true,
    });
    expect(options('--column', '2', '--plain=false')).toMatchObject({ column: 2, plain: false });
    expect(options('--column', 'SCI')).toMatchObject({ column: 'SCI' });
    // The last one counts.
    expect(options('--shift', '2', '--shift', '3')).toMatchObject({ shift: 3 });
  });

  it.each([
    [['--shfit', '2'], 'unknown option --shfit; did you mean --shift?'],
    [['--lineScale', '2'], 'unknown option --lineScale; did you mean --line-scale?'],
    [['--colunm'], 'unknown option --colunm; did you mean --column?'],
    [
      ['--something-else=1'],
      'unknown option --something-else; "deepfield info text-line" lists the options of predict',
    ],
    [['-s', '1'], 'unknown option -s; "deepfield info'],
    [['--shift', 'two'], '--shift: expected number > 0, got "two"; see "deepfield info text-line"'],
    [['--shift=-2'], '--shift: expected number > 0, got -2'],
    [['--shift'], '--shift: expected number > 0, got true'],
    [['--plain', '3'], '--plain: expected true | false, got 3'],
  ])('refuse %j', (words, message) => {
    expect(() => options(...words)).toThrow(message);
  });

  it('are none for a domain that has none', () => {
    expect(predictionOptions(noisyLine, [])).toBeUndefined();
    expect(predictionFlags(noisyLine.predict)).toEqual([]);
    expect(() => predictionOptions(noisyLine, [{ name: '--shift', value: '1' }])).toThrow(
      'unknown option --shift',
    );
    expect(() => predictionOptions(noisyLine, [{ name: '--ouf', value: 'x' }])).toThrow(
      'did you mean --out?',
    );
  });

  it('stand in the description of the domain', async () => {
    expect(predictionFlags(textLine.predict).map(({ path }) => path)).toEqual([
      '--shift',
      '--line-scale',
      '--column',
      '--plain',
    ]);
    const { stdout } = await cli('info', 'text-line');
    expect(stdout).toContain('--line-scale');
  });
});

describe('deepfield predict', () => {
  it('shows what came of a file, and says that nothing was written', async () => {
    const { code, stdout, stderr } = await cli('predict', run, 'a.txt');
    expect(code).toBe(0);
    // 2 x + 1, and the shift of 1.
    expect(stdout).toBe('a.txt: y = 4.00, 6.00\n');
    expect(stderr).toContain('nothing was written; --out takes a file (.txt, .md) or a folder');
  });

  it('takes flags before and after the files', async () => {
    const { stdout } = await cli('predict', run, '--shift', '2', 'a.txt', '--line-scale=10');
    expect(stdout).toBe('a.txt: y = 32.00, 52.00\n');
    expect(asked).toEqual([{ path: 'a.txt', options: { shift: 2, lineScale: 10, plain: false } }]);
  });

  it('writes one file into one file, or into a folder that is there or not', async () => {
    expect((await cli('predict', run, 'b.txt', '--out', 'out.md')).code).toBe(0);
    expect(readFileSync('out.md', 'utf8')).toBe('8.00\n');
    await cli('predict', run, 'b.txt', '--out', 'new');
    mkdirSync('old.txt');
    await cli('predict', run, 'b.txt', '--out', 'old.txt');
    expect([readdirSync('new'), readdirSync('old.txt')]).toEqual([['b.answer.txt'], ['b.answer.txt']]);
  });

  it('answers several files and the files of a folder, in order of name', async () => {
    mkdirSync('in');
    for (const name of ['z.txt', 'y.num', 'notes.csv']) writeFileSync(`in/${name}`, '5\n');
    const { code, stdout } = await cli('predict', run, 'in', 'a.txt', '--out', 'out');
    expect(code).toBe(0);
    expect(asked.map(({ path }) => path)).toEqual(['in/y.num', 'in/z.txt', 'a.txt']);
    expect(readdirSync('out').sort()).toEqual(['a.answer.txt', 'y.answer.txt', 'z.answer.txt']);
    expect(stdout).toContain('in/y.num: y = 12.00 -> out/y.answer.txt\n');
  });

  it('goes on after files that fail, and ends with 2 and their names', async () => {
    const { code, stdout, stderr } = await cli(
      'predict',
      run,
      'bad.txt',
      'a.txt',
      'none.txt',
      'b.txt',
      '--out',
      'out',
      '--json',
    );
    expect(code).toBe(2);
    expect(readdirSync('out').sort()).toEqual(['a.answer.txt', 'b.answer.txt']);
    expect(stderr).toContain('error: bad.txt: expected numbers; give some\n');
    expect(lastLine(stderr)).toBe('error: 2 of 4 files failed: bad.txt, none.txt');
    const { predictions, failures } = JSON.parse(lastLine(stdout));
    expect(predictions[0]).toEqual({
      file: 'a.txt',
      written: ['out/a.answer.txt'],
      warnings: [],
      answer: { rows: 2 },
    });
    expect(failures.map(({ file }: { file: string }) => file)).toEqual(['bad.txt', 'none.txt']);
  });

  it('says once what is wrong with a single file', async () => {
    const { code, stdout, stderr } = await cli('predict', run, 'bad.txt', '--out', 'out.txt');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('error: bad.txt: expected numbers; give some\n');
    expect(existsSync('out.txt')).toBe(false);
  });

  it('warns before the answer is trusted', async () => {
    writeFileSync('far.txt', '11\n');
    const { stderr, code } = await cli('predict', run, 'far.txt');
    expect(code).toBe(0);
    expect(stderr).toContain('far.txt: beyond all training\n');
  });

  it.each([
    [['a.txt', '--out', 'a.txt'], '--out a.txt: is the file asked about; name another'],
    [['a.txt', '--out', './a.txt'], '--out ./a.txt: is the file asked about'],
    [['a.txt', 'b.txt', '--out', 'out.txt'], '--out out.txt: several answers for one file; give a folder'],
    [['a.txt', '--out', 'out.tif'], '--out out.tif: unknown kind of file; end its name with .txt or .md'],
    [['a.txt', 'a.txt', '--out', 'out'], '--out: two answers would be out/a.answer.txt; ask in two calls'],
    [['a.txt', '--out', 'none/out.txt'], 'cannot write none/out.txt: folder none does not exist'],
    [['a.txt', '--out', 'b.txt/out.txt'], 'a part of its path is a file'],
    [['a.txt', '--shfit', '1'], 'unknown option --shfit; did you mean --shift?'],
    [['--shift', '1'], 'no files to ask about; name them after the run'],
    [['empty'], 'empty: holds no file that can be answered; name the files'],
  ])('refuses %j before any work', async (words, message) => {
    mkdirSync('empty');
    const before = readdirSync('.').sort();
    const { code, stdout, stderr } = await cli('predict', run, ...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(lastLine(stderr)).toContain(message);
    expect(asked).toEqual([]);
    expect(readdirSync('.').sort()).toEqual(before);
  });

  it('never writes over what it was asked about', async () => {
    mkdirSync('set');
    for (const name of ['a.txt', 'a.answer.txt']) writeFileSync(`set/${name}`, '1\n');
    const { code, stderr } = await cli('predict', run, 'set', '--out', 'set');
    expect(code).toBe(2);
    expect(lastLine(stderr)).toBe(
      'error: --out: an answer would overwrite set/a.answer.txt, which is asked about; give another folder',
    );
    expect(readFileSync('set/a.answer.txt', 'utf8')).toBe('1\n');
  });

  it('stops between files when it is told to', async () => {
    const { code } = await deepfield(['predict', run, 'a.txt', 'b.txt'], {
      domains: [textLine],
      signal: AbortSignal.abort(new Error('stopped')),
    });
    expect(code).not.toBe(0);
    expect(asked).toEqual([]);
  });

  it('refuses flags of domains without options', async () => {
    await cli('train', 'noisy-line', '--out', 'plain', '--set', 'slopes=[2]');
    const { code, stderr } = await cli('predict', 'plain', 'a.txt', '--shift', '2');
    expect(code).toBe(2);
    expect(lastLine(stderr)).toContain('error: unknown option --shift; "deepfield info noisy-line" lists');
  });
});
