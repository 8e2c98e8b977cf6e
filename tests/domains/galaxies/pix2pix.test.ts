// The paper's conditional GAN as a run of the domain, from simulation to figures, and the discriminator beside the U-Net.
import { beforeAll, describe, expect, it } from 'vitest';
import { InferenceModel } from '../../../core/engine/inference.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import { galaxiesConfig, presets } from '../../../domains/galaxies/config.ts';
import { domain } from '../../../domains/galaxies/index.ts';
import { trainingImages } from '../../../domains/galaxies/parts.ts';
import { noiseOf } from '../../../domains/galaxies/units.ts';
import { contextOf, TinyTraining } from './tiny-galaxies.ts';

const tiny = {
  images: { training: 4, validation: 2, test: 2, size: 64 },
  training: { crop: 64, steps: 3, batchSize: 2, evaluateEvery: 2 },
  bootstrap: 50,
};
const gan = galaxiesConfig.parse({
  ...tiny,
  network: { kind: 'pix2pix' },
  pix2pix: { levels: 4, width: 4, discriminatorWidth: 4, epochs: 2 },
  degradation: { mode: 'shared' },
  conserveFlux: 0,
});

const ids = ['pix2pix-severe', 'pix2pix-mild'];

let parts: Parts;
beforeAll(async () => {
  parts = await domain.simulate(contextOf(gan));
});

describe('a run of the conditional GAN', () => {
  let straight: TinyTraining;
  beforeAll(async () => {
    straight = new TinyTraining(parts, gan);
    await straight.train();
  });

  it('learns from galaxies as recorded, with their noise', () => {
    const noise = trainingImages(parts).flatMap(noiseOf);
    // The survey's: 0.02 to 0.03 nanomaggies, more where the image has no sky.
    for (const sigma of noise) expect(sigma).toBeGreaterThan(0.01);
  });

  it('has a generator for each setting, from flux to flux and without a deviation', async () => {
    expect([...straight.saved.keys()]).toEqual(ids);
    expect(domain.primaryModel(ids)).toBe('pix2pix-severe');
    for (const id of ids) {
      const model = await InferenceModel.open(straight.saved.get(id)!.onnx, id);
      expect(model.inputs).toEqual([{ name: 'degraded', dtype: 'float32', shape: [-1, 3, 64, 64] }]);
      expect(model.outputs).toEqual(['restored']);
      await model.dispose();
    }
  });

  it('tells what both players lost', () => {
    expect(straight.lines.map(({ model, step }) => [model, step])).toEqual(
      ids.flatMap((id) => [4, 8].map((step) => [id, step])),
    );
    const { loss, adversarial, regression, validationLoss } = straight.lines[0] as Record<string, number>;
    expect(loss).toBeCloseTo(adversarial + regression, 4);
    // lambda x mean absolute error, which is at most 2 of [-1, 1].
    expect(validationLoss).toBeLessThan(200);
  });

  it('is measured at each setting by its own generator, without coverage', async () => {
    const models = await straight.models();
    const asked: string[] = [];
    const { figures, curves } = await domain.evaluate(parts, {
      ...contextOf(gan),
      models: {
        ...models,
        run: (id, inputs) => {
          asked.push(id);
          return models.run(id, inputs);
        },
      },
    });
    expect(asked).toEqual(ids.flatMap((id) => [id, id]));
    const names = figures.map(({ id }) => id);
    expect(names).toContain('psnr-severe');
    expect(names).toContain('gain-mild');
    expect(names.filter((id) => id.startsWith('coverage'))).toEqual([]);
    expect(figures.every(({ value }) => Number.isFinite(value))).toBe(true);
    // Gallery, PSNR, fluxes, shapes and tuning of each setting.
    expect(await domain.figures({ figures, curves }, gan)).toHaveLength(10);
  });

  it('after a stop goes on to the same bytes, and leaves what is finished alone', async () => {
    const [severe, mild] = ids;
    const interrupted = new TinyTraining(parts, gan);
    interrupted.saved.set(severe, straight.saved.get(severe)!);
    await expect(interrupted.train(({ step }) => step === 4)).rejects.toThrow('stopped');
    expect([...interrupted.saved.keys()]).toEqual([severe]);
    await interrupted.train();
    expect(interrupted.lines).toEqual(straight.lines.filter(({ model }) => model === mild));
    expect(Buffer.compare(interrupted.saved.get(mild)!.onnx, straight.saved.get(mild)!.onnx)).toBe(0);
  });
});

describe('a discriminator beside the residual U-Net', () => {
  it('takes part in training and leaves the network as it is otherwise', async () => {
    const config = galaxiesConfig.parse({
      ...tiny,
      network: { widths: [4, 8], tile: 64 },
      adversarial: { weight: 0.01, width: 4 },
    });
    const training = new TinyTraining(parts, config);
    await training.train();
    expect([...training.saved.keys()]).toEqual(['restoration']);
    expect(training.lines.map(({ step }) => step)).toEqual([2, 3]);
    const { loss, adversarial, regression, validationMse } = training.lines[0] as Record<string, number>;
    expect(loss).toBeCloseTo(0.01 * adversarial + regression, 5);
    expect(validationMse).toBeGreaterThan(0);
    const model = await InferenceModel.open(training.saved.get('restoration')!.onnx, 'restoration');
    expect(model.outputs).toEqual(['restored', 'deviation']);
    await model.dispose();
  });
});

describe('the preset paper', () => {
  it("has the paper's numbers", () => {
    const config = galaxiesConfig.parse(presets.paper);
    // Schawinski et al. 2017 and script.sh of their code: 4,105 + 445 galaxies of 256 px; pix2pix as it comes; 20 passes.
    expect(config.images).toMatchObject({ training: 4105, test: 445, size: 256 });
    expect(config.network.kind).toBe('pix2pix');
    expect(config.pix2pix).toEqual({
      levels: 8,
      width: 64,
      dropout: 0.5,
      discriminatorWidth: 64,
      halvings: 3,
      lambda: 100,
      epochs: 20,
      batchSize: 1,
      learningRate: 2e-4,
      beta1: 0.5,
      freshNoise: false,
    });
    expect(config.degradation.mode).toBe('shared');
    expect(config.conserveFlux).toBe(0);
  });

  it('refuses images that cannot be halved as often', () => {
    const { success, error } = galaxiesConfig.safeParse({ ...presets.paper, images: { size: 424 } });
    expect(success).toBe(false);
    expect(error!.issues.map(({ message }) => message)).toEqual([
      'images.size must be a multiple of 2^pix2pix.levels, which halve it',
    ]);
    expect(galaxiesConfig.safeParse({ images: { size: 424 } }).success).toBe(true);
  });
});
