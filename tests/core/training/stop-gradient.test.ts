import { grad, mul, square, sum, tensor1d } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { openEngine } from '../../../core/engine/devices.ts';
import { stopGradient } from '../../../core/training/stop-gradient.ts';
import '../../../core/engine/tfjs.ts';

it('passes values on and no gradient', () => {
  const x = tensor1d([1, -2, 3]);
  expect([...stopGradient(square(x)).dataSync()]).toEqual([1, 4, 9]);
  // d/dx of x sg(x^2) is sg(x^2) alone: 3 x^2 without the stop.
  expect([...grad((v) => sum(mul(v, stopGradient(square(v)))))(x).dataSync()]).toEqual([1, 4, 9]);
  expect([...grad((v) => sum(mul(v, square(v))))(x).dataSync()]).toEqual([3, 12, 27]);
  expect([...grad((v) => sum(stopGradient(v)))(x).dataSync()]).toEqual([0, 0, 0]);
});

it('does so within a compiled step', async () => {
  const engine = await openEngine('cpu', { threads: 1 });
  const step = await engine.compile(
    ({ x }) => ({ slope: grad((v) => sum(mul(v, stopGradient(square(v)))))(x) }),
    { x: { shape: [3] } },
  );
  const [{ slope }] = await step.run({ x: Float32Array.of(1, -2, 3) });
  expect([...slope.data]).toEqual([1, 4, 9]);
  await step.dispose();
  await engine.dispose();
});
