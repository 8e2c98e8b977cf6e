// Bars with their values as text, to the left of nought and to the right of it where there are negative ones.
import { el } from './element.js';

/** @typedef {import('../../../domains/panel.ts').BarsPanel} BarsPanel */

/** @param {BarsPanel} panel */
export function bars({ bars: all, high }) {
  const most = high ?? Math.max(1e-12, ...all.map(({ value }) => Math.abs(value)));
  const signed = all.some(({ value }) => value < 0);
  const greatest = Math.max(...all.map(({ value }) => value));
  const rows = all.map(({ label, value, text }) => {
    const bar = el('span', { class: `bar${value < 0 ? ' less' : ''}` });
    bar.style.setProperty('--share', String(Math.min(1, Math.abs(value) / most)));
    return el(
      'tr',
      { class: high !== undefined && value === greatest ? 'greatest' : undefined },
      el('th', { scope: 'row' }, label),
      el('td', { class: `track${signed ? ' signed' : ''}`, 'aria-hidden': 'true' }, bar),
      el('td', { class: 'number' }, text),
    );
  });
  return [el('table', { class: 'bars' }, el('tbody', {}, rows))];
}
