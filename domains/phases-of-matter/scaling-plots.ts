// The plots of finite-size scaling beside the crossings: outputs of all sizes as one function of (T - T_c) L^(1/nu), and
// the slopes that give nu.
import type { Plot } from '../domain.ts';
import type { Curves } from './curves.ts';
import { criticalTemperature } from './exact/onsager.ts';

/** Further out every output is 0 or 1. */
const widest = 6;

const sizeColour = { field: 'size', type: 'ordinal', title: 'lattice size L' };

/** Outputs against (T - T_c) L, with the exact T_c and nu = 1: if they scale, all sizes lie on one curve. */
export function collapsePlot({ outputs }: Curves): Plot {
  const most = Math.max(...outputs.map(({ lattices }) => lattices));
  const fine = outputs.filter(({ lattices }) => lattices > most / 2);
  const reach = Math.max(
    ...fine.map(({ size, temperature }) => size * Math.abs(temperature - criticalTemperature)),
  );
  const values = outputs
    .map(({ size, temperature, ordered, error, lattices }) => ({
      size,
      scaled: (temperature - criticalTemperature) * size,
      ordered,
      low: ordered - 2 * error,
      high: ordered + 2 * error,
      lattices,
    }))
    // Where the fine grid is, the few lattices of the training grid would only blur it.
    .filter(
      ({ scaled, lattices }) =>
        Math.abs(scaled) <= widest && (lattices > most / 2 || Math.abs(scaled) > reach),
    );
  const x = { field: 'scaled', type: 'quantitative', title: '(T - Tc) L  (J / kB)' };
  return {
    id: 'collapse',
    title: 'All sizes on one curve',
    caption:
      'Mean output for the ordered phase against (T - Tc) L, with the exact Tc and nu = 1. Bars are two standard errors over lattices. What is left between the sizes is what networks of that size learned less well, and corrections to scaling.',
    vegaLite: {
      data: { values },
      encoding: { x, color: sizeColour },
      layer: [
        {
          mark: { type: 'rule' },
          encoding: { y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
        },
        {
          mark: { type: 'point', size: 25 },
          encoding: {
            shape: { ...sizeColour, type: 'nominal', legend: null },
            y: { field: 'ordered', type: 'quantitative', title: 'mean output for the ordered phase' },
          },
        },
      ],
    },
  };
}

/** Slopes at the crossing over L against L: level for nu = 1, and on a curve L^(1/nu - 1) else. */
export function slopesPlot({ points, magnetisation, nu, intercept }: NonNullable<Curves['slopes']>): Plot {
  const over = (from: typeof points, source: string) =>
    from.map(({ size, value, low, high }) => ({
      size,
      source,
      value: value / size,
      low: low / size,
      high: high / size,
    }));
  const [first, last] = [points[0].size, points[points.length - 1].size];
  const line = Array.from({ length: 41 }, (_, i) => {
    const size = first * (last / first) ** (i / 40);
    return { size, source: 'networks', value: Math.exp(intercept + Math.log(size) / nu) / size };
  });
  const x = {
    field: 'size',
    type: 'quantitative',
    title: 'lattice size L',
    scale: { type: 'log', domain: [first / 1.15, last * 1.15], nice: false },
    axis: { values: points.map(({ size }) => size) },
  };
  const values = [...over(points, 'networks'), ...over(magnetisation, '|m| alone')];
  const y = {
    type: 'quantitative',
    title: 'slope at the crossing / L  (kB / J)',
    scale: {
      domain: [Math.min(...values.map(({ low }) => low)), Math.max(...values.map(({ high }) => high))],
      nice: true,
    },
  };
  const color = { field: 'source', type: 'nominal', title: null, sort: ['networks', '|m| alone'] };
  return {
    id: 'correlation-length-exponent',
    title: 'How fast the outputs change',
    caption: `The slope of the mean output at the crossing grows as L^(1/nu), so that slope over L is level where nu = 1, the exact value. The line is the fit through the networks' slopes, nu = ${nu.toFixed(3)}. Beside them what the magnetisation alone gives on the same lattices: between the two lies what training has left undone.`,
    vegaLite: {
      layer: [
        {
          data: { values: line },
          mark: { type: 'line' },
          encoding: { x, y: { field: 'value', ...y }, color },
        },
        {
          data: { values },
          mark: { type: 'rule' },
          encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' }, color },
        },
        { data: { values }, mark: { type: 'point' }, encoding: { x, y: { field: 'value', ...y }, color } },
      ],
    },
  };
}
