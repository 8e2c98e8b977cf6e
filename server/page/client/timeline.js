// Events on a line of time, each as a bar up or down by its value, and the same as a list that can be read.
import { el, svg } from './element.js';
import { responsive } from './responsive.js';

/** @typedef {import('../../../domains/panel.ts').TimelinePanel} TimelinePanel */

const height = 190;
const margin = { left: 12, right: 12, top: 10, bottom: 26 };
const day = 86_400_000;

/** @param {number} value */
const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

/** First days of months that are worth a tick, a few of them. @param {number} from @param {number} to @param {number} most */
function months(from, to, most) {
  const first = new Date(from);
  const all = [];
  for (let month = 0; ; month++) {
    const at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1);
    if (at > to) break;
    if (at >= from) all.push(at);
  }
  const every = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, i) => i % every === 0);
}

/** @param {TimelinePanel} panel @param {number} width @param {number | undefined} chosen */
function draw({ events }, width, chosen) {
  const days = events.map(({ date }) => Date.parse(date));
  const [from, to] = [Math.min(...days) - 5 * day, Math.max(...days) + 5 * day];
  const values = events.map(({ value }) => value);
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  const [top, bottom] = [margin.top, height - margin.bottom];
  /** @param {number} time */
  const x = (time) => margin.left + ((time - from) / (to - from)) * (width - margin.left - margin.right);
  /** @param {number} value */
  const y = (value) => bottom - ((value - least) / (most - least || 1)) * (bottom - top);
  return [
    ...months(from, to, Math.max(2, Math.floor(width / 90))).flatMap((at) => [
      svg('line', { class: 'grid', x1: x(at), x2: x(at), y1: top, y2: bottom }),
      svg(
        'text',
        { x: x(at), y: height - 8, 'text-anchor': 'middle' },
        new Date(at).toISOString().slice(0, 7),
      ),
    ]),
    svg('line', { class: 'base', x1: margin.left, x2: width - margin.right, y1: y(0), y2: y(0) }),
    ...events.flatMap(({ value }, i) => {
      const own = `visit${value < 0 ? ' less' : ''}${i === chosen ? ' chosen' : ''}`;
      return [
        svg('line', { class: own, x1: x(days[i]), x2: x(days[i]), y1: y(0), y2: y(value) }),
        svg('circle', { class: own, cx: x(days[i]), cy: y(value), r: i === chosen ? 6 : 4 }),
      ];
    }),
  ];
}

/** @param {TimelinePanel} panel */
export function timeline(panel) {
  const { events, title, measure } = panel;
  if (events.length === 0) return [el('p', { class: 'quiet' }, 'Nothing in it that is known.')];
  /** @type {number | undefined} */
  let chosen;
  let width = 0;
  const frame = responsive(`${title}: ${events.length} of them, ${measure}; listed below`, height, (own) => {
    width = own;
    return draw(panel, own, chosen);
  });
  /** @param {number | undefined} which */
  const choose = (which) => {
    chosen = which;
    if (width > 0) frame.querySelector('svg')?.replaceChildren(...draw(panel, width, chosen));
  };
  // The newest first: what is near the answer is what people look for.
  const rows = events.map(({ date, value, items }, i) =>
    el(
      'tr',
      {
        tabindex: 0,
        onmouseenter: () => choose(i),
        onmouseleave: () => choose(undefined),
        onfocus: () => choose(i),
        onblur: () => choose(undefined),
      },
      el('td', { class: 'date' }, date),
      el('td', { class: 'number' }, signed(value)),
      el('td', {}, items.join(', ')),
    ),
  );
  rows.reverse();
  const head = el(
    'tr',
    {},
    el('th', {}, 'date'),
    el('th', { class: 'number' }, measure),
    el('th', {}, 'entries'),
  );
  return [
    frame,
    el(
      'div',
      { class: 'scroll' },
      el('table', { class: 'events' }, el('thead', {}, head), el('tbody', {}, rows)),
    ),
  ];
}
