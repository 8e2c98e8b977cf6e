import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { type ConfigChoice, resolveConfig } from '../../../pipelines/config/resolve-config.ts';
import { enterEmptyFolder } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

const resolve = async (choice: ConfigChoice) => (await resolveConfig(noisyLine, choice)).config;

describe('resolveConfig', () => {
  it('lays defaults, preset, file and --set over one another', async () => {
    writeFileSync('my.yaml', 'samples: 300\nnoise: 0.5\ntraining:\n  steps: 7\n');
    expect(await resolve({ preset: 'paper', file: 'my.yaml', set: ['noise=0.25', 'noise=0.125'] })).toEqual({
      slopes: [2, -1],
      folds: 0,
      fold: 0,
      samples: 300,
      noise: 0.125,
      abscissae: 'uniform',
      training: { steps: 7, learningRate: 0.5 },
    });
  });

  it('reads JSON as it reads YAML', async () => {
    writeFileSync('my.json', '{"training": {"steps": 9}, "slopes": [1]}');
    expect(await resolve({ file: 'my.json' })).toMatchObject({ slopes: [1], training: { steps: 9 } });
  });

  it('takes --set values as YAML: lists, numbers, text', async () => {
    const set = ['slopes=[1, 2.5]', 'training.steps=1e2', 'abscissae=normal'];
    expect(await resolve({ set })).toMatchObject({
      slopes: [1, 2.5],
      training: { steps: 100 },
      abscissae: 'normal',
    });
  });

  it('takes an empty file as no settings', async () => {
    writeFileSync('empty.yaml', '# nothing\n');
    expect(await resolve({ file: 'empty.yaml' })).toMatchObject({ samples: 60 });
  });

  it.each<[string, ConfigChoice, string]>([
    [
      'an unknown preset',
      { preset: 'quik' },
      '--preset: no preset "quik"; did you mean quick? choose one of',
    ],
    ['an unknown key', { set: ['sampels=3'] }, '--set: no setting sampels; did you mean samples?'],
    ['an unknown key in a section', { set: ['training.step=3'] }, 'did you mean training.steps?'],
    ['a key without its section', { set: ['steps=3'] }, 'no setting steps; did you mean training.steps?'],
    [
      'an unknown key like no other',
      { set: ['zzz=3'] },
      '"deepfield info noisy-line" lists the settings: slopes,',
    ],
    ['a prototype', { set: ['__proto__.x=3'] }, 'no setting __proto__'],
    ['a wrong type', { set: ['samples=many'] }, 'samples, --set: expected whole number >= 3, got "many"'],
    ['a value out of range', { set: ['noise=-1'] }, 'noise, --set: expected number >= 0, got -1'],
    ['a fraction', { set: ['training.steps=1.5'] }, 'expected whole number > 0, got 1.5'],
    [
      'a wrong choice',
      { set: ['abscissae=even'] },
      'abscissae, --set: expected uniform | normal, got "even"',
    ],
    ['a list without brackets', { set: ['slopes=1,2'] }, 'got "1,2"; write a list as [1,2]'],
    ['a wrong element', { set: ['slopes=[1, x]'] }, 'slopes.1, --set: expected number, got "x"'],
    ['an empty list', { set: ['slopes=[]'] }, 'slopes, --set: expected list of at least 1: number, got []'],
    ['a value for a section', { set: ['training=3'] }, 'training, --set:'],
    ['no value', { set: ['samples'] }, '--set: expected key.path=value, got "samples"'],
    ['no key', { set: ['=3'] }, '--set: expected key.path=value'],
    ['an empty part', { set: ['training..steps=3'] }, '--set: expected key.path=value'],
    ['broken YAML', { set: ['slopes=[1,'] }, '--set slopes=[1,: not valid YAML:'],
    ['a missing file', { file: 'none.yaml' }, 'none.yaml: no such file or folder'],
  ])('refuses %s in one line', async (_, choice, message) => {
    const error = await resolve(choice).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(message);
    expect((error as UserError).message).not.toContain('\n');
  });

  it('names the file that a mistake is in, under a --set that has none', async () => {
    writeFileSync('my.yaml', 'samples: 1\n');
    await expect(resolve({ file: 'my.yaml', set: ['noise=1'] })).rejects.toThrow(
      'samples, my.yaml: expected',
    );
  });

  it.each([
    ['a: 1\n a: 2', 'my.yaml:'],
    ['samples: 5\nsamples: 6', 'not valid YAML: Map keys must be unique'],
    ['- 1\n- 2', 'my.yaml: holds no settings'],
    ['just text', 'my.yaml: holds no settings'],
    ['{"samples": 5', 'my.yaml:'],
  ])('refuses the file %j', async (text, message) => {
    writeFileSync('my.yaml', text);
    const error = await resolve({ file: 'my.yaml' }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(message);
  });

  it('answers whatever is typed after --set with a configuration or a UserError', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.string().map((s) => `slopes=${s}`),
        ),
        async (text) => {
          const error = await resolve({ set: [text] }).then(
            () => undefined,
            (e: unknown) => e,
          );
          if (error !== undefined) expect(error).toBeInstanceOf(UserError);
        },
      ),
    );
  });
});
