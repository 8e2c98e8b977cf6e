// What a Parquet file unpacks to: by its footer, and by the headers of all its pages, which hyparquet believes when it allocates
// (https://parquet.apache.org/docs/file-format/). Encodings pack a hundred million equal values into some bytes, so that values
// are counted beside bytes.
import type { ColumnMetaData, DataReader, PageHeader, SchemaTree } from 'hyparquet';
import type { parquetHeader } from 'hyparquet/src/column.js';
import { type FileRanges, openRanges } from '../../formats/file-ranges.ts';
import { repeatedBytes } from './parquet-prefixes.ts';
import { bytesOfValue, type UnpackedBytes } from './unpacked-bytes.ts';

/** Bytes that are read at once, and that a page's header may have at most. */
const windowBytes = 2 ** 20;
const mostHeader = 2 ** 16;

interface Page {
  readonly header: PageHeader;
  /** Place of what is behind the header. */
  readonly body: number;
  /** Place of the page after it. */
  readonly next: number;
  readonly bytes: number;
  readonly values: number;
  readonly isDictionary: boolean;
}

/** Reads headers of pages one after another, within start ... end-1. */
class PageHeaders {
  private bytes: Uint8Array = new Uint8Array(0);
  private first = 0;

  constructor(
    private readonly ranges: FileRanges,
    private readonly end: number,
    private readonly parse: typeof parquetHeader,
  ) {}

  async at(place: number): Promise<Page> {
    const last = this.first + this.bytes.length;
    if (place < this.first || (place + mostHeader > last && last < this.end)) {
      this.first = place;
      this.bytes = await this.ranges.read(place, Math.min(windowBytes, this.end - place));
    }
    const own = this.bytes.subarray(place - this.first);
    const reader: DataReader = { view: new DataView(own.buffer, own.byteOffset, own.length), offset: 0 };
    const header = this.parse(reader);
    const { compressed_page_size: packed, uncompressed_page_size: bytes } = header;
    const body = place + reader.offset;
    const next = body + packed;
    if (!(packed >= 0 && next <= this.end)) throw new Error('a page has an impossible length');
    const told = header.data_page_header ?? header.data_page_header_v2 ?? header.dictionary_page_header;
    const values = told?.num_values ?? 0;
    return { header, body, next, bytes, values, isDictionary: header.type === 'DICTIONARY_PAGE' };
  }
}

/** @param rows values after which the reader stops: all the rows, of a column without lists */
async function countChunk(
  ranges: FileRanges,
  chunk: ColumnMetaData,
  path: SchemaTree[],
  rows: number,
  count: UnpackedBytes,
): Promise<void> {
  let place = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  const end = place + Number(chunk.total_compressed_size);
  const { parquetHeader } = await import('hyparquet/src/column.js');
  const headers = new PageHeaders(ranges, end, parquetHeader);
  for (let values = 0; place < end - 1 && values < rows; ) {
    const page = await headers.at(place);
    count.add(Math.max(page.bytes, page.values * bytesOfValue));
    const { encoding } = page.header.data_page_header ?? page.header.data_page_header_v2 ?? {};
    if (encoding === 'DELTA_BYTE_ARRAY') {
      const packed = await ranges.read(page.body, page.next - page.body);
      count.add(await repeatedBytes(packed, page.header, chunk, path));
    }
    if (!page.isDictionary) values += page.values;
    place = page.next;
  }
}

/** @throws UnpacksTooMuch, UserError for a missing file, Error for a damaged one */
export async function countParquet(path: string, begin: () => UnpackedBytes): Promise<void> {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet');
  const { getSchemaPath, isFlatColumn } = await import('hyparquet/src/schema.js');
  const ranges = await openRanges(path);
  try {
    const metadata = await parquetMetadataAsync({
      byteLength: ranges.size,
      async slice(start, end = ranges.size) {
        return Uint8Array.from(await ranges.read(start, end - start)).buffer;
      },
    });
    const columns = parquetSchema(metadata).children.length;
    const footer = begin();
    footer.add(Number(metadata.num_rows) * columns * bytesOfValue);
    const claimed = begin();
    for (const { num_rows, columns } of metadata.row_groups) {
      for (const { meta_data: chunk } of columns) {
        if (chunk === undefined) throw new Error('a column has no description');
        claimed.add(Math.max(Number(chunk.total_uncompressed_size), Number(num_rows) * bytesOfValue));
      }
    }
    const pages = begin();
    for (const { num_rows, columns } of metadata.row_groups) {
      for (const { meta_data: chunk } of columns) {
        const path = getSchemaPath(metadata.schema, chunk!.path_in_schema);
        const rows = isFlatColumn(path) ? Number(num_rows) : Number.POSITIVE_INFINITY;
        await countChunk(ranges, chunk!, path, rows, pages);
      }
    }
  } finally {
    await ranges.close();
  }
}
