import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { resultsSchema } from '../../../pipelines/run-directory/results.ts';
import { deepfield, enterEmptyFolder, latestRun } from '../harness.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

describe('deepfield run', () => {
  it('leaves everything in the run directory', async () => {
    const { code, stdout } = await deepfield(['run', 'noisy-line', '--seed', '5', '--set', 'samples=30']);
    expect(code).toBe(0);
    const paths = await latestRun();
    expect(paths.root).toMatch(/^runs\/noisy-line\/\d{8}T\d{6}Z-5$/);
    expect(readdirSync(paths.root).sort()).toEqual([
      'checkpoints',
      'config.yaml',
      'data.json',
      'environment.json',
      'evaluation.json',
      'metrics.jsonl',
      'model',
      'model-card.md',
      'model.onnx',
      'models',
      'prepared',
      'report.html',
      'results.json',
      'status.json',
    ]);
    expect(readdirSync(paths.models).sort()).toEqual(['line-1.onnx', 'line2.onnx']);
    expect(readdirSync(join(paths.layers, 'line2')).sort()).toEqual(['model.json', 'weights.bin']);
    expect(readdirSync(paths.prepared).sort()).toEqual(['line-1.arrow', 'line2.arrow']);
    // The domain calls the last id its primary network; line-1 stands before line2.
    expect(readFileSync(paths.primaryModel)).toEqual(readFileSync(join(paths.models, 'line2.onnx')));
    expect(parse(readFileSync(paths.config, 'utf8'))).toMatchObject({ samples: 30 });
    expect(readFileSync(paths.metrics, 'utf8').trimEnd().split('\n')).toHaveLength(80);
    expect(stdout).toContain(`run      ${paths.root}\nreport   ${paths.report}\n`);
  });

  it('prints a table of the figures beside the paper, the exact and the baselines', async () => {
    const { stdout } = await deepfield(['run', 'noisy-line', '--set', 'noise=0', '--set', 'slopes=[2]']);
    const [, head, figure, baseline] = stdout.split('\n');
    expect(head).toMatch(/^figure +value +\[95 % interval\] +paper +exact$/);
    expect(figure).toMatch(/^RMS error of line2 \(y\) +0\.\d+ +\[0\.\d+, 0\.\d+\] +0\.02 ± 0\.001 +0\.01$/);
    expect(baseline).toMatch(/^ {2}mean of y +\d\.\d+ +\[\d\.\d+, \d\.\d+\]$/);
  });

  it('prints results.json as the last line of stdout, alone there, with --json', async () => {
    const { stdout, stderr } = await deepfield(['run', 'noisy-line', '--json']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const results = resultsSchema.parse(JSON.parse(lastLine(stdout)));
    expect(results).toEqual(JSON.parse(readFileSync((await latestRun()).results, 'utf8')));
    expect(results).toMatchObject({ domain: 'noisy-line', preset: 'quick', seed: 1, device: 'cpu' });
    expect(stderr).toContain('RMS error of line2');
  });

  it('makes the same run from the same seed and another from another', async () => {
    for (const [out, seed] of ['1', '1', '2'].entries()) {
      await deepfield(['run', 'noisy-line', '--seed', seed, '--out', `run${out}`]);
    }
    const bytes = [0, 1, 2].map((i) => readFileSync(`run${i}/models/line2.onnx`, 'utf8'));
    expect(bytes[1]).toBe(bytes[0]);
    expect(bytes[2]).not.toBe(bytes[0]);
  });

  it('reads --source and records where the data came from', async () => {
    writeFileSync('points.txt', '0,1\n1,3\n2,5\n3,7\n4,9\n');
    const { code } = await deepfield(['run', 'noisy-line', '--source', 'points.txt', '--out', 'r']);
    expect(code).toBe(0);
    const { parts } = JSON.parse(readFileSync('r/data.json', 'utf8'));
    expect(parts.line2).toMatchObject({ rows: 5, splits: { train: 3, validation: 1, test: 1 } });
    expect(parts.line2.provenance).toMatchObject({ kind: 'files' });
    expect(parts.line2.prepared.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leaves nothing behind when the data cannot be read', async () => {
    writeFileSync('points.txt', '0,1\nx\n');
    const { code, stderr } = await deepfield(['run', 'noisy-line', '--source', 'points.txt']);
    expect(code).toBe(2);
    expect(lastLine(stderr)).toMatch(/^error: .*points\.txt, line 2: expected x,y; give two numbers$/);
    expect(existsSync('runs')).toBe(false);
  });
});

describe('deepfield prepare, train and resume', () => {
  it('do a run step by step', async () => {
    const prepared = await deepfield(['prepare', 'noisy-line']);
    expect(prepared.code).toBe(0);
    const { root, models, results } = await latestRun();
    expect(prepared.stdout).toContain(`go on with: npx deepfield resume ${root}`);
    expect(existsSync(models)).toBe(false);
    expect((await deepfield(['train', root])).code).toBe(0);
    expect(readdirSync(models)).toHaveLength(2);
    expect(existsSync(results)).toBe(false);
    const resumed = await deepfield(['resume', 'latest', '--json']);
    expect(resumed.stderr).toContain('prepare, train done already');
    expect(JSON.parse(lastLine(resumed.stdout))).toEqual(JSON.parse(readFileSync(results, 'utf8')));
  });

  it('do not do again what is done', async () => {
    await deepfield(['run', 'noisy-line']);
    const { metrics, models, report } = await latestRun();
    const before = [metrics, join(models, 'line2.onnx'), report].map((path) => statSync(path).mtimeMs);
    expect((await deepfield(['resume', 'latest'])).code).toBe(0);
    expect([metrics, join(models, 'line2.onnx'), report].map((path) => statSync(path).mtimeMs)).toEqual(
      before,
    );
  });

  it('train begins a run when it is given a domain', async () => {
    expect((await deepfield(['train', 'noisy-line', '--set', 'slopes=[3]'])).code).toBe(0);
    expect(readdirSync((await latestRun()).models)).toEqual(['line3.onnx']);
  });

  it('do not change the settings of a run that exists', async () => {
    await deepfield(['prepare', 'noisy-line']);
    const { code, stderr } = await deepfield(['train', 'latest', '--seed', '3']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: --seed: the settings of a run are fixed when it is made; name a domain to make a new run\n',
    );
  });

  it('notice that prepared data were changed', async () => {
    await deepfield(['prepare', 'noisy-line']);
    const { prepared } = await latestRun();
    writeFileSync(join(prepared, 'line2.arrow'), 'something else');
    const { code, stderr } = await deepfield(['resume', 'latest']);
    expect(code).toBe(2);
    expect(lastLine(stderr)).toContain('line2.arrow: changed since the run prepared it; start a new run');
  });
});

describe('deepfield evaluate', () => {
  it('measures again, with the same outcome', async () => {
    await deepfield(['run', 'noisy-line']);
    const { results } = await latestRun();
    const { figures } = JSON.parse(readFileSync(results, 'utf8'));
    expect((await deepfield(['evaluate', 'latest'])).code).toBe(0);
    expect(JSON.parse(readFileSync(results, 'utf8')).figures).toEqual(figures);
  });

  it('measures on other data, all of it, into a folder of its own', async () => {
    await deepfield(['run', 'noisy-line']);
    const { results, evaluations } = await latestRun();
    const own = readFileSync(results, 'utf8');
    writeFileSync('points.txt', '0,1\n1,3\n2,5\n3,7\n');
    const { code, stdout } = await deepfield(['evaluate', 'latest', '--source', 'points.txt', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(lastLine(stdout)).figures[0].n).toBe(4);
    await deepfield(['evaluate', 'latest', '--source', 'points.txt']);
    expect(readdirSync(evaluations)).toHaveLength(2);
    expect(readdirSync(join(evaluations, readdirSync(evaluations)[0])).sort()).toEqual([
      'data.json',
      'evaluation.json',
      'results.json',
    ]);
    expect(readFileSync(results, 'utf8')).toBe(own);
  });

  it('takes settings for other data, and for these alone', async () => {
    await deepfield(['run', 'noisy-line', '--set', 'slopes=[2]']);
    const { config, evaluations } = await latestRun();
    const own = readFileSync(config, 'utf8');
    writeFileSync('points.txt', '0,1\n1,3\n');
    const other = ['evaluate', 'latest', '--source', 'points.txt', '--json', '--set'];
    const { stdout } = await deepfield([...other, 'slopes=[2,2]']);
    expect(JSON.parse(lastLine(stdout)).figures).toHaveLength(1);
    expect(readFileSync(config, 'utf8')).toBe(own);
    const wrong = await deepfield([...other, 'slope=[2]']);
    expect([wrong.code, lastLine(wrong.stderr)]).toEqual([
      2,
      'error: --set: no setting slope; did you mean slopes?',
    ]);
    expect(readdirSync(evaluations)).toHaveLength(1);
    const without = await deepfield(['evaluate', 'latest', '--set', 'slopes=[2]']);
    expect(lastLine(without.stderr)).toContain('--set: a run is measured again with its own settings');
  });

  it('wants a trained run', async () => {
    await deepfield(['prepare', 'noisy-line']);
    const { code, stderr } = await deepfield(['evaluate', 'latest']);
    expect(code).toBe(2);
    expect(lastLine(stderr)).toMatch(/the run is not trained yet; finish it with "deepfield resume runs/);
  });
});

describe('deepfield predict', () => {
  beforeEach(async () => {
    await deepfield([
      'train',
      'noisy-line',
      '--set',
      'slopes=[2]',
      '--set',
      'training.steps=500',
      '--set',
      'noise=0',
    ]);
    writeFileSync('a.txt', '1\n2\n');
    writeFileSync('b.txt', '3\n');
  });

  it('shows a line for every request', async () => {
    const { code, stdout } = await deepfield(['predict', 'latest', 'a.txt', 'b.txt']);
    expect(code).toBe(0);
    // y = 2 x + 1 without noise, fitted to convergence.
    expect(stdout).toBe(
      [
        'file   row  answer',
        'a.txt    1  y = 3.000',
        'a.txt    2  y = 5.000',
        'b.txt    1  y = 7.000',
        '',
      ].join('\n'),
    );
  });

  it('writes CSV and JSON', async () => {
    await deepfield(['predict', 'latest', 'a.txt', '--out', 'answers.csv']);
    const { data } = Papa.parse<string[]>(readFileSync('answers.csv', 'utf8').trimEnd());
    expect(data[0]).toEqual(['file', 'row', 'y', 'line']);
    expect(data).toHaveLength(3);
    await deepfield(['predict', 'latest', 'a.txt', '--out', 'answers.json']);
    const answers = JSON.parse(readFileSync('answers.json', 'utf8'));
    expect(answers[1]).toMatchObject({ file: 'a.txt', row: 2, answer: { line: 'first' } });
    expect(answers[1].answer.y).toBeCloseTo(5, 3);
  });

  it('goes on after a file that fails, and says so at the end', async () => {
    writeFileSync('bad.txt', 'one\n');
    const { code, stdout, stderr } = await deepfield(['predict', 'latest', 'bad.txt', 'b.txt', '--json']);
    expect(code).toBe(2);
    expect(stderr).toContain('error: bad.txt, line 1: expected a number; give one\n');
    expect(lastLine(stderr)).toBe('error: 1 of 2 files failed');
    const { predictions, failures } = JSON.parse(lastLine(stdout));
    expect(predictions).toHaveLength(1);
    expect(failures).toEqual([{ file: 'bad.txt', error: 'bad.txt, line 1: expected a number; give one' }]);
  });

  it('refuses a folder that is not there before any work', async () => {
    const { code, stdout, stderr } = await deepfield([
      'predict',
      'latest',
      'a.txt',
      '--out',
      'none/answers.csv',
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('cannot write none/answers.csv: folder none does not exist');
  });

  it('refuses an unknown kind of file before any work', async () => {
    const { code, stderr } = await deepfield(['predict', 'latest', 'a.txt', '--out', 'answers.xls']);
    expect(code).toBe(2);
    expect(stderr).toBe('error: --out answers.xls: unknown kind of file; end its name with .csv or .json\n');
  });
});

describe('deepfield export', () => {
  beforeEach(async () => {
    await deepfield(['train', 'noisy-line', '--set', 'slopes=[2]', '--out', 'r']);
  });

  it.each([
    ['onnx', ['o/line2.onnx']],
    ['tfjs', ['o/line2/weights.bin', 'o/line2/model.json']],
    ['arrow', ['o/line2.arrow']],
    ['csv', ['o/line2.csv']],
  ])('copies %s', async (format, files) => {
    const { code, stdout } = await deepfield(['export', 'r', '--format', format, '--out', 'o']);
    expect(code).toBe(0);
    expect(stdout).toBe(files.map((file) => `${file}\n`).join(''));
    for (const file of files) expect(existsSync(file)).toBe(true);
  });

  it('writes data as CSV with their split', async () => {
    await deepfield(['export', 'r', '--format', 'csv', '--out', 'o']);
    const lines = readFileSync('o/line2.csv', 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(61);
    expect(lines[0]).toBe('split,x,y,positive');
    expect(lines[1]).toMatch(/^train,0\.\d+,\d\.\d+,1$/);
    expect(lines[60]).toMatch(/^test,/);
  });

  it('refuses an unknown format and an unwritable folder', async () => {
    const unknown = await deepfield(['export', 'r', '--format', 'onxx', '--out', 'o']);
    expect(unknown.stderr).toBe(
      'error: --format: no format "onxx"; did you mean onnx? choose one of onnx, tfjs, arrow, csv, tensorboard\n',
    );
    writeFileSync('file', '');
    const blocked = await deepfield(['export', 'r', '--format', 'onnx', '--out', 'file/o']);
    expect(blocked.code).toBe(2);
    expect(blocked.stderr).toContain('a part of its path is a file');
  });
});

describe('deepfield report', () => {
  it('writes the report again, also after the plots were lost', async () => {
    await deepfield(['run', 'noisy-line', '--out', 'r']);
    writeFileSync('r/report.html', '');
    const { code, stdout } = await deepfield(['report', 'r']);
    expect(code).toBe(0);
    expect(stdout).toBe('report      r/report.html\nmodel card  r/model-card.md\n');
    expect(readFileSync('r/report.html', 'utf8')).toContain('<svg');
  });
});

describe('deepfield list, info and devices', () => {
  it('list names and titles, loading no domain', async () => {
    const { code, stdout } = await deepfield(['list']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'noisy-line   Lines through noisy points\nbroken-line  A domain with a bug\nstored-line  Lines through noisy points\n',
    );
    expect(JSON.parse((await deepfield(['list', '--json'])).stdout).domains).toHaveLength(3);
  });

  it('info describes a domain', async () => {
    const { stdout } = await deepfield(['info', 'noisy-line']);
    expect(stdout).toContain('A. M. Legendre, Nouvelles méthodes (1805), doi:10.0000/legendre');
    expect(stdout).toContain('  paper\n      samples=1000 training.steps=400\n');
    expect(stdout).toMatch(/ {2}training\.learningRate +0\.5 +number > 0\n {6}step size\n/);
    const info = JSON.parse((await deepfield(['info', 'noisy-line', '--json'])).stdout);
    expect(info.settings[1]).toEqual({
      path: 'samples',
      type: 'whole number >= 3',
      default: 60,
      description: 'points on each line',
    });
  });

  it('devices says what is usable and how the rest can be', async () => {
    const { stdout } = await deepfield(['devices']);
    expect(stdout.split('\n')).toEqual([
      'cpu     usable      the processor',
      'webgpu  not usable  a GPU',
      '                    no adapter',
      '                    to change that: install a driver',
      'auto    cpu         the best of them',
      '',
    ]);
    const answer = JSON.parse((await deepfield(['devices', '--json'])).stdout);
    expect(answer.auto.name).toBe('cpu');
    expect(answer.devices).toHaveLength(2);
  });

  it('predict does not need the device that a run was trained on', async () => {
    expect((await deepfield(['run', 'noisy-line'])).code).toBe(0);
    const { status } = await latestRun();
    writeFileSync(status, readFileSync(status, 'utf8').replace('"cpu"', '"webgpu"'));
    writeFileSync('x.txt', '0.5\n');
    expect((await deepfield(['predict', 'latest', 'x.txt'])).stderr).not.toContain('--device');
    expect((await deepfield(['predict', 'latest', 'x.txt', '--device', 'webgpu'])).stderr).toContain(
      'no device webgpu',
    );
  });

  it('--device auto takes the best and says why', async () => {
    const { code, stderr } = await deepfield(['run', 'noisy-line', '--device', 'auto']);
    expect(code).toBe(0);
    expect(stderr).toContain('device cpu, since webgpu: no adapter');
    expect(JSON.parse(readFileSync((await latestRun()).status, 'utf8')).device).toBe('cpu');
  });
});

describe('--out', () => {
  it('never writes into a folder that holds something', async () => {
    mkdirSync('mine');
    writeFileSync('mine/thesis.tex', '');
    const { code, stderr } = await deepfield(['run', 'noisy-line', '--out', 'mine']);
    expect(code).toBe(2);
    expect(stderr).toContain('error: --out mine: the folder is not empty');
    expect(readdirSync('mine')).toEqual(['thesis.tex']);
  });
});
