// Networks of two runs as one: the phase that all of them call, and the studies that look into a network. They keep their first, random
// weights: nothing here depends on what was learnt.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportModel } from '../../../core/engine/export.ts';
import { RandomStream } from '../../../core/random.ts';
import type { Models } from '../../../domains/domain.ts';
import { phasesConfig } from '../../../domains/phases-of-matter/config.ts';
import { domain } from '../../../domains/phases-of-matter/index.ts';
import { exportNetwork, phaseNetwork } from '../../../domains/phases-of-matter/network.ts';
import type { PhaseAnswer } from '../../../domains/phases-of-matter/predict.ts';
import { autoencoder, exportAutoencoder } from '../../../domains/phases-of-matter/studies/vae/network.ts';
import { mergeFiles } from '../../../pipelines/ensemble/merge-files.ts';
import { predictAll } from '../../../pipelines/stages/predict.ts';
import { contextOf, modelsOf } from '../in-memory-training.ts';

const rule = domain.ensemble!;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);

/** Two runs, and the two as one. */
async function together(files: readonly ReadonlyMap<string, Uint8Array>[]) {
  const merged = [...files[0].keys()].map((id): [string, Uint8Array] => [
    id,
    mergeFiles(
      files.map((own) => own.get(id)!),
      rule,
    ),
  ]);
  return { members: await Promise.all(files.map((own) => modelsOf(own))), both: await modelsOf(merged) };
}

describe('the phase of a lattice', () => {
  const config = phasesConfig.parse({});
  const ids = ['L10-1', 'L10-2'];
  let members: Models[];
  let both: Models;
  beforeAll(async () => {
    const network = (id: string, seed: number): Uint8Array => {
      const random = new RandomStream(id, seed);
      const size = { size: 10, hiddenUnits: 5, initialDeviation: 0.5, initialBias: 0.1 };
      return exportNetwork(phaseNetwork({ ...size, random }), 10, { slope: seed, offset: 0.1 });
    };
    ({ members, both } = await together(
      [1, 2].map((seed) => new Map(ids.map((id) => [id, network(id, seed)]))),
    ));
  });

  it('has the mean probability of those of an id, and the spread over all networks', async () => {
    const answers = (await predictAll(domain, config, both, domain.predict.examples)) as PhaseAnswer[];
    for (const [i, answer] of answers.entries()) {
      const alone = (await Promise.all(
        ids.flatMap((id) =>
          members.map(
            async (models) =>
              (
                await predictAll(domain, config, { ...models, ids: [id] }, [domain.predict.examples[i]])
              )[0],
          ),
        ),
      )) as PhaseAnswer[];
      const [a, b, c, d] = alone.map(({ probability }) => probability);
      expect(domain.predict.answer.parse(answer)).toEqual(answer);
      expect(answer.networks).toBe(4);
      // Float32 probabilities: a few of its steps.
      expect(answer.probability).toBeCloseTo(mean([a, b, c, d]), 6);
      const between = variance([mean([a, b]), mean([c, d])]);
      const within = mean([variance([a, b]), variance([c, d])]);
      expect(answer.spread).toBeCloseTo(Math.sqrt(between + within), 6);
      expect(alone[0]).toMatchObject({ networks: 1, spread: 0 });
    }
  });

  it('comes without the hidden units, which have no order in common', async () => {
    const spins = { dtype: 'int32', shape: [1, 10, 10], data: new Int32Array(100).fill(1) } as const;
    expect(Object.keys(await both.run('L10-1', { spins })).sort()).toEqual([
      'ordered',
      'ordered_spread',
      'phase',
      'phase_spread',
    ]);
    expect(await both.metadata('L10-1')).not.toHaveProperty('hidden');
  });
});

it('an autoencoder of several has the mean of their losses, and no latent variable', async () => {
  const config = phasesConfig.parse({
    studies: ['vae'],
    vae: { size: 8, training: 1, test: 2 },
    bootstrap: 100,
  });
  const file = (seed: number): Map<string, Uint8Array> =>
    new Map([['vae', exportAutoencoder(autoencoder(8, 4, new RandomStream('vae', seed)), 8)]]);
  const { members, both } = await together([file(1), file(2)]);
  const parts = await domain.simulate(contextOf(config));
  const measure = (models: Models) => domain.evaluate(parts, { ...contextOf(config), models });
  const merged = await measure(both);
  const [loss] = merged.figures;
  expect(merged.figures.map(({ id }) => id)).toEqual(['vae-reconstruction-loss-l8']);
  expect(loss.note).toContain('over 2 networks');
  const alone = await Promise.all(members.map(measure));
  expect(alone[0].figures).toHaveLength(2);
  // Float32 losses of about 0.7.
  expect(loss.value).toBeCloseTo(mean(alone.map(({ figures }) => figures[1].value)), 6);
  const plots = await domain.figures(JSON.parse(JSON.stringify(merged)), config);
  expect(plots.map(({ id }) => id)).toEqual(['vae-reconstruction']);
});

it('networks of other trial temperatures are refused', () => {
  const confused = (trials: string): Uint8Array =>
    exportModel(
      ({ spins }) => ({ below: tf.sigmoid(tf.sum(tf.cast(spins, 'float32'), 2)) }),
      { spins: { shape: [8, 8], dtype: 'int32' } },
      { metadata: { trials } },
    );
  expect(() => mergeFiles([confused('[1,2]'), confused('[1,3]')], rule)).toThrow('mean something else');
  expect(mergeFiles([confused('[1,2]'), confused('[1,2]')], rule)).toBeInstanceOf(Uint8Array);
});
