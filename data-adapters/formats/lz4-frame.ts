// LZ4 frames, as Arrow's files hold them (lz4_Frame_format.md 1.6.4, lz4_Block_format.md). Checksums are not looked at:
// what is read here has its lengths checked by the format around it.

const magic = 0x184d2204;

/** Bytes that grow as they are written; blocks copy from what blocks before them wrote. */
class Output {
  bytes = new Uint8Array(64 * 1024);
  length = 0;

  constructor(private readonly most: number) {}

  reserve(count: number): void {
    if (this.length + count > this.most) throw new Error('lz4: a frame holds more than it says');
    if (this.length + count <= this.bytes.length) return;
    const longer = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    longer.set(this.bytes.subarray(0, this.length));
    this.bytes = longer;
  }

  append(piece: Uint8Array): void {
    this.reserve(piece.length);
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  /** Copies `count` bytes that stand `back` bytes before the end; they may overlap what they make. */
  repeat(back: number, count: number): void {
    if (back === 0 || back > this.length) throw new Error('lz4: a match begins before the data');
    this.reserve(count);
    const { bytes } = this;
    for (let i = 0, to = this.length; i < count; i++, to++) bytes[to] = bytes[to - back];
    this.length += count;
  }
}

function decodeBlock(block: Uint8Array, out: Output, most: number): void {
  const end = out.length + most;
  let at = 0;
  const extended = (start: number): number => {
    if (start < 15) return start;
    let length = start;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw new Error('lz4: a block is cut off');
      length += byte;
      if (byte < 255) return length;
    }
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = extended(token >> 4);
    if (at + literals > block.length) throw new Error('lz4: a block is cut off');
    out.append(block.subarray(at, at + literals));
    at += literals;
    if (at < block.length) {
      const back = block[at] | (block[at + 1] << 8);
      at += 2;
      const count = extended(token & 15) + 4;
      if (out.length + count > end) break;
      out.repeat(back, count);
    }
    if (out.length > end) break;
  }
  if (out.length > end || at < block.length) throw new Error('lz4: a block is longer than it may be');
}

/** What an LZ4 frame holds. @param most bytes. @throws Error when it is none, is damaged or holds more */
export function unpackLz4Frame(packed: Uint8Array, most = Number.POSITIVE_INFINITY): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  if (packed.length < 11 || view.getUint32(0, true) !== magic) throw new Error('lz4: it is no frame');
  const flags = packed[4];
  if (flags >> 6 !== 1) throw new Error('lz4: a version that is not known');
  const [hasBlockChecksum, hasLength, hasDictionary] = [flags & 16, flags & 8, flags & 1];
  const size = (packed[5] >> 4) & 7;
  if (size < 4) throw new Error('lz4: a size of blocks that is not known');
  const largestBlock = 2 ** (8 + 2 * size);
  let at = 6 + (hasLength ? 8 : 0) + (hasDictionary ? 4 : 0) + 1;
  const out = new Output(most);
  for (;;) {
    if (at + 4 > packed.length) throw new Error('lz4: a frame is cut off');
    const head = view.getUint32(at, true);
    at += 4;
    if (head === 0) return out.bytes.slice(0, out.length);
    const length = head & 0x7fffffff;
    if (at + length > packed.length || length > largestBlock) throw new Error('lz4: a block is cut off');
    const block = packed.subarray(at, at + length);
    if (head >= 0x80000000) out.append(block);
    else decodeBlock(block, out, largestBlock);
    at += length + (hasBlockChecksum ? 4 : 0);
  }
}
