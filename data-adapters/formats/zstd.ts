// Zstandard frames (RFC 8878), unpacked by fzstd into as many bytes as whoever packed them has claimed, and never more.

export type UnpackZstd = (packed: Uint8Array, length: number) => Uint8Array;

/** The length that a frame's own header states (RFC 8878, 3.1.1.1); undefined where it states none. */
function statedLength(packed: Uint8Array): number | undefined {
  const descriptor = packed[4];
  const single = (descriptor >> 5) & 1;
  const [sizeFlag, dictionaryFlag] = [descriptor >> 6, descriptor & 3];
  const bytes = sizeFlag > 0 ? 1 << sizeFlag : single;
  const place = 6 - single + [0, 1, 2, 4][dictionaryFlag];
  if (bytes === 0) return undefined;
  let length = bytes === 2 ? 256 : 0;
  for (let i = 0; i < bytes; i++) length += (packed[place + i] ?? 0) * 256 ** i;
  return length;
}

/** @returns what unpacks one frame; it throws Error for damaged ones, several, and those that state another length than `length` */
export async function loadZstd(): Promise<UnpackZstd> {
  const { decompressZstd } = await import('hyparquet-compressors');
  return (packed, length) => {
    const stated = statedLength(packed);
    if (stated !== undefined && stated !== length)
      throw new Error(`zstd: a frame of ${stated} bytes should have ${length}`);
    const unpacked = new Uint8Array(length);
    if (decompressZstd(packed, unpacked) !== unpacked) throw new Error('zstd: expected one frame');
    return unpacked;
  };
}
