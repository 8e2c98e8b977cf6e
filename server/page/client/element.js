// Elements of HTML and SVG made in one call. Text is always text: nothing here makes markup of a string.

const svgSpace = 'http://www.w3.org/2000/svg';

/** @typedef {Node | string | number | undefined | false | null} Child */
/** @typedef {Readonly<Record<string, string | number | boolean | undefined | ((event: any) => void)>>} Attributes */

/**
 * @template {Element} E
 * @param {E} element
 * @param {Attributes} attributes `on...` are listeners; false and undefined are left out
 * @param {readonly (Child | readonly Child[])[]} children
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat()) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | readonly Child[])} children
 */
export const el = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | readonly Child[])} children
 */
export const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(svgSpace, tag), attributes, children);
