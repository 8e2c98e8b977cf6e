// A Vega-Lite specification as an SVG for the page, without a browser and without a network.
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { Html } from './html.ts';
import { ink, legendLayout, plotTheme } from './plot-theme.ts';

/** Colours that stand for "dark text on paper", whoever wrote them. */
const inks = new RegExp(`(fill|stroke)="(?:${ink}|black|#000|#000000)"`, 'gi');

/**
 * Makes the SVG of a plot.
 *
 * @param id prefix of the ids inside, unique on the page
 * @throws RangeError when the specification loads data from elsewhere; whatever Vega throws
 */
export async function renderPlot(id: string, vegaLite: Readonly<Record<string, unknown>>): Promise<Html> {
  if (/"url"\s*:/.test(JSON.stringify(vegaLite))) {
    throw new RangeError(`plot ${id}: expected its data inside, got a URL`);
  }
  const { spec } = compile(vegaLite as unknown as TopLevelSpec, { config: plotTheme });
  const config = { ...spec.config, legend: { ...spec.config?.legend, layout: legendLayout } };
  const view = new View(parse({ ...spec, config }), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    return new Html(
      svg
        .replace(inks, '$1="currentColor"')
        .replace(/ id="([^"]+)"/g, ` id="${id}-$1"`)
        .replace(/url\(#([^)]+)\)/g, `url(#${id}-$1)`)
        .replace('<svg ', '<svg role="img" '),
    );
  } finally {
    view.finalize();
  }
}
