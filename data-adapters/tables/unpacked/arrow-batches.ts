// What an Arrow file or stream unpacks to: the lengths that stand before its packed buffers, and the rows that its batches claim
// (https://arrow.apache.org/docs/format/Columnar.html#recordbatch-message). A file's batches are those of its footer, a stream's
// follow one another.
import type { RecordBatch } from 'apache-arrow/ipc/metadata/message';
import { type FileRanges, openRanges } from '../../formats/file-ranges.ts';
import { checkFooter, checkMessage } from './arrow-lengths.ts';
import { bytesOfValue, type UnpackedBytes } from './unpacked-bytes.ts';

const magic = 'ARROW1';
/** Bytes between a file's magic and its first message, and after its footer: its length and the magic. */
const footerEnd = 10;
/** What stands in the place of a buffer's length where it is not packed. */
const notPacked = -1n;

interface Placed {
  /** The description of the rows; undefined for a schema. */
  readonly batch: RecordBatch | undefined;
  /** Places of its buffers, and of the next message. */
  readonly body: number;
  readonly next: number;
}

/** The message at a place; undefined where a stream says that it is over. */
async function messageAt(ranges: FileRanges, place: number): Promise<Placed | undefined> {
  const { Message } = await import('apache-arrow/ipc/metadata/message');
  const word = async (at: number): Promise<number> => (await ranges.read(at, 4)).readInt32LE();
  // Before 0.15 no four bytes ff stood before the length.
  const first = await word(place);
  const [start, length] = first === -1 ? [place + 8, await word(place + 4)] : [place + 4, first];
  if (length === 0) return undefined;
  if (length < 0) throw new Error('a message has an impossible length');
  const description = await ranges.read(start, length);
  await checkMessage(description);
  const message = Message.decode(description);
  const body = start + length;
  const next = body + message.bodyLength;
  if (!(message.bodyLength >= 0 && next <= ranges.size)) throw new Error('a message is cut off');
  const header = message.header();
  const batch = message.isRecordBatch()
    ? (header as RecordBatch)
    : message.isDictionaryBatch()
      ? (header as unknown as { data: RecordBatch }).data
      : undefined;
  return { batch, body, next };
}

async function countBatch(ranges: FileRanges, { batch, body }: Placed, count: UnpackedBytes): Promise<void> {
  if (batch === undefined) return;
  const { length: rows, nodes, buffers, compression } = batch;
  let bytes = 0;
  for (const { offset, length } of buffers) {
    const packed = compression !== null && length > 0;
    const claimed = packed ? (await ranges.read(body + offset, 8)).readBigInt64LE() : notPacked;
    if (claimed < notPacked) throw new Error('a buffer has an impossible length');
    bytes += claimed === notPacked ? length : Number(claimed);
  }
  count.add(Math.max(bytes, rows * nodes.length * bytesOfValue));
}

async function placesOfFile(ranges: FileRanges): Promise<number[]> {
  await import('apache-arrow/ipc/metadata/message'); // gives Footer what it decodes by
  const { Footer } = await import('apache-arrow/ipc/metadata/file');
  const length = (await ranges.read(ranges.size - footerEnd, 4)).readInt32LE();
  const description = await ranges.read(ranges.size - footerEnd - length, length);
  await checkFooter(description);
  const footer = Footer.decode(description);
  return [...footer.dictionaryBatches(), ...footer.recordBatches()].map(({ offset }) => offset);
}

/** @throws UnpacksTooMuch, UserError for a missing file, Error for a damaged one */
export async function countArrow(path: string, begin: () => UnpackedBytes): Promise<void> {
  const ranges = await openRanges(path);
  const count = begin();
  try {
    const start = (await ranges.read(0, Math.min(magic.length, ranges.size))).toString('latin1');
    if (start === magic) {
      for (const place of await placesOfFile(ranges)) {
        const message = await messageAt(ranges, place);
        if (message !== undefined) await countBatch(ranges, message, count);
      }
      return;
    }
    for (let place = 0; place < ranges.size; ) {
      const message = await messageAt(ranges, place);
      if (message === undefined) return;
      await countBatch(ranges, message, count);
      place = message.next;
    }
  } finally {
    await ranges.close();
  }
}
