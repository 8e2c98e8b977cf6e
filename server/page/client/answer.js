// The part of the page that answers: what was said in a line, what there is to look at, every number, and files to keep.
import { predict, save } from './api.js';
import { el } from './element.js';
import { numberText } from './numbers.js';
import { panelSection } from './panel.js';

/** @typedef {import('./api.js').Domain} Domain */
/** @typedef {import('./api.js').Question} Question */
/** @typedef {import('./api.js').Predictions} Predictions */
/** @typedef {Predictions['predictions'][number]} Entry */

/** Rows of a table that are listed. */
const mostListed = 200;

/** @param {unknown} value */
function valueText(value) {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value) ?? '';
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** An answer without panels: its fields. @param {unknown} answer */
function fieldsTable(answer) {
  if (typeof answer !== 'object' || answer === null) return el('p', {}, valueText(answer));
  const rows = Object.entries(answer).map(([name, value]) =>
    el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, valueText(value))),
  );
  return el('table', { class: 'plain-answer' }, el('tbody', {}, rows));
}

/** @param {string} title @param {unknown} value */
const jsonDetails = (title, value) =>
  el(
    'details',
    {
      ontoggle: (/** @type {Event} */ { target }) => {
        const details = /** @type {HTMLDetailsElement} */ (target);
        if (details.open && details.childElementCount === 1)
          details.append(el('pre', {}, JSON.stringify(value, null, 1)));
      },
    },
    el('summary', {}, title),
  );

/** @param {Entry} entry @param {boolean} alone whether nothing else was asked */
function entryPart({ answer, text, warnings = [], panels = [], error }, alone) {
  if (error !== undefined) return el('p', { class: 'error' }, error);
  return el(
    'div',
    {},
    text !== undefined && el('p', { class: alone ? 'headline' : 'headline small' }, text),
    warnings.length > 0 &&
      el(
        'ul',
        { class: 'notes' },
        warnings.map((line) => el('li', {}, line)),
      ),
    panels.map(panelSection),
    panels.length === 0 && fieldsTable(answer),
  );
}

/** Many answers as a list; the one that is chosen is shown whole. @param {readonly Entry[]} entries */
function listPart(entries) {
  const shown = el('div', { class: 'chosen-answer', 'aria-live': 'polite' });
  const listed = entries.slice(0, mostListed);
  const buttons = listed.map((entry, i) => {
    const said = entry.error ?? entry.text ?? valueText(entry.answer);
    const where = entry.row === undefined ? `${i + 1}` : `row ${entry.row}`;
    return el(
      'button',
      {
        type: 'button',
        class: entry.error === undefined ? 'row' : 'row failed',
        'aria-pressed': 'false',
        onclick: () => choose(i),
      },
      el('span', { class: 'place' }, where),
      el('span', {}, said),
    );
  });
  /** @param {number} which */
  const choose = (which) => {
    for (const [i, button] of buttons.entries()) button.setAttribute('aria-pressed', String(i === which));
    shown.replaceChildren(entryPart(listed[which], false));
  };
  const first = listed.findIndex(({ panels }) => panels !== undefined);
  if (first >= 0) choose(first);
  const more = entries.length - listed.length;
  return [
    el('div', { class: 'rows', role: 'group', 'aria-label': 'answers' }, buttons),
    more > 0 && el('p', { class: 'quiet' }, `and ${more} more`),
    shown,
  ];
}

/** Buttons that ask for the answer as a file. @param {Domain} domain @param {Question} question @param {(error: unknown) => void} onError */
function downloads(domain, question, onError) {
  if (!('file' in question) || domain.answersAsFiles === null) return undefined;
  const stem = question.file.name.replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '');
  const buttons = domain.answersAsFiles.endings.map((ending) =>
    el(
      'button',
      {
        type: 'button',
        class: 'plain',
        onclick: () =>
          predict(domain, question, { format: ending.slice(1) }, new AbortController().signal)
            .then(async (response) => save(await response.blob(), `${stem}.answer${ending}`))
            .catch(onError),
      },
      ending,
    ),
  );
  return el('p', { class: 'downloads' }, el('span', {}, 'Save the answer as'), buttons);
}

/**
 * @param {Domain} domain
 * @param {Question} question
 * @param {Predictions} body
 * @param {(error: unknown) => void} onError
 */
export function answerPart(domain, question, body, onError) {
  const { predictions, failed, panels = [], more } = body;
  const count = `${predictions.length} answers${failed > 0 ? `, ${failed} of them failed` : ''}${more ? '; the table has more rows: save the answer as a file' : ''}`;
  return el(
    'div',
    { class: 'answer' },
    predictions.length !== 1 && el('p', { class: 'headline small' }, count),
    panels.map(panelSection),
    predictions.length === 1 ? entryPart(predictions[0], true) : listPart(predictions),
    downloads(domain, question, onError),
    jsonDetails('All of it as JSON', body),
  );
}
