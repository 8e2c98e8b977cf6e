// HDF5 files as tables, through h5wasm (the HDF5 library compiled to WebAssembly). The columns are the one-dimensional
// datasets of one group; those of the most frequent length where lengths differ. A dataset of n columns gives `name[0]` ...
// `name[n-1]`; a compound dataset gives `name.member`.
import type { Group, Dataset as Hdf5Dataset, File as Hdf5File } from 'h5wasm/node';
import { UserError } from '../../core/errors.ts';
import { fileSource } from '../formats/source-file.ts';
import { checkColumns } from './check-columns.ts';
import { blockRows, damagedFile, numbersBlock, toNumbers } from './numbers.ts';
import type { ReadOptions, Table, TableBlock } from './table.ts';

/** A column: one dataset, or one of its columns or members. */
interface Place {
  readonly dataset: string;
  readonly rows: number;
  readonly index?: number;
  readonly member?: number;
}

function placesOf(group: Group, prefix: string): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const key of group.keys()) {
    const item = group.get(key);
    if (item === null || !('shape' in item)) continue;
    const { shape, metadata } = item as Hdf5Dataset;
    const dataset = `${prefix}/${key}`;
    if (shape === null || shape.length === 0 || shape.length > 2) continue;
    const [rows, width] = shape;
    const members = metadata.compound_type?.members;
    if (shape.length === 2) {
      for (let index = 0; index < width; index++) places.set(`${key}[${index}]`, { dataset, rows, index });
    } else if (members !== undefined) {
      members.forEach(({ name }, member) => {
        places.set(`${key}.${name}`, { dataset, rows, member });
      });
    } else places.set(key, { dataset, rows });
  }
  return places;
}

/** The group that holds most columns: the one named, or the best among the root and its groups. */
function findGroup(file: Hdf5File, named: string | undefined, path: string) {
  const groups: string[] = [];
  const walk = (group: Group, prefix: string, depth: number): void => {
    groups.push(prefix);
    if (depth === 0) return;
    for (const key of group.keys()) {
      const item = group.get(key);
      if (item !== null && 'keys' in item) walk(item as Group, `${prefix}/${key}`, depth - 1);
    }
  };
  walk(file as unknown as Group, '', 3);
  const wanted = named === undefined ? undefined : `/${named}`.replace(/\/+/g, '/').replace(/\/$/, '');
  if (wanted !== undefined) {
    checkColumns(
      [wanted.slice(1)],
      groups.map((name) => name.slice(1)),
      path,
      'group',
    );
  }
  const places = (prefix: string) =>
    placesOf(prefix === '' ? (file as unknown as Group) : (file.get(prefix) as Group), prefix);
  const all = (wanted === undefined ? groups : [wanted]).map(places);
  return all.reduce((best, next) => (next.size > best.size ? next : best));
}

function mostFrequent(lengths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0][0];
}

function readRows(file: Hdf5File, { dataset, index, member }: Place, start: number, end: number) {
  const item = file.get(dataset) as Hdf5Dataset;
  const range: [number, number][] =
    index === undefined
      ? [[start, end]]
      : [
          [start, end],
          [index, index + 1],
        ];
  const values = item.slice(range) as unknown as ArrayLike<unknown>;
  return member === undefined
    ? values
    : Array.from(values as ArrayLike<ArrayLike<unknown>>, (row) => row[member]);
}

/** The first words of the library's stack of errors, which has many lines. */
function plain(error: unknown): unknown {
  const [, words] = /#000:.*?\(\): (.*)/.exec(String((error as Error | undefined)?.message)) ?? [];
  return words === undefined ? error : new Error(words, { cause: error });
}

/** An HDF5 file as a table. @param group the group of the columns; the one with most when left out */
export async function hdf5Table(path: string, group?: string): Promise<Table> {
  await fileSource(path);
  const { default: h5wasm } = await import('h5wasm/node');
  // Errors are thrown, and not written to stderr.
  (await h5wasm.ready).activate_throwing_error_handler();
  const openFile = (): Hdf5File => {
    const file = new h5wasm.File(path, 'r');
    if (file.file_id < 0n) throw new Error('it cannot be opened');
    return file;
  };
  try {
    const file = openFile();
    let places: Map<string, Place>;
    try {
      places = findGroup(file, group, path);
    } finally {
      file.close();
    }
    if (places.size === 0) {
      throw new UserError({ what: 'holds no columns', where: path, how: 'name the group that holds them' });
    }
    const size = mostFrequent([...places.values()].map(({ rows }) => rows));
    const columns = [...places].filter(([, { rows }]) => rows === size).map(([name]) => name);
    return {
      name: path,
      rowNoun: 'row',
      columns,
      size,
      unit: 'rows',
      async *blocks(options: ReadOptions): AsyncGenerator<TableBlock> {
        checkColumns(options.columns, columns, path);
        const file = openFile();
        let start = 0;
        try {
          for (; start < size; start += blockRows) {
            options.signal?.throwIfAborted();
            const end = Math.min(start + blockRows, size);
            const cut = options.columns.map((name) => {
              const values = readRows(file, places.get(name)!, start, end);
              return [name, toNumbers(values, name, start, path, options)] as const;
            });
            yield numbersBlock(start, end - start, Object.fromEntries(cut));
          }
        } catch (error) {
          options.signal?.throwIfAborted();
          throw damagedFile(plain(error), path, 'HDF5', start);
        } finally {
          file.close();
        }
      },
    };
  } catch (error) {
    throw damagedFile(plain(error), path, 'HDF5');
  }
}
