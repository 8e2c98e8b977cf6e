// A drawing that is made anew for the width that it has, so that its type stays legible on a phone. Its height is fixed, so that
// nothing moves when it appears.
import { el, svg } from './element.js';

/**
 * @param {string} label what it shows, for those who do not see it
 * @param {number} height
 * @param {(width: number) => readonly Node[]} draw
 */
export function responsive(label, height, draw) {
  const drawing = svg('svg', { role: 'img', 'aria-label': label, height, width: '100%' });
  const frame = el('div', { class: 'drawing' }, drawing);
  let known = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.round(contentRect.width);
    if (width === known || width === 0) return;
    known = width;
    drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
    drawing.replaceChildren(...draw(width));
  }).observe(frame);
  return frame;
}
