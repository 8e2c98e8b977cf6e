// How images become the splits of a run, and what is refused.
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { digitsConfig } from '../../../domains/digits/config.ts';
import { isMnistTest } from '../../../domains/digits/evaluation/references.ts';
import { domain } from '../../../domains/digits/index.ts';
import { evaluationParts, trainingParts } from '../../../domains/digits/parts.ts';
import { contextOf, tinyConfig } from './tiny-run.ts';

const images = (count: number) => ({
  pixels: new Uint8Array(count * 784),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
});
const provenance = { kind: 'files', source: 'somewhere', notes: [] } as const;
const random = new RandomStream(1);

describe('parts', () => {
  it('makes a test set of a seventh where there is none', () => {
    const { main } = trainingParts({ train: images(70), provenance }, 0.1, random);
    expect(Object.values(main.splits).map((rows) => rows.length)).toEqual([7, 10, 53]);
  });

  it('keeps a test set as it is', () => {
    const { main } = trainingParts({ train: images(50), test: images(20), provenance }, 0.1, random);
    expect(Array.from(main.splits.test)).toEqual(Array.from({ length: 20 }, (_, i) => 50 + i));
  });

  it('measures on the test set alone where there is one, on everything otherwise', () => {
    expect(evaluationParts({ train: images(50), test: images(20), provenance }).main.rows).toBe(20);
    expect(evaluationParts({ train: images(50), provenance }).main.splits.test).toHaveLength(50);
  });

  it('refuses to learn from a test set, and from nineteen images', () => {
    expect(() => trainingParts({ test: images(20), provenance }, 0.1, random)).toThrow(
      'has 0 images to learn from',
    );
    expect(() => trainingParts({ train: images(19), provenance }, 0.1, random)).toThrow('has 19 images');
  });

  it('does not take other images for those of MNIST', () => {
    expect(isMnistTest(evaluationParts({ test: images(10_000), provenance }).main)).toBe(false);
  });
});

describe('settings', () => {
  it('refuse two networks of one name, and a divergence of what is no share', () => {
    const named = (name: string) => ({ name, kind: 'mlp' });
    expect(() => digitsConfig.parse({ classifiers: [named('a'), named('a')] })).toThrow(
      'two networks have one name',
    );
    expect(() => digitsConfig.parse({ autoencoders: [{ name: 'a', kl: 0.1 }] })).toThrow(
      'set codeActivation to sigmoid',
    );
    expect(() => digitsConfig.parse({ autoencoders: [{ name: 'A b' }] })).toThrow();
  });
});

describe('training', () => {
  const context = (config: ReturnType<typeof tinyConfig>) => ({
    ...contextOf(config),
    checkpointDirectory: () => '',
    record: () => {},
    rewind: () => {},
    hasModel: () => true,
    saveModel: () => Promise.resolve(),
  });
  const parts = trainingParts(
    { train: { ...images(40), labels: new Uint8Array(40).fill(11) }, provenance },
    0.1,
    random,
  );

  it('refuses codes of ten digits for twelve classes, before anything is trained', async () => {
    const config = tinyConfig({ classifiers: [{ name: 'coded', kind: 'lenet5-rbf' }] });
    await expect(domain.train(parts, context(config))).rejects.toThrow(
      'codes for 10 classes, and the data have 12',
    );
  });

  it('refuses a classifier that is called like an autoencoder', async () => {
    const config = tinyConfig({ classifiers: [{ name: 'autoencoder', kind: 'mlp' }] });
    await expect(domain.train(parts, context(config))).rejects.toThrow('both called autoencoder');
  });
});
