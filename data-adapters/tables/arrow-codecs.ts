// The two compressions of Arrow's buffers, which apache-arrow knows but does not bring along. A buffer is held to the length that
// stands before it.
import type * as Arrow from 'apache-arrow';
import { unpackLz4Frame } from '../formats/lz4-frame.ts';
import { loadZstd } from '../formats/zstd.ts';

/** Bytes of the length before a packed buffer, which apache-arrow cuts off. */
const lengthBytes = 8;

function claimedLength({ buffer, byteOffset }: Uint8Array): number {
  return Number(new DataView(buffer, byteOffset - lengthBytes, lengthBytes).getBigInt64(0, true));
}

/** Teaches apache-arrow to read LZ4 and Zstandard. */
export async function registerCodecs({ compressionRegistry, CompressionType }: typeof Arrow): Promise<void> {
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    decode: (packed) => unpackLz4Frame(packed, claimedLength(packed)),
  });
  const zstd = await loadZstd();
  compressionRegistry.set(CompressionType.ZSTD, { decode: (packed) => zstd(packed, claimedLength(packed)) });
}
