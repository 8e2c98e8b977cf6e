import { memory } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activations, curve } from '../../../../domains/digits/explain/activation.ts';
import { byHand, byTfjs } from '../../../../domains/digits/explain/backpropagation.ts';
import { convolved } from '../../../../domains/digits/explain/convolution.ts';
import { buildConvolution, denseParameters } from '../../../../domains/digits/explain/layer.ts';
import {
  curvatures,
  descend,
  rates,
  start,
  surface,
} from '../../../../domains/digits/explain/learning-rate.ts';
import { autoencoders, c3Table, countAutoencoder, lenet5 } from '../../../../domains/digits/explain/model.ts';
import { pooled } from '../../../../domains/digits/explain/pooling.ts';
import { topics } from '../../../../domains/topics.ts';

describe('topics', () => {
  it.each(topics.map((topic) => [topic.name, topic] as const))(
    '%s: whole tables, plots with their data inside, no tensor left',
    async (_, topic) => {
      await topic.explain();
      const before = memory().numTensors;
      const { title, sections } = await topic.explain();
      expect(memory().numTensors).toBe(before);
      expect(title).not.toBe('');
      expect(sections.length).toBeGreaterThan(0);
      for (const { text, tables = [], plots = [] } of sections) {
        expect(text.length).toBeGreaterThan(0);
        for (const { head, rows } of tables) for (const row of rows) expect(row).toHaveLength(head.length);
        for (const { vegaLite } of plots) expect(JSON.stringify(vegaLite)).not.toMatch(/"url"|null,"y"/);
      }
      expect(JSON.stringify(sections)).not.toMatch(/NaN|undefined|Infinity/);
    },
  );
});

describe('convolution and pooling', () => {
  it('are those of the textbooks', () => {
    // UFLDL Tutorial, "Feature extraction using convolution", its animation.
    expect(convolved()).toEqual([
      [4, 3, 4],
      [2, 4, 3],
      [2, 3, 4],
    ]);
    // CS231n, "Pooling Layer", its figure. Means by hand; the gradient is 1 where the largest stands.
    const { largest, mean, gradient } = pooled();
    expect(largest).toEqual([
      [6, 8],
      [3, 4],
    ]);
    expect(mean).toEqual([
      [3.25, 5.25],
      [2, 2],
    ]);
    expect(gradient).toEqual([
      [0, 0, 0, 0],
      [0, 1, 0, 1],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
  });
});

describe('activations', () => {
  const values: Readonly<Record<string, (a: number) => number>> = {
    sigmoid: (a) => 1 / (1 + Math.exp(-a)),
    tanh: Math.tanh,
    'scaled tanh': (a) => 1.7159 * Math.tanh((2 * a) / 3),
    relu: (a) => Math.max(0, a),
    elu: (a) => (a > 0 ? a : Math.expm1(a)),
    softplus: (a) => Math.log1p(Math.exp(a)),
  };

  it.each(activations.map((activation) => [activation.name, activation] as const))(
    '%s has its values and their slopes',
    (name, activation) => {
      fc.assert(
        fc.property(
          fc.double({ min: -6, max: 6, noNaN: true }).filter((a) => Math.abs(a) > 1e-3),
          (a) => {
            const { values: found, slopes } = curve(activation, [a]);
            // float32, and a difference over 2e-4 whose error is of third order.
            expect(found[0]).toBeCloseTo(values[name](a), 5);
            expect(slopes[0]).toBeCloseTo((values[name](a + 1e-4) - values[name](a - 1e-4)) / 2e-4, 4);
          },
        ),
        { numRuns: 30 },
      );
    },
  );

  it('the scaled tanh is 1 at 1 (LeCun et al. 1998, appendix A)', () => {
    const scaled = activations.find(({ name }) => name === 'scaled tanh')!;
    expect(curve(scaled, [1]).values[0]).toBeCloseTo(1, 4);
  });
});

describe('backpropagation', () => {
  it('gives what M. Mazur, A Step by Step Backpropagation Example (2015), prints', () => {
    const { hidden, outputs, loss, outputDeltas, weights } = byHand();
    expect(hidden[0]).toBeCloseTo(0.593269992, 9);
    expect(outputs[0]).toBeCloseTo(0.75136507, 9);
    expect(outputs[1]).toBeCloseTo(0.772928465, 9);
    expect(loss).toBeCloseTo(0.298371109, 9);
    expect(outputDeltas[0]).toBeCloseTo(0.138498562, 9);
    // dE/dw5 and dE/dw1 there.
    expect(weights[4]).toBeCloseTo(0.082167041, 9);
    expect(weights[0]).toBeCloseTo(0.000438568, 9);
  });

  it('agrees with the gradients of tfjs to the rounding of float32', () => {
    byTfjs().forEach((derivative, i) => {
      expect(derivative).toBeCloseTo(byHand().weights[i], 7);
    });
  });
});

describe('gradient descent', () => {
  it('follows x_k = x_0 (1 - rate c)^k on each axis', () => {
    for (const { rate } of rates) {
      descend(rate).forEach((point, k) => {
        point.forEach((value, axis) => {
          const exact = start[axis] * (1 - rate * curvatures[axis]) ** k;
          // Gradients are float32: a relative 6e-8 at each of thirty steps.
          expect(Math.abs(value - exact)).toBeLessThan(1e-5 * Math.max(1, Math.abs(exact)));
        });
      });
    }
  });

  it('is slow, arrives, or flies off, as its rates are called', () => {
    const [small, good, large] = rates.map(({ rate }) => descend(rate).map(surface));
    expect(small.at(-1)! / small[0]).toBeGreaterThan(0.2);
    expect(good.at(-1)! / good[0]).toBeLessThan(1e-4);
    expect(large.at(-1)!).toBeGreaterThan(large[0]);
  });
});

describe('parameter counts', () => {
  it('of LeNet-5 are those of LeCun et al. 1998, II-B', () => {
    expect(lenet5.map(({ parameters }) => parameters)).toEqual([156, 12, 1516, 32, 48_120, 10_164, 0]);
    expect(lenet5.map(({ connections }) => connections)).toEqual([
      122_304, 5880, 151_600, 2000, 48_120, 10_164, 840,
    ]);
    expect(lenet5.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(60_000);
    expect(lenet5.reduce((sum, { connections }) => sum + connections, 0)).toBe(340_908);
  });

  it("of C3 follow the paper's table I", () => {
    const table = '012 123 234 345 045 015 0123 1234 2345 0345 0145 0125 0134 1245 0235 012345';
    expect(c3Table.map((maps) => maps.join('')).join(' ')).toBe(table);
  });

  it('of the autoencoders are those of the course', () => {
    const totals = autoencoders.map((widths) => countAutoencoder(widths).reduce((a, b) => a + b, 0));
    expect(totals).toEqual([50_992, 222_384]);
  });

  it('of layers are weights and a bias each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 7 }), (filters, side) => {
        const { parameters, shape } = buildConvolution(filters, side);
        expect(parameters).toBe((side * side * 3 + 1) * filters);
        expect(shape).toEqual([401 - side, 401 - side, filters]);
      }),
      { numRuns: 10 },
    );
    expect(countAutoencoder([7, 3])).toEqual([denseParameters(7, 3)]);
    expect(denseParameters(480_000, 100)).toBe(48_000_100);
  });
});
