// Optimisers step by step against PyTorch (tests/fixtures/optimizers/make.py, float64), on the cpu and the reference device.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tensor1d, type Variable, variable } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../../core/engine/devices.ts';
import '../../../../core/engine/tfjs.ts';
import { adadelta } from '../../../../core/training/optimizers/adadelta.ts';
import { adam } from '../../../../core/training/optimizers/adam.ts';
import { adamW } from '../../../../core/training/optimizers/adam-w.ts';
import { clipByGlobalNorm } from '../../../../core/training/optimizers/gradient-clipping.ts';
import type { Optimizer } from '../../../../core/training/optimizers/optimizer.ts';
import { rmsProp } from '../../../../core/training/optimizers/rms-prop.ts';
import { sgd } from '../../../../core/training/optimizers/sgd.ts';
import { decoupledWeightDecay, l2Penalty } from '../../../../core/training/optimizers/weight-decay.ts';
import { root } from '../../../house/sources.ts';

type Numbers = Readonly<Record<string, readonly number[]>>;
interface Fixture {
  readonly initial: Numbers;
  readonly gradients: readonly Numbers[];
  readonly cases: Readonly<Record<string, readonly Numbers[]>>;
}

const fixture = JSON.parse(
  readFileSync(join(root, 'tests/fixtures/optimizers/pytorch.json'), 'utf8'),
) as Fixture;

const optimizers: Readonly<Record<string, () => Optimizer>> = {
  sgd: () => sgd({ learningRate: 0.1 }),
  'sgd-momentum': () => sgd({ learningRate: 0.1, momentum: 0.9 }),
  'sgd-momentum-l2': () => l2Penalty(sgd({ learningRate: 0.1, momentum: 0.9 }), { weightDecay: 0.05 }),
  'sgd-clipped': () => clipByGlobalNorm(sgd({ learningRate: 0.1 }), 1.5),
  adam: () => adam({ learningRate: 0.05 }),
  'adam-l2-clipped': () =>
    clipByGlobalNorm(l2Penalty(adam({ learningRate: 0.05 }), { weightDecay: 0.05 }), 1.5),
  'adam-w': () => adamW({ learningRate: 0.05, weightDecay: 0.1 }),
  adadelta: () => adadelta(),
  'adadelta-scaled': () => adadelta({ learningRate: 0.5, decay: 0.95, epsilon: 1e-4 }),
  'rms-prop': () => rmsProp(),
  'rms-prop-centered': () => rmsProp({ learningRate: 0.02, decay: 0.9, momentum: 0.8, centered: true }),
};

/** The parameters after each step with the fixture's gradients. */
async function run(optimizer: Optimizer, device: string): Promise<Numbers[]> {
  const parameters: Record<string, Variable> = Object.fromEntries(
    Object.entries(fixture.initial).map(([name, values]) => [name, variable(tensor1d([...values]))]),
  );
  const bound = optimizer.bind(parameters);
  const engine = await openEngine(device);
  const specs = Object.fromEntries([
    ...Object.entries(fixture.initial).map(([name, values]) => [name, { shape: [values.length] }]),
    ...Object.keys(optimizer.rates).map((name) => [name, { shape: [] }]),
  ]);
  const program = await engine.compile((given) => {
    bound.apply(given, given as never);
    return {};
  }, specs);
  const path: Numbers[] = [];
  for (const gradients of fixture.gradients) {
    const fed = Object.entries(gradients).map(([name, values]) => [name, Float32Array.from(values)]);
    await program.run({ ...Object.fromEntries(fed), ...optimizer.rates });
    await engine.pull();
    path.push(Object.fromEntries(Object.entries(parameters).map(([name, v]) => [name, [...v.dataSync()]])));
  }
  await program.dispose();
  await engine.dispose();
  return path;
}

const last = (path: readonly Numbers[]): number[] => Object.values(path[path.length - 1]).flat();

describe('optimisers take the steps that PyTorch takes', () => {
  it('has a case for each', () => {
    expect(Object.keys(optimizers)).toEqual(Object.keys(fixture.cases));
  });

  it.each(Object.keys(optimizers))('%s', async (name) => {
    for (const device of ['cpu', 'reference']) {
      const path = await run(optimizers[name](), device);
      expect(path.length).toBe(fixture.cases[name].length);
      path.forEach((step, t) => {
        for (const [parameter, values] of Object.entries(fixture.cases[name][t])) {
          values.forEach((value, i) => {
            // float32 against float64, over six steps of size 0.1; roots of small differences in the centred form.
            expect(Math.abs(step[parameter][i] - value), `${device}, step ${t}`).toBeLessThan(2e-6);
          });
        }
      });
    }
  });
});

describe('weight decay', () => {
  it('is the same coupled and decoupled for plain gradient descent', async () => {
    const weightDecay = 0.2;
    const coupled = last(await run(l2Penalty(sgd({ learningRate: 0.1 }), { weightDecay }), 'cpu'));
    const decoupled = last(
      await run(decoupledWeightDecay(sgd({ learningRate: 0.1 }), { weightDecay }), 'cpu'),
    );
    coupled.forEach((value, i) => {
      // One float32 rounding a step.
      expect(Math.abs(value - decoupled[i])).toBeLessThan(1e-6);
    });
  });

  it('leaves alone what it does not apply to', async () => {
    const options = { weightDecay: 0.2, appliesTo: (name: string) => name === 'kernel' };
    const plain = await run(sgd({ learningRate: 0.1 }), 'cpu');
    for (const decay of [l2Penalty, decoupledWeightDecay]) {
      const [first] = await run(decay(sgd({ learningRate: 0.1 }), options), 'cpu');
      expect(first.bias).toEqual(plain[0].bias);
      expect(first.kernel).not.toEqual(plain[0].kernel);
    }
  });

  it.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (weightDecay) => {
    expect(() => l2Penalty(sgd({ learningRate: 1 }), { weightDecay })).toThrow(
      `l2Penalty: expected a weightDecay of at least 0, got ${weightDecay}`,
    );
    expect(() => adamW({ weightDecay })).toThrow('expected a weightDecay of at least 0');
  });
});

describe('clipping', () => {
  it('changes nothing below the norm', async () => {
    const plain = await run(adam(), 'cpu');
    const clipped = await run(clipByGlobalNorm(adam(), 1e6), 'cpu');
    expect(clipped).toEqual(plain);
  });

  it.each([0, -1, Number.NaN])('refuses a norm of %s', (maxNorm) => {
    expect(() => clipByGlobalNorm(adam(), maxNorm)).toThrow(
      `clipByGlobalNorm: expected a maxNorm above 0, got ${maxNorm}`,
    );
  });
});
