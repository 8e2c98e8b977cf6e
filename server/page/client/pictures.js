// Pictures side by side. Where two are worth it, the first place shows both in turn: the eye finds what changed.
import { el } from './element.js';

/** @typedef {import('../../../domains/panel.ts').PicturesPanel} PicturesPanel */
/** @typedef {import('../../../domains/panel.ts').Picture} Picture */

const period = 700;

/** @param {Picture} picture */
const source = ({ png }) => `data:image/png;base64,${png}`;

/** @param {Picture} picture */
function imageOf(picture) {
  const { label, width, height } = picture;
  const small = Math.max(width, height) < 200;
  return el('img', { src: source(picture), alt: label, width, height, class: small ? 'small' : undefined });
}

/**
 * The button that shows the second picture in place of the first, again and again; by hand where motion is not wanted.
 * @param {HTMLImageElement} image
 * @param {HTMLElement} caption
 * @param {readonly Picture[]} pair
 */
function blinker(image, caption, pair) {
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let timer = 0;
  let shown = 0;
  /** @param {number} which */
  const show = (which) => {
    shown = which;
    image.src = source(pair[which]);
    image.alt = pair[which].label;
    caption.textContent = pair[which].label;
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    button.setAttribute('aria-pressed', 'false');
    show(0);
  };
  const toggle = () => {
    if (still.matches) return show(1 - shown);
    if (timer !== 0) return stop();
    button.setAttribute('aria-pressed', 'true');
    timer = window.setInterval(() => (image.isConnected ? show(1 - shown) : stop()), period);
    show(1);
  };
  const button = el(
    'button',
    { type: 'button', class: 'blink', 'aria-pressed': 'false', onclick: toggle },
    `Blink: ${pair.map(({ label }) => label).join(' / ')}`,
  );
  return button;
}

/** @param {PicturesPanel} panel */
export function pictures({ pictures: all, blink }) {
  const figures = all.map((picture) => ({
    image: imageOf(picture),
    caption: el('figcaption', {}, picture.label),
  }));
  const row = el(
    'div',
    { class: 'pictures' },
    figures.map(({ image, caption }) => el('figure', {}, image, caption)),
  );
  if (!blink || all.length < 2) return [row];
  const [{ image, caption }] = figures;
  return [row, blinker(image, caption, all.slice(0, 2))];
}
