// The page: which model, what is asked, what is answered, what is known of the model. The address says which model is shown
// (`#digits/20260101T000000Z-1`), so that it can be kept and sent.
import { answerPart } from './answer.js';
import * as api from './api.js';
import { askSection } from './ask.js';
import { cardSection } from './card.js';
import { el } from './element.js';

/** @typedef {import('./api.js').Domain} Domain */
/** @typedef {import('./api.js').Question} Question */

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const places = { models: place('models'), main: place('main'), message: place('message'), key: place('key') };

/** @type {readonly Domain[]} */
let domains = [];
let asked = new AbortController();

/** @param {string} line */
function tell(line) {
  places.message.textContent = line;
}

/** @param {unknown} error */
function fail(error) {
  if (/** @type {Error} */ (error).name === 'AbortError') return;
  const failure = /** @type {Error} */ (error);
  tell(failure.message);
  if (failure instanceof api.Failure && failure.wantsKey) places.key.hidden = false;
}

const shownNow = () => location.hash.slice(1).split('/').map(decodeURIComponent);

function drawModels() {
  const [name] = shownNow();
  places.models.replaceChildren(
    ...domains.map((domain) =>
      el(
        'a',
        {
          href: `#${encodeURIComponent(domain.name)}`,
          title: domain.title,
          'aria-current': domain.name === name ? 'page' : undefined,
        },
        domain.name.replaceAll('-', ' '),
      ),
    ),
  );
}

/** @param {Domain} domain */
function versionPart({ name, version, versions }) {
  const select = el(
    'select',
    {
      id: 'version',
      onchange: () => {
        location.hash = `${encodeURIComponent(name)}/${encodeURIComponent(select.value)}`;
      },
    },
    versions.map((each) =>
      el(
        'option',
        { value: each.version, selected: each.version === version },
        `${each.version}${each.default ? ' (newest)' : ''}`,
      ),
    ),
  );
  return el('p', { class: 'version' }, el('label', { for: 'version' }, 'run '), select);
}

/** @param {Domain} domain */
function answerSection(domain) {
  const body = el(
    'div',
    { class: 'answer-body', 'aria-live': 'polite' },
    el('p', { class: 'quiet' }, 'The answer appears here.'),
  );
  const section = el('section', { class: 'answers', 'aria-label': 'Answer' }, el('h3', {}, 'Answer'), body);
  /** @param {Question} question */
  const ask = async (question) => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    tell('');
    section.setAttribute('aria-busy', 'true');
    try {
      const response = await api.predict(domain, question, { panels: 'true' }, signal);
      body.replaceChildren(answerPart(domain, question, await response.json(), fail));
      section.scrollIntoView({ block: 'nearest' });
    } catch (error) {
      fail(error);
    } finally {
      if (!signal.aborted) section.removeAttribute('aria-busy');
    }
  };
  return { section, ask };
}

async function draw() {
  const [name, version = ''] = shownNow();
  const newest = domains.find((domain) => domain.name === name) ?? domains[0];
  if (newest === undefined) {
    places.main.replaceChildren(
      el('p', { class: 'quiet' }, 'No finished run is served yet. Make one: npx deepfield run <domain>'),
    );
    return;
  }
  if (name !== newest.name) {
    location.replace(`#${encodeURIComponent(newest.name)}`);
    return;
  }
  asked.abort();
  tell('');
  try {
    const domain = version === '' || version === newest.version ? newest : await api.domain(name, version);
    const run = await api.run(domain.name, domain.version);
    const { section, ask } = answerSection(domain);
    // Another model may have been chosen meanwhile.
    if (shownNow().join('/') !== [name, version].filter((part) => part !== '').join('/')) return;
    document.title = `${domain.title} - deepfield`;
    drawModels();
    places.main.replaceChildren(
      el(
        'header',
        { class: 'model' },
        el('h2', {}, domain.title),
        el('p', {}, domain.summary),
        versionPart(domain),
      ),
      el('div', { class: 'work' }, askSection(domain, ask, tell), section),
      cardSection(domain, run, fail),
    );
  } catch (error) {
    fail(error);
  }
}

async function start() {
  try {
    domains = await api.domains();
    places.key.hidden = true;
    tell('');
    drawModels();
    await draw();
  } catch (error) {
    fail(error);
  }
}

places.key.addEventListener('submit', (event) => {
  event.preventDefault();
  api.key.set(/** @type {HTMLInputElement} */ (place('key-value')).value.trim());
  void start();
});
addEventListener('hashchange', () => void draw());
// A file that misses its place must not replace the page.
for (const name of ['dragover', 'drop']) addEventListener(name, (event) => event.preventDefault());
void start();
