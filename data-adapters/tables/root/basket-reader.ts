// The baskets of one branch, one in memory at a time: ROOT keeps a branch's entries in packed pieces called baskets, each
// behind a key of its own; the last may lie within the tree itself.
import type { NumberArray } from '../../expressions/index.ts';
import type { RootFile } from './root-file.ts';
import {
  kindBytes,
  type NumberKind,
  type RootBasket,
  type RootBranch,
  type TreeColumn,
} from './tree-leaves.ts';

interface OpenBasket {
  readonly firstEntry: number;
  readonly entries: number;
  /** The entries' bytes, without the key. */
  readonly bytes: DataView;
  /** Start of each entry and the end of the last, in bytes; undefined where all entries have `stride` bytes. */
  readonly starts?: Int32Array;
  readonly stride: number;
}

const readers: Readonly<Record<NumberKind, (bytes: DataView, at: number) => number>> = {
  f4: (bytes, at) => bytes.getFloat32(at),
  f8: (bytes, at) => bytes.getFloat64(at),
  i1: (bytes, at) => bytes.getInt8(at),
  i2: (bytes, at) => bytes.getInt16(at),
  i4: (bytes, at) => bytes.getInt32(at),
  i8: (bytes, at) => bytes.getInt32(at) * 2 ** 32 + bytes.getUint32(at + 4),
  u1: (bytes, at) => bytes.getUint8(at),
  u2: (bytes, at) => bytes.getUint16(at),
  u4: (bytes, at) => bytes.getUint32(at),
  u8: (bytes, at) => bytes.getUint32(at) * 2 ** 32 + bytes.getUint32(at + 4),
};

/** Fills `out` from place `to` with the numbers of entries first ... first+count-1 of a basket. */
function decode(
  { bytes, starts, stride }: OpenBasket,
  { leaf, index }: TreeColumn,
  first: number,
  count: number,
  out: NumberArray,
  to: number,
): void {
  const read = readers[leaf.kind];
  const width = kindBytes(leaf.kind);
  const inside = leaf.offset + index * width;
  for (let i = 0; i < count; i++) {
    const start = starts === undefined ? (first + i) * stride : starts[first + i];
    if (leaf.jagged) {
      const end = starts === undefined ? start + stride : starts[first + i + 1];
      const length = end - start - leaf.offset;
      if (length < 0 || length % width !== 0) throw new Error('the length of an entry fits no array');
      out[to + i] = index * width < length ? read(bytes, start + inside) : Number.NaN;
    } else out[to + i] = read(bytes, start + inside);
  }
}

/** Reads the columns of one branch in the order of its entries. */
export class BasketReader {
  private next = 0;
  private nextEntry = 0;
  private open: OpenBasket | undefined;

  constructor(
    private readonly root: RootFile,
    private readonly branch: RootBranch,
  ) {}

  /** Numbers of entries entry ... entry+rows-1 of each column, into `outs`. `entry` must not go back. */
  async read(
    entry: number,
    rows: number,
    columns: readonly TreeColumn[],
    outs: readonly NumberArray[],
  ): Promise<void> {
    for (let done = 0; done < rows; ) {
      while (this.open === undefined || entry + done >= this.open.firstEntry + this.open.entries) {
        this.open = await this.basket();
      }
      const from = entry + done - this.open.firstEntry;
      const count = Math.min(rows - done, this.open.entries - from);
      for (let i = 0; i < columns.length; i++) decode(this.open, columns[i], from, count, outs[i], done);
      done += count;
    }
  }

  private async basket(): Promise<OpenBasket> {
    const { branch } = this;
    const place = this.next++;
    const inTree = branch.fBaskets.arr[place];
    if (place > branch.fWriteBasket || (place === branch.fWriteBasket && !inTree)) {
      throw new Error(`branch ${branch.fName} ends after ${this.nextEntry} entries`);
    }
    const open = inTree ? this.fromTree(inTree) : await this.fromFile(place);
    if (place < branch.fWriteBasket && branch.fBasketEntry[place] !== this.nextEntry) {
      throw new Error(`basket ${place + 1} of branch ${branch.fName} begins at a wrong entry`);
    }
    this.nextEntry += open.entries;
    return open;
  }

  private fromTree(basket: RootBasket): OpenBasket {
    const bytes = basket.fBufferRef?.arr ?? new DataView(new ArrayBuffer(0));
    const offsets = basket.fEntryOffset;
    const starts = this.branch.fEntryOffsetLen > 0 ? this.starts(basket, (i) => offsets?.[i]) : undefined;
    return this.opened(basket, bytes, starts);
  }

  private async fromFile(place: number): Promise<OpenBasket> {
    const { root, branch } = this;
    const { TBuffer } = await import('jsroot/io');
    const length = branch.fBasketBytes[place];
    const packed = await root.ranges.read(branch.fBasketSeek[place], length);
    const whole = new DataView(packed.buffer, packed.byteOffset, packed.length);
    const basket: RootBasket = new TBuffer(whole, 0, root.file).classStreamer({}, 'TBasket');
    const { fKeylen, fObjlen, fLast } = basket;
    if (basket.fClassName !== 'TBasket' || basket.fNbytes !== length) {
      throw new Error(`where basket ${place + 1} of branch ${branch.fName} should begin there is none`);
    }
    const bytes =
      fKeylen + fObjlen === length
        ? new DataView(packed.buffer, packed.byteOffset + fKeylen, fObjlen)
        : await root.unzip(packed.subarray(fKeylen), fObjlen);
    if (branch.fEntryOffsetLen === 0) return this.opened(basket, bytes, undefined);
    const after = fLast - fKeylen;
    const listed = after + 4 <= bytes.byteLength ? bytes.getInt32(after) : 0;
    const starts = this.starts(basket, (i) => (i < listed ? bytes.getInt32(after + 4 + 4 * i) : undefined));
    return this.opened(basket, bytes, starts);
  }

  /** Starts of the entries, from offsets that count the key. */
  private starts(
    { fNevBuf, fKeylen, fLast }: RootBasket,
    offset: (entry: number) => number | undefined,
  ): Int32Array {
    const starts = new Int32Array(fNevBuf + 1);
    for (let i = 0; i < fNevBuf; i++) {
      const start = offset(i) ?? (fNevBuf === 1 ? fKeylen : undefined);
      if (start === undefined)
        throw new Error(`branch ${this.branch.fName} does not store where its entries begin`);
      starts[i] = start - fKeylen;
    }
    starts[fNevBuf] = fLast - fKeylen;
    return starts;
  }

  private opened(basket: RootBasket, bytes: DataView, starts: Int32Array | undefined): OpenBasket {
    const { fNevBuf: entries, fNevBufSize: stride } = basket;
    if (!(entries > 0)) throw new Error(`a basket of branch ${this.branch.fName} holds no entries`);
    return { firstEntry: this.nextEntry, entries, bytes, starts, stride };
  }
}
