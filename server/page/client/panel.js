// A panel of any kind as a section; of a kind that this page does not know, its data.
import { bars } from './bars.js';
import { chart } from './chart.js';
import { el } from './element.js';
import { pictures } from './pictures.js';
import { timeline } from './timeline.js';

/** @typedef {import('../../../domains/panel.ts').Panel} Panel */

/** @type {Readonly<Record<string, (panel: any) => readonly Node[]>>} */
const drawers = {
  bars,
  chart,
  pictures,
  timeline,
  notes: ({ lines }) => [
    el(
      'ul',
      { class: 'notes' },
      lines.map((/** @type {string} */ line) => el('li', {}, line)),
    ),
  ],
};

/** @param {Panel} panel */
export function panelSection(panel) {
  const draw = drawers[panel.kind] ?? ((data) => [el('pre', {}, JSON.stringify(data, null, 2))]);
  return el(
    'section',
    { class: `panel panel-${panel.kind}` },
    el('h4', {}, panel.title),
    draw(panel),
    panel.caption !== undefined && el('p', { class: 'caption' }, panel.caption),
  );
}
