// Bytes of an address from a given place on: HTTP with Range and If-Range (RFC 9110, sections 13.1.5 and 14), or a file. A
// server may ignore the range and send the whole; what it did stands in the answer.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readError } from '../../core/files/read-error.ts';
import { bareUrl, MirrorError } from './mirror-error.ts';

export interface UrlBytes {
  /** Place of the first byte: the one that was asked for, or 0. */
  readonly from: number;
  /** Of the whole file, where the server says it. */
  readonly size: number | undefined;
  /** By which the server knows this version again: a strong ETag, else the date of the last change. */
  readonly validator: string | undefined;
  /** @throws MirrorError when they stop coming */
  chunks(): AsyncGenerator<Uint8Array>;
}

export interface OpenUrlOptions {
  /** Default 0. */
  readonly from?: number;
  /** Only of the version that had this validator; the whole file otherwise. */
  readonly validator?: string;
  readonly signal?: AbortSignal;
  /** Time without a byte after which an address is given up, in ms. Default a minute. */
  readonly patience?: number;
}

/** Answers after which another attempt makes sense. */
const passing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

const causeOf = (error: unknown): string => {
  const { cause, message } = error as Error;
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ?? (cause as Error | undefined)?.message ?? message;
};

/** Aborts when nobody has called `heard` for a while. */
class Patience {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly time: number) {
    this.heard();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  heard(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(), this.time);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

/** First byte and length of the whole in `bytes 100-199/200`. */
function contentRange(header: string | null): { from: number; size: number | undefined } | undefined {
  const [, from, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header ?? '') ?? [];
  return from === undefined
    ? undefined
    : { from: Number(from), size: size === '*' ? undefined : Number(size) };
}

const strongTag = (tag: string | null): string | undefined =>
  tag === null || tag.startsWith('W/') ? undefined : tag;

async function openHttp(url: string, options: OpenUrlOptions): Promise<UrlBytes> {
  const { from = 0, validator, signal, patience: time = 60_000 } = options;
  const patience = new Patience(time);
  const stopped = AbortSignal.any([patience.signal, ...(signal ? [signal] : [])]);
  const failure = (error: unknown): unknown => {
    signal?.throwIfAborted();
    const silent = patience.signal.aborted;
    const what = silent ? `sends nothing for ${time / 1000} s` : `cannot be read (${causeOf(error)})`;
    return new MirrorError({ what, url, again: true, cause: error });
  };
  // The bytes as they are stored: unpacked on the way they would have another length and hash.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  const { username, password } = new URL(url);
  if (username !== '' || password !== '') {
    const user = [username, password].map(decodeURIComponent).join(':');
    headers.authorization = `Basic ${Buffer.from(user).toString('base64')}`;
  }
  if (from > 0) headers.range = `bytes=${from}-`;
  if (from > 0 && validator !== undefined) headers['if-range'] = validator;
  let response: Response;
  try {
    response = await fetch(bareUrl(url), { headers, signal: stopped });
  } catch (error) {
    patience.end();
    throw failure(error);
  }
  const { status, statusText, body } = response;
  const range = status === 206 ? contentRange(response.headers.get('content-range')) : undefined;
  const whole = status === 200;
  const encoding = response.headers.get('content-encoding') ?? 'identity';
  if (body === null || !(whole || range?.from === from) || encoding !== 'identity') {
    patience.end();
    await body?.cancel().catch(() => {});
    const what =
      body !== null && (whole || status === 206)
        ? encoding === 'identity'
          ? 'answers with another range than was asked for'
          : `sends the file encoded (${encoding})`
        : `answers ${status} ${statusText}`.trimEnd();
    throw new MirrorError({ what, url, again: passing(status), status });
  }
  const length = response.headers.get('content-length');
  return {
    from: range?.from ?? 0,
    size: range === undefined ? (length === null ? undefined : Number(length)) : range.size,
    validator: strongTag(response.headers.get('etag')) ?? response.headers.get('last-modified') ?? undefined,
    async *chunks() {
      try {
        for await (const piece of body) {
          patience.heard();
          yield piece;
          patience.heard();
        }
      } catch (error) {
        throw failure(error);
      } finally {
        patience.end();
      }
    },
  };
}

async function openFile(url: string, { from = 0, validator }: OpenUrlOptions): Promise<UrlBytes> {
  const path = fileURLToPath(url);
  const fail = async (error: unknown): Promise<unknown> => {
    const told = await readError(error, path);
    return told === error ? error : new MirrorError({ what: (told as Error).message, url, again: false });
  };
  const { size, mtimeMs } = await stat(path).catch(async (error) => {
    throw await fail(error);
  });
  const version = `${size}-${mtimeMs}`;
  const start = (validator ?? version) === version && from <= size ? from : 0;
  return {
    from: start,
    size,
    validator: version,
    async *chunks() {
      try {
        for await (const piece of createReadStream(path, { start })) yield piece as Buffer;
      } catch (error) {
        throw await fail(error);
      }
    },
  };
}

/** @throws MirrorError in one line when the address cannot be read; whatever the signal was aborted with */
export async function openUrl(url: string, options: OpenUrlOptions = {}): Promise<UrlBytes> {
  if (/^https?:/i.test(url)) return openHttp(url, options);
  if (/^file:/i.test(url)) return openFile(url, options);
  throw new MirrorError({ what: 'is no address of http, https or file', url, again: false });
}
