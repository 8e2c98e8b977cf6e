// Makes zip archives byte by byte (APPNOTE.TXT 6.3.10), honest ones and such as lie.
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFixtureEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** Packed by deflate (default) or stored. */
  readonly stored?: boolean;
  /** Fields of the central directory to write other than the true ones. */
  readonly lie?: {
    readonly crc?: number;
    readonly size?: number;
    readonly packed?: number;
    readonly flags?: number;
    readonly method?: number;
    readonly offset?: number;
  };
}

const uint = (...fields: readonly (readonly [number, 2 | 4])[]): Buffer =>
  Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );

/** A whole archive. */
export function zipFile(entries: readonly ZipFixtureEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, lie = {} } of entries) {
    const packed = stored ? Buffer.from(content) : deflateRawSync(content);
    const path = Buffer.from(name);
    const common = (field: NonNullable<ZipFixtureEntry['lie']>) =>
      uint(
        [20, 2],
        [field.flags ?? 0, 2],
        [field.method ?? (stored ? 0 : 8), 2],
        [0, 2],
        [0x21, 2],
        [field.crc ?? crc32(content), 4],
        [field.packed ?? packed.length, 4],
        [field.size ?? content.length, 4],
        [path.length, 2],
        [0, 2],
      );
    const local = Buffer.concat([uint([0x04034b50, 4]), common({}), path, packed]);
    central.push(
      Buffer.concat([
        uint([0x02014b50, 4], [20, 2]),
        common(lie),
        uint([0, 2], [0, 2], [0, 2], [0, 4], [lie.offset ?? offset, 4]),
        path,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = uint(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [entries.length, 2],
    [entries.length, 2],
    [directory.length, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...locals, directory, end]);
}
