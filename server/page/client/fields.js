// A form from a JSON Schema: a field for what is a number, a text, a choice or a mark; a grid for numbers by name; a table for
// lists of flat objects; JSON for the rest. Each gives its value back, and the whole of them the item.
import { el } from './element.js';

/** @typedef {Readonly<Record<string, any>>} Schema */

/**
 * @typedef {object} Field
 * @property {HTMLElement} element
 * @property {() => unknown} value undefined where nothing was given; throws an Error that says what is wrong
 */

let fieldCount = 0;
const nextId = () => `field-${++fieldCount}`;

/**
 * A schema without its null, which an empty field stands for; text where several kinds of value are taken.
 * @param {Schema} schema
 * @returns {Schema}
 */
function plain(schema) {
  const { anyOf, type, description } = schema;
  /** @type {readonly Schema[]} */
  const all =
    anyOf ??
    (Array.isArray(type) ? type.map((/** @type {string} */ each) => ({ ...schema, type: each })) : []);
  if (all.length === 0) return schema;
  const own = all.filter((each) => each.type !== 'null');
  const one = own.length > 1 && own.every(isScalar) ? { type: 'string' } : own[0];
  return { ...one, description, nullable: own.length < all.length };
}

const isNumber = (/** @type {Schema} */ { type }) => type === 'number' || type === 'integer';
const isScalar = (/** @type {Schema} */ schema) =>
  isNumber(schema) || schema.type === 'string' || schema.type === 'boolean' || schema.enum !== undefined;

/** @param {Schema} schema @param {unknown} value @param {Readonly<Record<string, string>>} attributes @returns {Field} */
function scalar(schema, value, attributes) {
  if (schema.type === 'boolean' || schema.enum) {
    const choices = schema.enum ?? [true, false];
    const select = el(
      'select',
      attributes,
      el('option', { value: '' }, schema.default === undefined ? '' : `${schema.default} (default)`),
      choices.map((/** @type {unknown} */ each) =>
        el('option', { value: JSON.stringify(each), selected: each === value }, String(each)),
      ),
    );
    return { element: select, value: () => (select.value === '' ? undefined : JSON.parse(select.value)) };
  }
  const text = value === undefined || value === null ? '' : String(value);
  const numeric = isNumber(schema);
  const input = el('input', {
    ...attributes,
    value: text,
    ...(numeric
      ? { type: 'number', step: schema.type === 'integer' ? 1 : 'any', inputmode: 'decimal' }
      : { type: 'text' }),
    ...(schema.default === undefined ? {} : { placeholder: String(schema.default) }),
  });
  return {
    element: input,
    value() {
      if (input.value === '') return schema.nullable ? null : undefined;
      return numeric ? Number(input.value) : input.value;
    },
  };
}

/** @param {string} name @param {Schema} schema @param {unknown} value @param {boolean} required @returns {Field} */
function labelled(name, schema, value, required) {
  const id = nextId();
  const hint = schema.description;
  const field = scalar(schema, value, { id, ...(hint ? { 'aria-describedby': `${id}-hint` } : {}) });
  const element = el(
    'div',
    { class: 'field' },
    el('label', { for: id }, name, required && el('span', { class: 'quiet' }, ' *')),
    field.element,
    hint && el('p', { class: 'hint', id: `${id}-hint` }, hint),
  );
  return { element, value: field.value };
}

/** Numbers by name, as the value has them. @param {string} name @param {Schema} schema @param {Record<string, unknown>} value @returns {Field} */
function grid(name, schema, value) {
  const own = plain(schema.additionalProperties);
  const fields = Object.entries(value).map(([key, each]) => {
    const id = nextId();
    const field = scalar(own, each, { id });
    return {
      key,
      field,
      element: el('div', { class: 'cell' }, el('label', { for: id }, key), field.element),
    };
  });
  const element = el(
    'fieldset',
    {},
    el('legend', {}, name),
    schema.description && el('p', { class: 'hint' }, schema.description),
    el(
      'div',
      { class: 'grid' },
      fields.map((each) => each.element),
    ),
  );
  return {
    element,
    value: () => Object.fromEntries(fields.map(({ key, field }) => [key, field.value() ?? null])),
  };
}

/** A row for each object of a list. @param {string} name @param {Schema} schema @param {readonly Record<string, unknown>[]} value @returns {Field} */
function list(name, schema, value) {
  const columns = Object.entries(schema.items.properties).map(([key, own]) => ({
    key,
    own: plain(/** @type {Schema} */ (own)),
  }));
  /** @type {{ row: HTMLElement, fields: { key: string, field: Field }[] }[]} */
  let rows = [];
  const body = el('tbody');
  /** @param {Record<string, unknown>} item */
  const add = (item) => {
    const fields = columns.map(({ key, own }) => ({
      key,
      field: scalar(own, item[key], { 'aria-label': key }),
    }));
    const remove = el(
      'button',
      { type: 'button', class: 'plain', 'aria-label': 'remove', onclick: () => drop(entry) },
      '×',
    );
    const row = el(
      'tr',
      {},
      fields.map(({ field }) => el('td', {}, field.element)),
      el('td', {}, remove),
    );
    const entry = { row, fields };
    rows.push(entry);
    body.append(row);
  };
  /** @param {{ row: HTMLElement }} entry */
  const drop = (entry) => {
    entry.row.remove();
    rows = rows.filter((each) => each !== entry);
    count();
  };
  const summary = el('summary');
  const count = () => {
    summary.textContent = `${name}: ${rows.length}`;
  };
  for (const item of value) add(item);
  count();
  const grow = () => {
    add({});
    count();
  };
  const head = columns.map(({ key, own }) =>
    el('th', own.description ? { title: own.description } : {}, key),
  );
  const element = el(
    'details',
    { class: 'list' },
    summary,
    schema.description && el('p', { class: 'hint' }, schema.description),
    el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {}, head, el('th'))), body)),
    el('button', { type: 'button', class: 'plain', onclick: grow }, 'add a row'),
  );
  const given = (/** @type {{ key: string, field: Field }[]} */ fields) =>
    Object.fromEntries(
      fields.map(({ key, field }) => [key, field.value()]).filter(([, each]) => each !== undefined),
    );
  return {
    element,
    value: () => rows.map(({ fields }) => given(fields)).filter((item) => Object.keys(item).length > 0),
  };
}

/** Nested lists of numbers with the innermost on a line each. @param {unknown} value @param {string} [indent] @returns {string} */
function rowsText(value, indent = '') {
  if (!Array.isArray(value) || !value.some(Array.isArray)) return `${indent}${JSON.stringify(value)}`;
  return `${indent}[\n${value.map((each) => rowsText(each, `${indent} `)).join(',\n')}\n${indent}]`;
}

/** @param {string} name @param {Schema} schema @param {unknown} value @param {boolean} required @returns {Field} */
function asJson(name, schema, value, required) {
  const id = nextId();
  const text = el('textarea', { id, rows: 6, spellcheck: 'false', class: 'code' });
  text.value = value === undefined ? '' : rowsText(value);
  const size = Array.isArray(value) ? `: ${sizeText(value)}` : '';
  const element = el(
    'details',
    { class: 'list' },
    el('summary', {}, `${name}${size}`),
    el('label', { for: id, class: 'hint' }, schema.description ?? `${name}, as JSON`),
    text,
  );
  return {
    element,
    value() {
      if (text.value.trim() === '' && !required) return undefined;
      try {
        return JSON.parse(text.value);
      } catch (error) {
        throw new Error(`${name}: no JSON (${/** @type {Error} */ (error).message})`);
      }
    },
  };
}

/** `3 x 16 x 16` @param {unknown} value @returns {string} */
function sizeText(value) {
  if (!Array.isArray(value)) return '';
  const inner = sizeText(value[0]);
  return inner === '' ? String(value.length) : `${value.length} × ${inner}`;
}

/** @param {string} name @param {Schema} given @param {unknown} value @param {boolean} required @returns {Field} */
function fieldOf(name, given, value, required) {
  const schema = plain(given);
  if (isScalar(schema)) return labelled(name, schema, value, required);
  if (
    typeof schema.additionalProperties === 'object' &&
    isNumber(plain(schema.additionalProperties)) &&
    value
  )
    return grid(name, schema, /** @type {Record<string, unknown>} */ (value));
  const { items } = schema;
  if (
    schema.type === 'array' &&
    items?.properties &&
    Object.values(items.properties).every((own) => isScalar(plain(/** @type {Schema} */ (own))))
  )
    return list(name, schema, /** @type {Record<string, unknown>[]} */ (value ?? []));
  return asJson(name, schema, value, required);
}

/**
 * @param {Schema} schema of an object
 * @param {Readonly<Record<string, unknown>>} value
 * @returns {{ element: HTMLElement, value: () => Record<string, unknown> }}
 */
export function fields(schema, value) {
  const required = new Set(schema.required ?? []);
  const all = Object.entries(schema.properties ?? {}).map(([name, own]) => ({
    name,
    field: fieldOf(name, /** @type {Schema} */ (own), value[name], required.has(name)),
  }));
  return {
    element: el(
      'div',
      { class: 'fields' },
      all.map(({ field }) => field.element),
    ),
    value: () =>
      Object.fromEntries(
        all.map(({ name, field }) => [name, field.value()]).filter(([, each]) => each !== undefined),
      ),
  };
}
