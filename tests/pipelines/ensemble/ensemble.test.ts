// Ensembles: one run of several, whose answers are the members' means; and what cannot be one.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Averaging, spreadOutput } from '../../../core/engine/average-models.ts';
import type { TensorData } from '../../../core/engine/tensor-data.ts';
import { RandomStream } from '../../../core/random.ts';
import { encodeFits, FitsHeader, openFits } from '../../../data-adapters/formats/fits/index.ts';
import type { Domain } from '../../../domains/domain.ts';
import { memberCount } from '../../../domains/ensemble.ts';
import { registry } from '../../../domains/registry.ts';
import { runLayout } from '../../../pipelines/run-directory/layout.ts';
import { openNetworks } from '../../../pipelines/stages/open-models.ts';
import { predictAll } from '../../../pipelines/stages/predict.ts';
import { openRun, type Run } from '../../../pipelines/stages/run.ts';
import { makeTinyRun } from '../../server/tiny-runs.ts';
import { deepfield } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';
import { program } from '../program.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-ensemble-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** Settings that differ between the members, by domain. */
const members: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  'own-table': [{ network: { learningRate: 0.003 } }, { network: { learningRate: 0.01 } }],
  'exotic-particles': [{ training: { learningRate: 0.01 } }, { training: { learningRate: 0.05 } }],
  'heart-failure': [{ training: { learningRate: 0.001 } }, { training: { learningRate: 0.01 } }],
  digits: [0.002, 0.01].map((learningRate) => ({
    autoencoding: { learningRate },
    classifiers: [{ name: 'mlp', kind: 'mlp', epochs: 1, batchSize: 30, learningRate }],
    evaluation: { neighbourQueries: 20, resamplings: 20 },
  })),
  galaxies: [0.001, 0.01].map((learningRate) => ({
    images: { training: 2, validation: 1, test: 2 },
    training: { learningRate },
    bootstrap: 50,
    // What is put back of the flux is no mean: files of the members are compared without.
    conserveFlux: 0,
  })),
  'phases-of-matter': [0.03, 0.1].map((learningRate) => ({
    training: { learningRate },
    baselines: { logisticSteps: 5 },
    bootstrap: 100,
  })),
};

const deviation = (a: number, b: number): number => Math.abs(a - b) / Math.SQRT2;
const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** What two members' numbers come to, in double precision. @param merged for the spread of what a deviation is of */
function together(
  rule: Exclude<Averaging, 'left-out'>,
  x: number,
  y: number,
  merged: Readonly<Record<string, TensorData>>,
  i: number,
): number {
  if (rule === 'mean') return (x + y) / 2;
  if (rule !== 'log-odds') {
    return Math.sqrt((x ** 2 + y ** 2) / 2 + merged[spreadOutput(rule.deviationOf)].data[i] ** 2);
  }
  const p = (probability(x) + probability(y)) / 2;
  return Math.log(p / (1 - p));
}

describe.each(Object.keys(members))('an ensemble of %s', (name) => {
  let runs: Run[];
  beforeAll(async () => {
    runs = [];
    for (const [i, change] of members[name].entries()) {
      runs.push(await makeTinyRun(name, at(`${name}-${i}`), change, { stages: ['prepare', 'train'] }));
    }
    const { code, stderr } = await program(
      ...['ensemble', at(`${name}-0`), at(`${name}-1`), '--out', at(name), '--threads', '1'],
    );
    expect(code, stderr).toBe(0);
  }, 60_000);

  it('answers with the mean of what the members answer, and says how far they lie apart', async () => {
    const [one, two, both] = [runs[0].paths, runs[1].paths, runLayout(at(name))];
    const networks = await Promise.all([one, two, both].map((paths) => openNetworks(paths, 1)));
    const { domain, config } = runs[0];
    const [example] = domain.predict.examples;
    const { models, inputs } = await domain.predict.decode(example, networks[2], config);
    for (const id of models) {
      expect(memberCount(await networks[2].metadata(id))).toBe(2);
      const [a, b, merged] = await Promise.all(networks.map((each) => each.run(id, inputs)));
      for (const [output, { data }] of Object.entries(a)) {
        const rule = domain.ensemble?.outputs[output];
        expect(rule, output).toBeDefined();
        if (rule === 'left-out') expect(merged).not.toHaveProperty(output);
        if (rule === undefined || rule === 'left-out') continue;
        const spreads = merged[spreadOutput(output)].data;
        const off = Array.from(data, (x, i) => {
          const y = b[output].data[i];
          return [merged[output].data[i] - together(rule, x, y, merged, i), spreads[i] - deviation(x, y)].map(
            Math.abs,
          );
        });
        // Float32: a few steps of numbers up to ten.
        expect(Math.max(...off.flat()), output).toBeLessThan(5e-5);
      }
    }
    const answers = await predictAll(domain, config, networks[2], domain.predict.examples);
    for (const answer of answers) expect(domain.predict.answer.parse(answer)).toEqual(answer);
    for (const each of networks) await each.close();
  });

  it('is a run like any other, whose report and card name the members', async () => {
    const run = await openRun(runLayout(at(name)), registry);
    expect(Object.keys(run.status.finished)).toEqual(['prepare', 'train', 'evaluate', 'report']);
    expect(existsSync(run.paths.primaryModel)).toBe(true);
    for (const file of ['report.html', 'model-card.md']) {
      const text = readFileSync(join(at(name), file), 'utf8');
      expect(text).toContain(at(`${name}-1`));
      expect(text).toContain('npx deepfield ensemble ');
    }
    const exported = await program('export', at(name), '--format', 'tfjs', '--out', at(`${name}-tfjs`));
    expect(exported.stderr).toContain('its networks have no tfjs format');
  });
});

describe('a table', () => {
  it('has the spread beside its predictions', async () => {
    writeFileSync(
      at('rows.csv'),
      'temperature,water,depth,soil,species,sown\n16.5,14,2,loam,clover,2023-04-02\n6,,8.5,sand,poppy,2023-10-20\n',
    );
    const { code, stderr } = await program('predict', at('own-table'), at('rows.csv'), '--out', at('a.csv'));
    expect(code, stderr).toBe(0);
    const [head, first] = readFileSync(at('a.csv'), 'utf8').split('\n');
    expect(head).toMatch(/,sown,prediction,P\(no\),P\(yes\),spread$/);
    expect(Number(first.split(',').at(-1))).toBeGreaterThan(0);
  });
});

describe('an image', () => {
  it('is measured as that of any run, its deviation too', () => {
    const { figures } = JSON.parse(readFileSync(runLayout(at('galaxies')).results, 'utf8'));
    const ids = figures.map(({ id }: { id: string }) => id);
    expect(ids).toContain('psnr-severe');
    expect(ids).toContain('coverage-mild');
  });

  it('is restored to the mean of what the members make of it, with their spread in its uncertainty', async () => {
    const random = new RandomStream('sky');
    const data = Float32Array.from({ length: 3 * 64 * 64 }, () => 0.1 * random.normal());
    const header = new FitsHeader([]).with('BUNIT', 'nanomaggy');
    writeFileSync(at('sky.fits'), encodeFits([{ header, shape: [3, 64, 64], data }]));
    const planes: ArrayLike<number>[][] = [];
    for (const name of ['galaxies-0', 'galaxies-1', 'galaxies']) {
      const out = at(`${name}.fits`);
      const known = ['--fwhm', '1.5', '--sigma', '0.1', '--pixel-scale', '0.4'];
      const { code, stderr } = await program('predict', at(name), at('sky.fits'), '--out', out, ...known);
      expect(code, stderr).toBe(0);
      const file = await openFits(out);
      const both = [];
      for (const hdu of file.hdus) both.push((await file.readImage(hdu, { as: 'float32' })).data);
      await file.close();
      expect(file.hdus.map((hdu) => hdu.name)).toEqual([file.hdus[0].name, 'UNCERTAINTY']);
      planes.push(both);
    }
    const [[a, sa], [b, sb], [image, uncertainty]] = planes;
    const off = Array.from(image, (value, i) => [
      value - (a[i] + b[i]) / 2,
      uncertainty[i] - Math.sqrt((sa[i] ** 2 + sb[i] ** 2) / 2 + deviation(a[i], b[i]) ** 2),
    ]);
    // Float32 of numbers up to one, of single tiles: nothing is blended.
    expect(Math.max(...off.flat().map(Math.abs))).toBeLessThan(1e-5);
  });
});

describe('a mistake', () => {
  const domains: Domain[] = [{ ...noisyLine, name: 'other-line' }];
  const line = (name: string, domain: string, ...set: string[]) =>
    deepfield(['run', domain, '--out', at(name), '--set', 'samples=30', ...set], { domains });
  beforeAll(async () => {
    await line('line1', 'noisy-line');
    await line('line2', 'noisy-line', '--set', 'training.steps=20');
    await line('other', 'other-line');
    await makeTinyRun('own-table', at('seed2'), {}, { seed: 2 });
    await makeTinyRun('own-table', at('untrained'), {}, { stages: ['prepare'] });
    await makeTinyRun('heart-failure', at('svm'), { kinds: ['svm'] });
  }, 60_000);

  it.each([
    [['own-table-0'], 'one run is no ensemble'],
    [['own-table-0', 'own-table-0'], 'stands there twice; name it once'],
    [['own-table-0', 'own-tabel-1'], 'there is no such run'],
    [['own-table-0', 'own-table-1', '--best', '2'], '--best: there is no sweep to take the best of'],
    [
      ['own-table-0', 'exotic-particles-0'],
      'a run of own-table and one of exotic-particles; name runs of one domain',
    ],
    [['own-table-0', 'seed2'], 'they are tested on different rows'],
    [['own-table-0', 'untrained'], 'the run is not trained yet'],
    [['heart-failure-0', 'svm'], 'their networks differ: '],
  ])('%j is told in one line, and leaves nothing', async (names, message) => {
    const words = names.map((word) => (word.startsWith('--') || /^\d+$/.test(word) ? word : at(word)));
    const { code, stderr } = await program('ensemble', ...words, '--out', at('none'));
    expect(code, stderr).toBe(2);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^error: [^\n]*$/);
    expect(stderr).toContain(message);
    expect(existsSync(at('none'))).toBe(false);
  });

  it('is a domain that does not say how its answers are averaged, or two domains', async () => {
    const ask = (...names: string[]) =>
      deepfield(['ensemble', ...names.map(at), '--out', at('none')], { domains });
    expect((await ask('line1', 'line2')).stderr).toContain(
      'noisy-line does not say how the answers of its networks are averaged',
    );
    expect((await ask('line1', 'other')).stderr).toContain('a run of noisy-line and one of other-line');
  });

  it('is a sweep that has too few trials, or that is a cross-validation', async () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      const { makePlan } = await import('../../../pipelines/sweep/make-plan.ts');
      const { makeSweepFolder, openSweep } = await import('../../../pipelines/sweep/open-sweep.ts');
      for (const [root, folds] of [
        ['s', undefined],
        ['f', 2],
      ] as const) {
        await makeSweepFolder(root);
        const parameters = ['training.learningRate=0.1,0.5'];
        await openSweep(root, await makePlan(noisyLine, { parameters, folds }));
      }
      await deepfield(['sweep-element', 's', '1']);
      expect((await deepfield(['ensemble', 's', '--best', '2'])).stderr).toContain(
        '--best 2: 1 trials are finished with all their seeds, not 2',
      );
      expect((await deepfield(['ensemble', 's'])).stderr).toContain('take more trials with --best 5');
      expect((await deepfield(['ensemble', 'f'])).stderr).toContain(
        'runs of a cross-validation are tested on',
      );
    } finally {
      process.chdir(before);
    }
  });
});
