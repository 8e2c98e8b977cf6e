// Cross-entropy of a softmax from logits, against its formula.
import { type Tensor, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '../../../core/engine/tfjs.ts';
import { classObjective } from '../../../core/training/class-objective.ts';

const given = (logits: number[][], labels: number[], weights: number[]): Record<string, Tensor> => ({
  x: tensor2d(logits),
  label: tensor2d(labels, [labels.length, 1], 'int32'),
  weight: tensor1d(weights),
});

describe('classObjective', () => {
  const objective = classObjective(({ x }) => x, { classes: 3 });

  it('is -ln p of the class that came, by weight', () => {
    const { loss } = objective(
      given(
        [
          [0, 0, 0],
          [1, 2, 3],
        ],
        [0, 2],
        [1, 3],
      ),
      true,
    );
    // ln 3 of equal logits; ln(1 + e^-1 + e^-2) of the greatest of 1, 2, 3.
    const expected = (Math.log(3) + 3 * Math.log(1 + Math.exp(-1) + Math.exp(-2))) / 4;
    expect(loss.dataSync()[0]).toBeCloseTo(expected, 6);
  });

  it('says in validation how many are called wrongly, rows of weight 0 aside', () => {
    const { metrics } = objective(
      given(
        [
          [2, 1, 0],
          [0, 1, 5],
          [9, 0, 0],
        ],
        [0, 1, 2],
        [1, 1, 0],
      ),
      false,
    );
    expect(metrics?.error.dataSync()[0]).toBe(0.5);
  });

  it('stays a number for logits of any size', () => {
    const { loss } = objective(given([[1000, 0, -1000]], [2], [1]), true);
    expect(loss.dataSync()[0]).toBe(2000);
  });

  it('reads another input for the labels where that is named', () => {
    const { label, ...rest } = given([[1, 0, 0]], [0], [1]);
    const named = classObjective(({ x }) => x, { classes: 3, label: 'kind' });
    const { loss } = named({ ...rest, kind: label.reshape([1]) }, true);
    expect(loss.dataSync()[0]).toBeCloseTo(Math.log(1 + 2 * Math.exp(-1)), 6);
  });
});
