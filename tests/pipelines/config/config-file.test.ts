import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig, writeConfig } from '../../../pipelines/config/config-file.ts';
import { resolveConfig } from '../../../pipelines/config/resolve-config.ts';
import { enterEmptyFolder } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

describe('config.yaml', () => {
  it('explains every setting and comes back as it was', async () => {
    const { config } = await resolveConfig(noisyLine, { set: ['slopes=[3, 0.1]'] });
    await writeConfig('config.yaml', noisyLine, config);
    expect(readFileSync('config.yaml', 'utf8')).toBe(`# Settings of a noisy-line run.

# true slopes; one line is fitted to each
slopes:
  - 3
  - 0.1
# points on each line
samples: 60
# standard deviation of y
noise: 0.01
# how x is drawn
abscissae: uniform
# of a cross-validation: parts of equal size, one of which is the test set; 0 for shares alone
folds: 0
# which part is the test set, from 0
fold: 0
training:
  # gradient steps
  steps: 40
  # step size
  learningRate: 0.5
`);
    expect(await readConfig('config.yaml', noisyLine)).toEqual(config);
    expect((await resolveConfig(noisyLine, { file: 'config.yaml' })).config).toEqual(config);
  });

  it('tells an edit that does not fit', async () => {
    writeFileSync('config.yaml', 'samples: none\n');
    await expect(readConfig('config.yaml', noisyLine)).rejects.toThrow('config.yaml, samples:');
  });
});
