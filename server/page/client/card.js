// The card of a run: the paper that it follows, its figures with intervals beside the paper's and the exact ones, its data.
import { ask, runPath, save } from './api.js';
import { el, svg } from './element.js';
import { numberText } from './numbers.js';

/** @typedef {import('./api.js').Domain} Domain */
/** @typedef {import('./api.js').Run} Run */
/** @typedef {NonNullable<Run['results']>['figures'][number]} Figure */

const width = 150;

/** Figures that are listed before somebody asks for all. */
const mostShown = 8;

/** @param {Figure} figure */
function interval({ value, low, high, paper, exact }) {
  const all = [low, high, ...(paper ? [paper.value] : []), ...(exact === undefined ? [] : [exact])];
  const [from, to] = [Math.min(...all), Math.max(...all)];
  if (!(to > from)) return undefined;
  /** @param {number} at */
  const x = (at) => 6 + ((at - from) / (to - from)) * (width - 12);
  return svg(
    'svg',
    { class: 'interval', width, height: 16, 'aria-hidden': 'true' },
    svg('line', { class: 'range', x1: x(low), x2: x(high), y1: 8, y2: 8 }),
    svg('circle', { class: 'value', cx: x(value), cy: 8, r: 4 }),
    paper && svg('path', { class: 'paper', d: `M${x(paper.value) - 4},8l4,-5l4,5l-4,5z` }),
    exact !== undefined && svg('line', { class: 'exact', x1: x(exact), x2: x(exact), y1: 0, y2: 16 }),
  );
}

/** @param {Figure} figure */
function figureRow({ label, value, low, high, unit, paper, exact, baselines = [], note, ...rest }) {
  const own = high - low;
  const best = baselines.map((each) => `${each.label} ${numberText(each.value, each.high - each.low)}`);
  return el(
    'tr',
    {},
    el(
      'th',
      { scope: 'row' },
      label,
      unit && el('span', { class: 'quiet' }, ` (${unit})`),
      (note || best.length > 0) &&
        el(
          'details',
          {},
          el('summary', {}, 'more'),
          note && el('p', {}, note),
          best.length > 0 && el('p', {}, `Baselines: ${best.join('; ')}`),
        ),
    ),
    el('td', { class: 'number', 'data-name': 'value' }, el('strong', {}, numberText(value, own))),
    el(
      'td',
      { class: 'number', 'data-name': 'interval' },
      own > 0 && `${numberText(low, own)} to ${numberText(high, own)}`,
    ),
    el('td', { class: 'drawn' }, interval({ label, value, low, high, paper, exact, ...rest })),
    el(
      'td',
      { class: 'number', 'data-name': 'paper' },
      paper && numberText(paper.value),
      paper?.error !== undefined && ` ± ${paper.error}`,
    ),
    el('td', { class: 'number', 'data-name': 'exact' }, exact !== undefined && numberText(exact, own)),
  );
}

/** @param {readonly Figure[]} figures */
function figuresPart(figures) {
  const head = ['figure', 'value', '95 % interval', '', 'paper', 'exact'].map((text, i) =>
    el('th', { class: i > 0 && i !== 3 ? 'number' : undefined }, text),
  );
  const rest = figures.slice(mostShown);
  const hidden = el('tbody', { hidden: true }, rest.map(figureRow));
  const all = el(
    'button',
    {
      type: 'button',
      class: 'plain',
      onclick: () => {
        hidden.hidden = false;
        all.remove();
      },
    },
    `all ${figures.length} figures`,
  );
  return el(
    'div',
    { class: 'scroll' },
    el(
      'table',
      { class: 'figures' },
      el('thead', {}, el('tr', {}, head)),
      el('tbody', {}, figures.slice(0, mostShown).map(figureRow)),
      hidden,
    ),
    rest.length > 0 && all,
    el(
      'p',
      { class: 'caption' },
      'Bar: the interval; dot: the value; diamond: the paper; dashed line: the exact value.',
    ),
  );
}

/** @param {NonNullable<Run['data']>} data */
function dataPart({ parts }) {
  const rows = Object.entries(parts).map(([name, { rows: count, splits, provenance }]) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, name),
      el('td', { class: 'number', 'data-name': 'rows' }, count),
      el('td', { class: 'number', 'data-name': 'training' }, splits.train),
      el('td', { class: 'number', 'data-name': 'validation' }, splits.validation),
      el('td', { class: 'number', 'data-name': 'test' }, splits.test),
      el('td', { 'data-name': 'source' }, `${provenance.kind}: ${provenance.source}`),
    ),
  );
  const head = ['part', 'rows', 'training', 'validation', 'test', 'source'].map((text, i) =>
    el('th', { class: i > 0 && i < 5 ? 'number' : undefined }, text),
  );
  const notes = [...new Set(Object.values(parts).flatMap(({ provenance }) => provenance.notes))];
  return el(
    'div',
    { class: 'scroll' },
    el('table', { class: 'data' }, el('thead', {}, el('tr', {}, head)), el('tbody', {}, rows)),
    notes.length > 0 &&
      el(
        'ul',
        { class: 'notes' },
        notes.map((line) => el('li', {}, line)),
      ),
  );
}

/** A file of the run, fetched with the key. @param {string} path @param {string} text @param {string} name @param {(error: unknown) => void} onError */
const fileButton = (path, text, name, onError) =>
  el(
    'button',
    {
      type: 'button',
      class: 'plain',
      onclick: () =>
        ask(path)
          .then(async (response) => save(await response.blob(), name))
          .catch(onError),
    },
    text,
  );

/** @param {Domain} domain @param {Run} run @param {(error: unknown) => void} onError */
export function cardSection({ paper }, run, onError) {
  const { version, created, preset, seed, source, networks, results, data } = run;
  const base = runPath(run.domain, version);
  const facts = [
    ['trained', new Date(created).toLocaleDateString(undefined, { dateStyle: 'medium' })],
    ['preset', preset],
    ['seed', String(seed)],
    ['data', source ?? 'the simulation of the domain'],
    ['networks', String(networks.length)],
  ];
  return el(
    'section',
    { class: 'card', 'aria-label': 'Card of the model' },
    el('h3', {}, 'The model'),
    paper &&
      el(
        'p',
        {},
        'After ',
        paper.citation,
        ', ',
        el('a', { href: `https://doi.org/${paper.doi}`, rel: 'noreferrer' }, `doi:${paper.doi}`),
        '.',
      ),
    el(
      'dl',
      { class: 'facts' },
      facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
    ),
    results
      ? [el('h3', {}, 'Figures'), figuresPart(results.figures)]
      : el('p', { class: 'quiet' }, 'This run has not been evaluated.'),
    data && [el('h3', {}, 'Training data'), dataPart(data)],
    el(
      'p',
      { class: 'downloads' },
      el('span', {}, 'Save'),
      fileButton(`${base}/report`, 'the report', `${run.domain}-${version}-report.html`, onError),
      run.card !== null &&
        fileButton(`${base}/card`, 'the model card', `${run.domain}-${version}-card.md`, onError),
    ),
  );
}
