import { describe, expect, it } from 'vitest';
import { Dataset } from '../../../data-adapters/dataset.ts';
import { toyModelCurve } from '../../../domains/phases-of-matter/toy-model/accuracy-curve.ts';
import { threePerceptrons } from '../../../domains/phases-of-matter/toy-model/three-perceptrons.ts';

describe('threePerceptrons', () => {
  // Rows of the paper's appendix A: hidden (1,0,1) up, (0,1,0) down, (0,0,1) neither.
  it.each([
    [0.9, [1, 0]],
    [-0.9, [1, 0]],
    [0, [0, 1]],
    [0.2, [0, 1]],
    [-0.2, [0, 1]],
  ])('m = %d at epsilon = 0.5 gives %j', (m, outputs) => {
    expect(threePerceptrons(m, 0.5)).toEqual(outputs);
  });

  it('is a threshold on |m| for every m of 400 spins and every epsilon between two of them', () => {
    for (let up = 0; up <= 400; up++) {
      const m = (2 * up) / 400 - 1;
      for (const epsilon of [0.0026, 0.1026, 0.5026, 0.9974]) {
        expect(threePerceptrons(m, epsilon)).toEqual(Math.abs(m) > epsilon ? [1, 0] : [0, 1]);
      }
    }
  });

  it.each([0, 1, -0.5, Number.NaN])('refuses epsilon = %d', (epsilon) => {
    expect(() => threePerceptrons(0, epsilon)).toThrow('expected epsilon in (0, 1)');
  });
});

describe('toyModelCurve', () => {
  it('counts the lattices on the right side of epsilon', () => {
    // |m| = 1, 1/2 and 0 below T_c; 1/2 and 0 above.
    const spins = Int8Array.from(
      [
        [1, 1, 1, 1],
        [-1, -1, -1, 1],
        [1, -1, 1, -1],
        [1, 1, 1, -1],
        [1, 1, -1, -1],
      ].flat(),
    );
    const dataset = new Dataset(
      {
        spins: { data: spins, shape: [2, 2] },
        temperature: { data: Float64Array.from([1, 1, 1, 4, 4]), shape: [] },
      },
      { train: new Uint32Array(0), validation: new Uint32Array(0), test: Uint32Array.from([0, 1, 2, 3, 4]) },
      { kind: 'files', source: 'by hand', notes: [] },
    );
    const accuracies = new Map(
      toyModelCurve({ L2: dataset }).map(({ epsilon, accuracy }) => [epsilon, accuracy]),
    );
    expect(accuracies.get(0.24)).toBe(3 / 5);
    expect(accuracies.get(0.76)).toBe(3 / 5);
    expect(accuracies.size).toBe(49);
  });
});
