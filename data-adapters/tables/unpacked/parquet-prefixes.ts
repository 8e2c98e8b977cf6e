// What the texts of a Parquet page in DELTA_BYTE_ARRAY come to (https://parquet.apache.org/docs/file-format/data-pages/encodings/):
// each repeats a beginning of the one before it, which a page says in a byte or none. The lengths of those beginnings are
// looked at; the page is unpacked for it, to the size that was counted already.
import type { ColumnMetaData, DataReader, PageHeader, SchemaTree } from 'hyparquet';
import { loadZstd } from '../../formats/zstd.ts';

const readerOf = (bytes: Uint8Array): DataReader => ({
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
  offset: 0,
});

/** @param packed the page without its header. @returns bytes of all repeated beginnings. @throws Error for a damaged page */
export async function repeatedBytes(
  packed: Uint8Array,
  header: PageHeader,
  { codec }: ColumnMetaData,
  path: SchemaTree[],
): Promise<number> {
  const { decompressPage } = await import('hyparquet/src/datapage.js');
  const { deltaBinaryUnpack } = await import('hyparquet/src/delta.js');
  const { getMaxDefinitionLevel, getMaxRepetitionLevel } = await import('hyparquet/src/schema.js');
  const { readVarInt } = await import('hyparquet/src/thrift.js');
  const known = await import('hyparquet-compressors');
  const compressors = { ...known.compressors, ZSTD: await loadZstd() };
  const second = header.data_page_header_v2;
  const levels = second ? second.repetition_levels_byte_length + second.definition_levels_byte_length : 0;
  const plain = second?.is_compressed === false;
  const size = header.uncompressed_page_size - levels;
  const page = plain
    ? packed.subarray(levels)
    : decompressPage(packed.subarray(levels), size, codec, compressors);
  const reader = readerOf(page);
  if (second === undefined) {
    for (const level of [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)])
      if (level > 0) reader.offset += 4 + reader.view.getUint32(reader.offset, true);
  }
  const start = reader.offset;
  readVarInt(reader); // values of a block
  readVarInt(reader); // parts of a block
  const count = readVarInt(reader);
  const most = (header.data_page_header ?? second)!.num_values;
  if (!(count >= 0 && count <= most)) throw new Error('a page has an impossible number of texts');
  if (count === 0) return 0;
  const lengths = new Int32Array(count);
  deltaBinaryUnpack({ view: reader.view, offset: start }, count, lengths);
  return lengths.reduce((sum, length) => {
    if (length < 0) throw new Error('a text has an impossible length');
    return sum + length;
  }, 0);
}
