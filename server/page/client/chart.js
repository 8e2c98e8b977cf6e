// A chart: lines, steps and points on two axes, with lines across it for what is compared.
import { el, svg } from './element.js';
import { ticks } from './numbers.js';
import { responsive } from './responsive.js';

/** @typedef {import('../../../domains/panel.ts').ChartPanel} ChartPanel */
/** @typedef {import('../../../domains/panel.ts').ChartSeries} ChartSeries */
/** @typedef {readonly [number, number]} Range */

const height = 300;
const margin = { top: 22, right: 14, bottom: 44, left: 54 };

/** @param {readonly number[]} values @param {{ low?: number, high?: number }} given @returns {Range} */
function rangeOf(values, { low, high }) {
  const finite = values.filter(Number.isFinite);
  const least = low ?? Math.min(...finite);
  const most = high ?? Math.max(...finite);
  if (least < most) return [least, high === undefined ? most + 0.05 * (most - least) : most];
  return [least - 0.5, least + 0.5];
}

/** @param {ChartPanel} panel */
function ranges({ x, y, series, marks = [], point }) {
  const points = series.flatMap((one) => one.points);
  const across = marks.filter(({ axis }) => axis === 'x').map(({ value }) => value);
  const up = marks.filter(({ axis }) => axis === 'y').map(({ value }) => value);
  return {
    x: rangeOf([...points.map(([at]) => at), ...across, ...(point ? [point.x] : [])], x),
    y: rangeOf([...points.map(([, at]) => at), ...up, ...(point ? [point.y] : [])], y),
  };
}

/** @param {ChartSeries} series @param {(x: number) => number} x @param {(y: number) => number} y */
function pathOf({ shape, points }, x, y) {
  return points
    .map(([px, py], i) => {
      if (i === 0) return `M${x(px)},${y(py)}`;
      return shape === 'steps' ? `H${x(px)}V${y(py)}` : `L${x(px)},${y(py)}`;
    })
    .join('');
}

/** @param {ChartSeries} series @param {(x: number) => number} x @param {(y: number) => number} y */
function bandOf({ points, errors = [] }, x, y) {
  const upper = points.map(([px, py], i) => `${x(px)},${y(py + errors[i])}`);
  const lower = points.map(([px, py], i) => `${x(px)},${y(py - errors[i])}`).reverse();
  return `M${[...upper, ...lower].join('L')}Z`;
}

/** @param {ChartSeries} series @param {number} number @param {(x: number) => number} x @param {(y: number) => number} y */
function drawSeries(series, number, x, y) {
  const own = `series s${number % 6}`;
  const band = series.errors ? [svg('path', { class: `${own} band`, d: bandOf(series, x, y) })] : [];
  if (series.shape === 'points')
    return [
      ...band,
      ...series.points.map(([px, py]) => svg('circle', { class: `${own} dot`, cx: x(px), cy: y(py), r: 3 })),
    ];
  return [...band, svg('path', { class: own, d: pathOf(series, x, y) })];
}

/**
 * @param {ChartPanel} panel
 * @param {number} width
 */
function draw(panel, width) {
  const { left, right, top, bottom } = margin;
  const range = ranges(panel);
  const [x0, x1, y0, y1] = [left, width - right, height - bottom, top];
  /** @param {number} value */
  const x = (value) => x0 + ((value - range.x[0]) / (range.x[1] - range.x[0])) * (x1 - x0);
  /** @param {number} value */
  const y = (value) => y0 + ((value - range.y[0]) / (range.y[1] - range.y[0])) * (y1 - y0);
  const inside = (/** @type {number} */ value) => Math.min(y0, Math.max(y1, value));

  const axes = [
    ...ticks(...range.x, width < 420 ? 4 : 8).flatMap((at) => [
      svg('line', { class: 'grid', x1: x(at), x2: x(at), y1: y0, y2: y1 }),
      svg('text', { x: x(at), y: y0 + 18, 'text-anchor': 'middle' }, at),
    ]),
    ...ticks(...range.y, 5).flatMap((at) => [
      svg('line', { class: 'grid', x1: x0, x2: x1, y1: y(at), y2: y(at) }),
      svg('text', { x: x0 - 8, y: y(at) + 4, 'text-anchor': 'end' }, at),
    ]),
    svg('text', { class: 'axis', x: (x0 + x1) / 2, y: height - 6, 'text-anchor': 'middle' }, panel.x.label),
    svg('text', { class: 'axis', x: 4, y: 13 }, panel.y.label),
  ];
  const marks = (panel.marks ?? []).flatMap(({ axis, value, error = 0, answer }) => {
    const own = `mark${answer ? ' answer' : ''}`;
    const vertical = axis === 'x';
    const [low, high] = vertical
      ? [Math.max(x0, x(value - error)), Math.min(x1, x(value + error))]
      : [inside(y(value + error)), inside(y(value - error))];
    const band = vertical
      ? { x: low, width: high - low, y: y1, height: y0 - y1 }
      : { x: x0, width: x1 - x0, y: low, height: high - low };
    const line = vertical
      ? { x1: x(value), x2: x(value), y1: y0, y2: y1 }
      : { x1: x0, x2: x1, y1: y(value), y2: y(value) };
    return [
      ...(error > 0 ? [svg('rect', { class: `${own} band`, ...band })] : []),
      svg('line', { class: own, ...line }),
    ];
  });
  const point = panel.point
    ? [svg('circle', { class: 'mark answer dot', cx: x(panel.point.x), cy: y(panel.point.y), r: 6 })]
    : [];
  return [...axes, ...panel.series.flatMap((series, i) => drawSeries(series, i, x, y)), ...marks, ...point];
}

/** @param {ChartPanel} panel */
export function chart(panel) {
  const keys = [
    ...panel.series.map(({ label }, i) => el('li', { class: `key s${i % 6}` }, label)),
    ...(panel.marks ?? []).map(({ label, answer }) =>
      el('li', { class: `key mark${answer ? ' answer' : ''}` }, label),
    ),
    ...(panel.point ? [el('li', { class: 'key mark answer' }, panel.point.label)] : []),
  ];
  const told = [...(panel.marks ?? []), ...(panel.point ? [panel.point] : [])]
    .map(({ label }) => label)
    .join(', ');
  return [
    el('ul', { class: 'keys' }, keys),
    responsive(`${panel.title}. ${panel.x.label} against ${panel.y.label}. ${told}`, height, (width) =>
      draw(panel, width),
    ),
  ];
}
