// A ROOT file open through jsroot: its directories, keys and streamed objects. The bytes come from our own reader of
// files, so that a place outside the file is an error and not an empty answer.
import { type FileRanges, openRanges } from '../../formats/file-ranges.ts';

/** A key of a directory: an object's name, class, version (cycle) and place. */
export interface RootKey {
  readonly fName: string;
  readonly fClassName: string;
  readonly fCycle: number;
  /** Bytes of the object, unpacked. */
  readonly fObjlen: number;
}

/** What jsroot calls TFile, as far as it is used here. */
export interface JsrootFile {
  readonly fKeys: readonly RootKey[];
  readObject(name: string, cycle?: number): Promise<unknown>;
  findStreamerInfo(
    name: string,
    version?: number,
    checksum?: number,
  ): { fElements: { arr: readonly { fName: string; fTypeName: string }[] } } | null;
}

export interface RootFile {
  readonly file: JsrootFile;
  readonly ranges: FileRanges;
  /** Unpacks blocks of ROOT's format, whichever of its five compressions they have. */
  unzip(packed: Uint8Array, length: number): Promise<DataView>;
  close(): Promise<void>;
}

/** An unpacked object of more bytes than its packed ones can hold is damage, not data. */
const largestExpansion = 100_000;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const silent = (): void => {};
let atWork = 0;
let saved: Partial<Console> = {};

/** jsroot prints what it stumbles over; here it throws, or its answer is looked at, so the prints are dropped. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (atWork++ === 0) {
    saved = { error: console.error, warn: console.warn, log: console.log };
    Object.assign(console, { error: silent, warn: silent, log: silent });
  }
  try {
    return await work();
  } finally {
    if (--atWork === 0) Object.assign(console, saved);
  }
}

/** Opens a ROOT file. @throws Error when it is none, UserError when it is missing */
export async function openRootFile(path: string): Promise<RootFile> {
  const { FileProxy, openFile, R__unzip } = await import('jsroot/io');
  const ranges = await openRanges(path);
  class Ranges extends FileProxy {
    async openFile(): Promise<boolean> {
      return true;
    }
    getFileName(): string {
      return path;
    }
    getFileSize(): number {
      return ranges.size;
    }
    /** jsroot asks for more than a small file has. */
    async readBuffer(place: number, length: number): Promise<DataView> {
      return viewOf(await ranges.read(place, Math.min(length, ranges.size - place)));
    }
  }
  try {
    const file: JsrootFile = await quietly(() => openFile(new Ranges()));
    if (!file) throw new Error('it cannot be opened');
    return {
      file,
      ranges,
      async unzip(packed, length) {
        if (!(length >= 0 && length <= packed.length * largestExpansion)) {
          throw new Error('a block of packed data has an impossible length');
        }
        const unpacked: DataView | null = await R__unzip(viewOf(packed), length, true);
        if (unpacked === null) throw new Error('packed data cannot be unpacked');
        return unpacked;
      },
      close: () => ranges.close(),
    };
  } catch (error) {
    await ranges.close();
    throw error;
  }
}

const trees = /^(TTree|TNtuple|TNtupleD|(ROOT::(Experimental::)?)?RNTuple)$/;

/** A tree or RNTuple of a file. */
export interface RootObject {
  /** With its directories: `one/two/tree`. */
  readonly path: string;
  readonly cycle: number;
  readonly isNTuple: boolean;
}

const deepest = 16;

/**
 * All trees and RNTuples, each in its newest version, in the order of the file.
 *
 * @param onKey is shown every key before anything behind one is read
 */
export async function listTrees(
  file: JsrootFile,
  onKey: (key: RootKey) => void = () => {},
): Promise<RootObject[]> {
  const found = new Map<string, RootObject>();
  const walk = async (keys: readonly RootKey[], prefix: string, depth: number): Promise<void> => {
    keys.forEach(onKey);
    for (const { fName, fClassName, fCycle } of keys) {
      const path = `${prefix}${fName}`;
      if (trees.test(fClassName)) {
        if ((found.get(path)?.cycle ?? -1) < fCycle) {
          found.set(path, { path, cycle: fCycle, isNTuple: fClassName.endsWith('RNTuple') });
        }
      } else if (fClassName.startsWith('TDirectory') && depth < deepest) {
        const folder = (await quietly(() => file.readObject(path, fCycle))) as JsrootFile;
        await walk(folder.fKeys, `${path}/`, depth + 1);
      }
    }
  };
  await walk(file.fKeys, '', 0);
  return [...found.values()];
}
