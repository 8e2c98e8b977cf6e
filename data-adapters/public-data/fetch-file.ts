// Fetches one file: from the first of its addresses that gives the right bytes, going on where an earlier attempt stopped. The
// file stands under its name only when its length and SHA-256 are what they should be.
import { createHash } from 'node:crypto';
import { readFile, rm, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { partPath, ResumableFile } from '../../core/files/resumable-file.ts';
import { type Progress, silent } from '../../core/progress.ts';
import { bareUrl, MirrorError } from './mirror-error.ts';
import { openUrl } from './open-url.ts';
import { TransferProgress } from './transfer-progress.ts';

/** What is known of a file beforehand. */
export interface Expected {
  readonly bytes?: number;
  readonly sha256?: string;
}

export interface FetchFileOptions {
  readonly expected?: Expected;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Attempts at one address that brought nothing, after which the next one is tried. Default 3. */
  readonly attempts?: number;
  /** Time before the second attempt in ms, doubled for each further one. Default a second. */
  readonly pause?: number;
  readonly patience?: number;
}

export interface FetchedFile {
  readonly bytes: number;
  readonly sha256: string;
  /** The address that gave it, or its end; without user and password. */
  readonly url: string;
}

/** Whence the bytes of a part are, kept beside it. */
interface Origin {
  readonly url: string;
  readonly validator?: string;
}

/** Of HTTP: RFC 9110, section 15.5.17. */
const rangeNotSatisfiable = 416;

const originPath = (path: string): string => `${partPath(path)}.json`;

async function readOrigin(path: string): Promise<Origin | undefined> {
  try {
    return JSON.parse(await readFile(originPath(path), 'utf8')) as Origin;
  } catch {
    // A part of unknown origin is begun anew.
    return undefined;
  }
}

async function requireSpace(path: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path));
  const free = bavail * bsize;
  if (bytes <= free) return;
  const mb = (n: number): string => `${Math.ceil(n / 1e6).toLocaleString('en')} MB`;
  throw new UserError({
    what: `needs ${mb(bytes)} more, its disk has ${mb(free)} free`,
    where: path,
    how: 'free some space, or choose a folder on another disk by --cache',
  });
}

class Transfer {
  private readonly told: TransferProgress;

  constructor(
    private readonly part: ResumableFile,
    private readonly options: FetchFileOptions,
  ) {
    const { progress = silent } = options;
    this.told = new TransferProgress(progress, `fetching ${basename(part.path)}`);
  }

  end(): void {
    this.told.end();
  }

  /** Whether the part can be gone on with, and on what condition. */
  private async resumable(url: string): Promise<{ from: number; validator?: string }> {
    const { part, options } = this;
    const { sha256, bytes } = options.expected ?? {};
    const origin = await readOrigin(part.path);
    const same = origin?.url === bareUrl(url) ? origin.validator : undefined;
    // Without a hash only the server can tell whether the rest belongs to what is there.
    const usable = sha256 !== undefined || same !== undefined;
    if (!usable || (bytes !== undefined && part.length > bytes)) await part.restart();
    return { from: part.length, ...(same === undefined ? {} : { validator: same }) };
  }

  private async hashOfPart(): Promise<ReturnType<typeof createHash>> {
    const hash = createHash('sha256');
    for await (const piece of this.part.chunks()) hash.update(piece);
    return hash;
  }

  /** All bytes came in an earlier attempt that did not live to check them. */
  private async isWhole(): Promise<boolean> {
    const { bytes, sha256 } = this.options.expected ?? {};
    if (sha256 === undefined || bytes === undefined || this.part.length !== bytes) return false;
    if ((await this.hashOfPart()).digest('hex') === sha256) return true;
    await this.part.restart();
    return false;
  }

  /** Brings the rest of the file from one address, and checks the whole. @throws MirrorError */
  async receive(url: string): Promise<FetchedFile> {
    const { part, options } = this;
    const { expected = {}, signal, patience } = options;
    if (await this.isWhole()) return { bytes: part.length, sha256: expected.sha256!, url: bareUrl(url) };
    const { from, validator } = await this.resumable(url);
    const opened = await openUrl(url, { from, validator, signal, patience }).catch(async (error) => {
      // The server has less than is here: another version, or a part of another file.
      if (from > 0 && error instanceof MirrorError && error.status === rangeNotSatisfiable) {
        await part.restart();
        throw new MirrorError({ what: 'has no such range', url, again: true });
      }
      throw error;
    });
    if (opened.from !== part.length) await part.restart();
    const size = expected.bytes ?? opened.size;
    if (opened.size !== undefined && opened.size !== size) {
      throw new MirrorError({ what: `has ${opened.size} bytes, expected ${size}`, url, again: false });
    }
    if (size !== undefined) await requireSpace(part.path, size - part.length);
    await writeFileAtomic(
      originPath(part.path),
      JSON.stringify({ url: bareUrl(url), validator: opened.validator }),
    );
    const hash = await this.hashOfPart();
    this.told.at(part.length, size);
    for await (const piece of opened.chunks()) {
      signal?.throwIfAborted();
      if (size !== undefined && part.length + piece.length > size) {
        await part.restart();
        throw new MirrorError({ what: `sends more than ${size} bytes`, url, again: false });
      }
      await part.write(piece);
      hash.update(piece);
      this.told.at(part.length, size);
    }
    if (size !== undefined && part.length < size) {
      throw new MirrorError({ what: `ends after ${part.length} of ${size} bytes`, url, again: true });
    }
    const sha256 = hash.digest('hex');
    if (expected.sha256 !== undefined && sha256 !== expected.sha256) {
      await part.restart();
      const what = `gives a file of SHA-256 ${sha256}, expected ${expected.sha256}`;
      // What was there before may have been at fault.
      throw new MirrorError({ what, url, again: from > 0 });
    }
    return { bytes: part.length, sha256, url: bareUrl(url) };
  }
}

function noneGave(path: string, failures: readonly MirrorError[]): UserError {
  const last = new Map(failures.map((failure) => [failure.where, failure.what]));
  const [[where, what], ...others] = last;
  const more = others.map(([url, why]) => `${url} ${why}`);
  return new UserError({
    what: `${[`cannot be fetched: ${where} ${what}`, ...more].join('; ')}`,
    where: basename(path),
    how: 'run the same command again to go on, or give another address by --mirror',
    cause: failures.at(-1),
  });
}

/**
 * Fetches a file to a path; what came of it so far stays for another attempt when it fails or is stopped.
 *
 * @param urls addresses of the same bytes, in the order in which they are tried
 * @throws UserError in one line when none gives the right bytes or the disk does not take them; what the signal was aborted with
 */
export async function fetchFile(
  urls: readonly string[],
  path: string,
  options: FetchFileOptions = {},
): Promise<FetchedFile> {
  const { signal, attempts = 3, pause = 1000 } = options;
  const part = await ResumableFile.open(path);
  const transfer = new Transfer(part, options);
  const failures: MirrorError[] = [];
  let open = true;
  try {
    for (const url of urls) {
      for (let attempt = 1; attempt <= attempts; attempt++) {
        signal?.throwIfAborted();
        const before = part.length;
        try {
          const file = await transfer.receive(url);
          open = false;
          await part.commit();
          await rm(originPath(path), { force: true });
          transfer.end();
          return file;
        } catch (error) {
          if (!(error instanceof MirrorError)) throw error;
          failures.push(error);
          if (!error.again) break;
          if (part.length > before) attempt = 0;
          else if (attempt === attempts) break;
          await sleep(pause * 2 ** Math.max(0, attempt - 1), undefined, { signal }).catch(() => {});
        }
      }
    }
    throw noneGave(path, failures);
  } finally {
    if (open) await part.close();
  }
}
