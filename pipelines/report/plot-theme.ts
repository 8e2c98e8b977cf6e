// The look of every plot, defined once: legible type, quiet axes, a palette that colour-blind readers can tell apart
// (M. Okabe and K. Ito, Color Universal Design, 2008, without its black and yellow). The ink is replaced by the page's
// own text colour when a plot is put into the report, so that it reads on light and dark alike.
import type { Config } from 'vega-lite';

/** Colour of text and axes. */
export const ink = '#1f2328';

export const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'] as const;

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Several legends stand one above another. A setting of Vega that Vega-Lite passes on but does not know. */
export const legendLayout = { top: { direction: 'vertical', anchor: 'start', margin: 4 } } as const;

export const plotTheme: Config = {
  background: 'transparent',
  font,
  padding: 4,
  view: { continuousWidth: 440, continuousHeight: 290, stroke: null },
  axis: {
    domainColor: ink,
    domainOpacity: 0.6,
    grid: true,
    gridColor: ink,
    gridOpacity: 0.1,
    labelColor: ink,
    labelFontSize: 15,
    // Vega guesses the width of text without a canvas, and guesses high.
    labelLimit: 340,
    labelOverlap: true,
    tickColor: ink,
    tickOpacity: 0.6,
    titleColor: ink,
    titleFontSize: 15,
    titleFontWeight: 'normal',
    titlePadding: 8,
  },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    columns: 4,
    columnPadding: 14,
    labelLimit: 320,
    titleLimit: 400,
    labelColor: ink,
    labelFontSize: 15,
    symbolStrokeWidth: 2.5,
    titleColor: ink,
    titleFontSize: 15,
    titleFontWeight: 'normal',
  },
  header: { labelColor: ink, labelFontSize: 15, titleColor: ink, titleFontSize: 15 },
  title: { color: ink, fontSize: 16, fontWeight: 600, anchor: 'start' },
  text: { color: ink, fontSize: 15 },
  rule: { color: ink, strokeWidth: 1.5 },
  line: { strokeWidth: 2.25, strokeCap: 'round', strokeJoin: 'round' },
  point: { filled: true, size: 45 },
  area: { opacity: 0.22 },
  errorband: { band: { opacity: 0.22 } },
  bar: { color: palette[0] },
  mark: { color: palette[0] },
  range: {
    category: [...palette],
    ordinal: { scheme: 'viridis', extent: [0.12, 0.88] },
    ramp: { scheme: 'viridis' },
  },
};
