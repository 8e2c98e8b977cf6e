// The look of every plot, defined once: legible type, quiet axes, a palette that colour-blind readers can tell apart
// (M. Okabe and K. Ito, Color Universal Design, 2008, without its black and yellow). The ink is replaced by the page's
// own text colour when a plot is put into the report, so that it reads on light and dark alike.
import type { Config } from 'vega-lite';

/** Colour of text and axes. */
export const ink = '#1f2328';

export const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'] as const;

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export const plotTheme: Config = {
  background: 'transparent',
  font,
  padding: 4,
  view: { continuousWidth: 460, continuousHeight: 280, stroke: null },
  axis: {
    domainColor: ink,
    domainOpacity: 0.6,
    grid: true,
    gridColor: ink,
    gridOpacity: 0.1,
    labelColor: ink,
    labelFontSize: 13,
    tickColor: ink,
    tickOpacity: 0.6,
    titleColor: ink,
    titleFontSize: 13,
    titleFontWeight: 'normal',
    titlePadding: 8,
  },
  legend: {
    labelColor: ink,
    labelFontSize: 13,
    symbolStrokeWidth: 2.5,
    titleColor: ink,
    titleFontSize: 13,
    titleFontWeight: 'normal',
  },
  header: { labelColor: ink, labelFontSize: 13, titleColor: ink, titleFontSize: 13 },
  title: { color: ink, fontSize: 14, fontWeight: 600, anchor: 'start' },
  text: { color: ink, fontSize: 13 },
  rule: { color: ink, strokeWidth: 1.5 },
  line: { strokeWidth: 2.25, strokeCap: 'round', strokeJoin: 'round' },
  point: { filled: true, size: 45 },
  area: { opacity: 0.22 },
  errorband: { band: { opacity: 0.22 } },
  bar: { color: palette[0] },
  mark: { color: palette[0] },
  range: {
    category: [...palette],
    ordinal: { scheme: 'viridis', extent: [0.05, 0.85] },
    ramp: { scheme: 'viridis' },
  },
};
