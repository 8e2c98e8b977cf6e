// What the page asks of the server. A failure is one line; a server that wants a key is told apart.

/** @typedef {import('zod').z.infer<typeof import('../../schemas/domains.ts').domain>} Domain */
/** @typedef {import('zod').z.infer<typeof import('../../schemas/runs.ts').run>} Run */
/** @typedef {import('../../schemas/predictions.ts').Predictions} Predictions */

const keyName = 'deepfield-key';

export class Failure extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
  get wantsKey() {
    return this.status === 401;
  }
}

/** The key, kept as long as the tab. */
export const key = {
  get: () => sessionStorage.getItem(keyName) ?? '',
  /** @param {string} value */
  set: (value) => sessionStorage.setItem(keyName, value),
};

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @throws {Failure}
 */
export async function ask(path, init = {}) {
  const headers = new Headers(init.headers);
  if (key.get() !== '') headers.set('authorization', `Bearer ${key.get()}`);
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, { ...init, headers });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Failure('the server cannot be reached', 0);
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  throw new Failure(body.error ?? `${response.status} ${response.statusText}`, response.status);
}

/** @returns {Promise<readonly Domain[]>} */
export const domains = async () => (await (await ask('/api/domains')).json()).domains;

/** @param {string} name @param {string} version @returns {Promise<Domain>} */
export const domain = async (name, version) =>
  (await ask(`/api/domains/${encodeURIComponent(name)}?version=${encodeURIComponent(version)}`)).json();

/** @param {string} name @param {string} version */
export const runPath = (name, version) =>
  `/api/runs/${encodeURIComponent(name)}/${encodeURIComponent(version)}`;

/** @param {string} name @param {string} version @returns {Promise<Run>} */
export const run = async (name, version) => (await ask(runPath(name, version))).json();

/**
 * What is asked: an item, or a file with its options.
 * @typedef {{ readonly item: unknown } | { readonly file: File, readonly options: Readonly<Record<string, string>> }} Question
 */

/**
 * @param {Domain} domain
 * @param {Question} question
 * @param {Readonly<Record<string, string>>} query
 * @param {AbortSignal} signal
 */
export function predict({ predict: path, version }, question, query, signal) {
  const isFile = 'file' in question;
  const parameters = new URLSearchParams({ version, ...query });
  if (isFile) {
    parameters.set('filename', question.file.name);
    for (const [name, value] of Object.entries(question.options)) parameters.set(name, value);
  }
  return ask(`${path}?${parameters}`, {
    method: 'POST',
    signal,
    headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
    body: isFile ? question.file : JSON.stringify(question.item),
  });
}

/** Saves what the server answers as a file. @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
