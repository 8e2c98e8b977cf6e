// Gradient descent on a surface of two parameters, E = (x^2 + 10 y^2) / 2, with three learning rates. Along an axis of curvature c a
// step multiplies the distance from the minimum by 1 - rate c: it shrinks for rates below 2 / c and grows above.
import '../../../core/engine/tfjs.ts';
import { grad, mul, square, sum, tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { Explanation } from '../../explanation.ts';

/** Curvatures along x and y. */
export const curvatures = [1, 10] as const;
export const start = [-9, 2.4] as const;
export const steps = 30;

export const rates = [
  { name: 'too small', rate: 0.01 },
  { name: 'good', rate: 0.17 },
  { name: 'too large', rate: 0.203 },
] as const;

export const surface = ([x, y]: readonly number[]): number =>
  (curvatures[0] * x ** 2 + curvatures[1] * y ** 2) / 2;

/** The way of gradient descent from `start`, gradients by tfjs. */
export function descend(rate: number): [number, number][] {
  const slope = grad((point) => mul(0.5, sum(mul(tensor1d([...curvatures]), square(point)))));
  const way: [number, number][] = [[...start]];
  for (let step = 0; step < steps; step++) {
    const [x, y] = way[step];
    const [dx, dy] = tidy(() => slope(tensor1d([x, y])).dataSync());
    way.push([x - rate * dx, y - rate * dy]);
  }
  return way;
}

/** Lines of equal height: ellipses. */
const contours = [1, 4, 10, 20, 40].flatMap((height) =>
  Array.from({ length: 81 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 80;
    const [x, y] = curvatures.map((curvature) => Math.sqrt((2 * height) / curvature));
    return { x: x * Math.cos(angle), y: y * Math.sin(angle), order: i, height };
  }),
);

/** The second colour of the house's plots. */
const pathColour = '#D55E00';

const frame = { x: [-10, 10], y: [-4, 4] };
const axis = (name: 'x' | 'y') => ({
  field: name,
  type: 'quantitative',
  scale: { domain: frame[name], nice: false },
});

const panel = (name: string, rate: number, way: readonly (readonly [number, number])[]) => ({
  title: `${name}, ${rate}`,
  width: 230,
  height: 200,
  layer: [
    {
      data: { values: contours },
      mark: { type: 'line', strokeWidth: 0.8, opacity: 0.5, clip: true },
      encoding: { x: axis('x'), y: axis('y'), order: { field: 'order' }, detail: { field: 'height' } },
    },
    {
      data: { values: way.map(([x, y], step) => ({ x, y, step })) },
      mark: {
        type: 'line',
        point: { color: pathColour, size: 20 },
        clip: true,
        color: pathColour,
        strokeWidth: 1.5,
      },
      encoding: { x: axis('x'), y: axis('y'), order: { field: 'step' } },
    },
  ],
});

export function explainLearningRate(): Explanation {
  const ways = rates.map(({ name, rate }) => ({ name, rate, way: descend(rate) }));
  const heights = ways.flatMap(({ name, rate, way }) =>
    way.map((point, step) => ({ step, E: surface(point), rate: `${name}, ${rate}` })),
  );
  const at = [0, 1, 2, 5, 10, 20, 30];
  return {
    title: 'Learning rate',
    sections: [
      {
        title: 'Three rates on one surface',
        text: [
          'E = (x^2 + 10 y^2) / 2 is a valley: ten times as steep across as along. Each step goes against the gradient (x, 10 y), times the learning rate.',
          'A step multiplies x by 1 - rate and y by 1 - 10 rate. With 0.01 the way along the valley is hardly begun after 30 steps. With 0.17 both shrink, y from side to side. Above 2 / 10 = 0.2 y grows at every step, however well x does. The best rate for both, 2 / (1 + 10) = 0.18, leaves 9/11 of the distance at each step: it is the ratio of the curvatures that makes descent slow, which momentum and Adam mend.',
        ],
        tables: [
          {
            title: 'E after so many steps',
            head: ['rate', ...at.map(String)],
            rows: ways.map(({ name, rate, way }) => [
              `${rate} (${name})`,
              ...at.map((step) => surface(way[step]).toPrecision(4)),
            ]),
          },
          {
            title: 'The first steps, x and y',
            head: ['rate', ...[0, 1, 2, 3, 4].map((step) => `step ${step}`)],
            rows: ways.map(({ rate, way }) => [
              `${rate}`,
              ...way.slice(0, 5).map((point) => point.map((value) => value.toFixed(3)).join(', ')),
            ]),
          },
        ],
        plots: [
          {
            id: 'paths',
            title: 'Ways down',
            caption: 'Ellipses are lines of equal height; each dot is a step.',
            vegaLite: { hconcat: ways.map(({ name, rate, way }) => panel(name, rate, way)) },
          },
          {
            id: 'heights',
            title: 'Height by step',
            caption:
              'A loss that falls slowly, one that falls, one that grows: what a learning curve tells of the rate.',
            vegaLite: {
              data: { values: heights },
              mark: 'line',
              encoding: {
                x: { field: 'step', type: 'quantitative', title: 'step' },
                y: { field: 'E', type: 'quantitative', title: 'E', scale: { type: 'log' } },
                color: { field: 'rate', type: 'nominal', title: 'rate' },
              },
            },
          },
        ],
      },
    ],
  };
}
