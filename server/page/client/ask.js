// The part of the page that asks: examples, a file, or one item by a form or as JSON.
import { el } from './element.js';
import { fields } from './fields.js';

/** @typedef {import('./api.js').Domain} Domain */
/** @typedef {import('./api.js').Question} Question */

/** @param {unknown} example @param {number} number */
function exampleName(example, number) {
  const { name } = /** @type {{ name?: unknown }} */ (example ?? {});
  return typeof name === 'string' ? name : `example ${number + 1}`;
}

/** Options of a file as the query takes them. @param {Readonly<Record<string, unknown>>} options */
const asQuery = (options) =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));

/** @param {Domain} domain @param {(question: Question) => void} onAsk @param {(line: string) => void} onError */
function filePart({ accepts, reads, answersAsFiles }, onAsk, onError) {
  const schema = answersAsFiles?.options;
  const options = schema ? fields(schema, {}) : undefined;
  /** @param {FileList | null | undefined} list */
  const take = (list) => {
    const file = list?.[0];
    if (file === undefined) return;
    name.textContent = file.name;
    try {
      onAsk({ file, options: options ? asQuery(options.value()) : {} });
    } catch (error) {
      onError(/** @type {Error} */ (error).message);
    }
  };
  const input = el('input', {
    type: 'file',
    id: 'file',
    accept: reads.join(','),
    onchange: () => take(input.files),
  });
  const name = el('span', { class: 'quiet' });
  const zone = el(
    'label',
    {
      class: 'drop',
      for: 'file',
      ondragover: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        zone.classList.add('over');
      },
      ondragleave: () => zone.classList.remove('over'),
      ondrop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        zone.classList.remove('over');
        take(event.dataTransfer?.files);
      },
    },
    el('span', {}, 'Drop a file here, or choose one'),
    input,
    name,
  );
  // The same file again, with other options.
  const again = el(
    'button',
    { type: 'button', class: 'plain', onclick: () => take(input.files) },
    'ask again with these',
  );
  return el(
    'div',
    {},
    zone,
    el('p', { class: 'hint' }, `${accepts}.`),
    options && el('details', {}, el('summary', {}, 'Options for files'), options.element, again),
  );
}

/** @param {Domain} domain @param {(question: Question) => void} onAsk @param {(line: string) => void} onError */
function itemPart({ request }, onAsk, onError) {
  /** @type {unknown} */
  let item = {};
  let form = fields(request, {});
  const place = el('div', {}, form.element);
  const text = el('textarea', {
    id: 'json',
    class: 'code',
    rows: 14,
    spellcheck: 'false',
    'aria-label': 'the item as JSON',
  });
  const json = el('input', { type: 'checkbox', id: 'as-json', onchange: () => toggle() });
  const current = () => (json.checked ? JSON.parse(text.value) : form.value());
  const draw = () => {
    if (json.checked) {
      text.value = JSON.stringify(item, null, 1);
      place.replaceChildren(text);
    } else {
      form = fields(request, /** @type {Record<string, unknown>} */ (item));
      place.replaceChildren(form.element);
    }
  };
  const toggle = () => {
    try {
      item = json.checked ? form.value() : JSON.parse(text.value);
      draw();
    } catch (error) {
      json.checked = !json.checked;
      onError(/** @type {Error} */ (error).message);
    }
  };
  const send = () => {
    try {
      item = current();
      onAsk({ item });
    } catch (error) {
      onError(/** @type {Error} */ (error).message);
    }
  };
  const element = el(
    'form',
    {
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        send();
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
      },
    },
    place,
    el(
      'div',
      { class: 'actions' },
      el('button', { type: 'submit' }, 'Ask'),
      el('label', { class: 'check' }, json, 'as JSON'),
    ),
  );
  return {
    element,
    /** @param {unknown} value */
    set(value) {
      item = value;
      draw();
    },
  };
}

/**
 * @param {Domain} domain
 * @param {(question: Question) => void} onAsk
 * @param {(line: string) => void} onError
 */
export function askSection(domain, onAsk, onError) {
  const item = itemPart(domain, onAsk, onError);
  const examples = domain.examples.map((example, i) =>
    el(
      'button',
      {
        type: 'button',
        class: 'example',
        onclick: () => {
          item.set(example);
          onAsk({ item: example });
        },
      },
      exampleName(example, i),
    ),
  );
  if (domain.examples.length > 0) item.set(domain.examples[0]);
  return el(
    'section',
    { class: 'ask', 'aria-label': 'Ask' },
    el('h3', {}, 'Try an example'),
    examples.length > 0
      ? el('div', { class: 'examples' }, examples)
      : el('p', { class: 'quiet' }, 'This version answers none.'),
    el('h3', {}, 'Ask about a file of yours'),
    filePart(domain, onAsk, onError),
    el('details', { class: 'item' }, el('summary', {}, 'Ask about one item by hand'), item.element),
  );
}
