// A lattice as a picture, and where its probability lies on the curve of its size.
import { expect, it } from 'vitest';
import { type ChartPanel, panels } from '../../../domains/panel.ts';
import { showLattice } from '../../../domains/phases-of-matter/show.ts';

const outputs = [2, 4].flatMap((size) =>
  [1, 3].map((temperature) => ({
    size,
    temperature,
    ordered: temperature === 1 ? 1 : 0,
    error: 0.01,
    lattices: 9,
  })),
);
const evaluation = { figures: [], curves: { square: { outputs } } };
const spins = [1, 1, 1, -1];
const answer = {
  size: 2,
  phase: 'ordered' as const,
  probability: 0.8,
  spread: 0.1,
  networks: 2,
  magnetisation: 0.5,
  energyPerSpin: 0,
};

it('is a line across the curve of its size where no temperature is known', async () => {
  const [picture, chart] = panels.parse(await showLattice(spins, answer, evaluation));
  expect(picture).toMatchObject({
    kind: 'pictures',
    pictures: [{ label: '2 x 2 spins', width: 2, height: 2 }],
  });
  const { series, marks, point } = chart as ChartPanel;
  // The band is two standard errors to either side.
  expect(series).toEqual([
    {
      label: 'L = 2',
      shape: 'line',
      points: [
        [1, 1],
        [3, 0],
      ],
      errors: [0.02, 0.02],
    },
  ]);
  expect(marks?.[1]).toEqual({
    axis: 'y',
    value: 0.8,
    error: 0.1,
    label: 'this lattice: 0.800',
    answer: true,
  });
  // Onsager: 2 / ln(1 + sqrt 2)
  expect(marks?.[0].value).toBeCloseTo(2.269185, 6);
  expect(point).toBeUndefined();
});

it('is a point at its temperature where one came with it', async () => {
  const [, chart] = (await showLattice(spins, { ...answer, temperature: 2 }, evaluation)) as ChartPanel[];
  expect(chart.point).toEqual({ x: 2, y: 0.8, label: 'this lattice: 0.800' });
  expect(chart.marks).toHaveLength(1);
});

it('is a picture alone where its size was not measured', async () => {
  expect(await showLattice(new Array(9).fill(1), { ...answer, size: 3 }, evaluation)).toHaveLength(1);
  expect(await showLattice(spins, answer, undefined)).toHaveLength(1);
});
