// The two compressions of Arrow's buffers, which apache-arrow knows but does not bring along.
import type * as Arrow from 'apache-arrow';
import { unpackLz4Frame } from '../formats/lz4-frame.ts';

/** Teaches apache-arrow to read LZ4 and Zstandard. */
export async function registerCodecs({ compressionRegistry, CompressionType }: typeof Arrow): Promise<void> {
  const { decompressZstd } = await import('hyparquet-compressors');
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4Frame });
  compressionRegistry.set(CompressionType.ZSTD, { decode: (packed) => decompressZstd(packed).slice() }); // aligned
}
