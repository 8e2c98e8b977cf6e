// An RNTuple as a table: memory holds one cluster (a row group, about 100 MB of the file) of the wanted columns.
import { UserError } from '../../../core/errors.ts';
import type { NumberArray } from '../../expressions/index.ts';
import { blockRows, damagedFile, numbersBlock } from '../numbers.ts';
import type { ReadOptions, Table, TableBlock } from '../table.ts';
import { checkBranches, findElement } from './array-elements.ts';
import { type FieldColumn, type FieldPlace, type NTupleDescriptor, ntupleColumns } from './ntuple-fields.ts';
import { readPages } from './ntuple-pages.ts';
import { openRootFile, quietly, type RootFile, type RootObject } from './root-file.ts';

async function describe(
  root: RootFile,
  { path, cycle }: RootObject,
  where: string,
): Promise<NTupleDescriptor> {
  const { readHeaderFooter } = await import('jsroot/rntuple');
  const descriptor: NTupleDescriptor | null = await quietly(async () =>
    readHeaderFooter(await root.file.readObject(path, cycle)),
  );
  if (!descriptor) throw new Error('its header or footer cannot be read');
  if (descriptor.clusterGroups.length > 1) {
    throw new UserError({
      what: `holds ${descriptor.clusterGroups.length} groups of clusters, of which only the first can be read`,
      where,
      how: 'merge it anew with hadd, or convert it to a TTree or Parquet',
    });
  }
  return descriptor;
}

/** Reads the columns of one cluster, each of the file's columns once. */
class Cluster {
  private readonly elements = new Map<number, Float64Array>();

  constructor(
    private readonly root: RootFile,
    private readonly descriptor: NTupleDescriptor,
    private readonly place: number,
  ) {}

  private async column(id: number): Promise<Float64Array> {
    const known = this.elements.get(id);
    if (known !== undefined) return known;
    const { pageLocations, columnDescriptors } = this.descriptor;
    const stored = pageLocations[this.place][id];
    if (stored === undefined || stored.isSuppressed)
      throw new Error('a column is not stored in every cluster');
    const values = await readPages(this.root, columnDescriptors[id], stored.pages);
    this.elements.set(id, values);
    return values;
  }

  async read({ field, index }: FieldColumn, rows: number, out: NumberArray): Promise<void> {
    const { values, ends, repeat } = field;
    const numbers = values === undefined ? undefined : await this.column(values);
    const stops = ends === undefined ? undefined : await this.column(ends);
    if (stops === undefined ? (numbers?.length ?? 0) < rows * repeat : stops.length < rows) {
      throw new Error('a column has fewer elements than the cluster has entries');
    }
    for (let row = 0; row < rows; row++) {
      if (stops === undefined) out[row] = numbers![row * repeat + index];
      else {
        const start = row === 0 ? 0 : stops[row - 1];
        const length = stops[row] - start;
        if (!(length >= 0)) throw new Error('the lengths of a collection are impossible');
        if (numbers === undefined) out[row] = length;
        else
          out[row] = index < length * repeat ? (numbers[start * repeat + index] ?? Number.NaN) : Number.NaN;
      }
    }
  }
}

/** @throws Error for what is no RNTuple, UserError for one that jsroot cannot read */
export async function ntupleTable(path: string, object: RootObject): Promise<Table> {
  const where = `${path}:${object.path}`;
  const first = await openRootFile(path);
  const descriptor = await describe(first, object, where).finally(() => first.close());
  const found = ntupleColumns(descriptor);
  const size = descriptor.clusterSummaries.reduce((sum, { numEntries }) => sum + numEntries, 0);
  return {
    name: where,
    rowNoun: 'row',
    columns: [...found.columns.keys()],
    arrays: new Set(found.jagged.keys()),
    size,
    unit: 'rows',
    async *blocks(options: ReadOptions): AsyncGenerator<TableBlock> {
      checkBranches(found, options.columns, where, 'field');
      const make = (index: number, field: FieldPlace): FieldColumn => ({ index, field });
      const wanted = options.columns.map((name) => findElement(found, name, make)!);
      const root = await openRootFile(path);
      let row = 0;
      try {
        for (const [place, { numEntries }] of descriptor.clusterSummaries.entries()) {
          options.signal?.throwIfAborted();
          const cluster = new Cluster(root, descriptor, place);
          const whole = options.columns.map((name) =>
            options.float64?.includes(name) ? new Float64Array(numEntries) : new Float32Array(numEntries),
          );
          for (let i = 0; i < wanted.length; i++) await cluster.read(wanted[i], numEntries, whole[i]);
          for (let start = 0; start < numEntries; start += blockRows) {
            options.signal?.throwIfAborted();
            const end = Math.min(start + blockRows, numEntries);
            const cut = options.columns.map((name, i) => [name, whole[i].slice(start, end)] as const);
            yield numbersBlock(row, end - start, Object.fromEntries(cut));
            row += end - start;
          }
        }
      } catch (error) {
        options.signal?.throwIfAborted();
        throw damagedFile(error, where, 'ROOT', row);
      } finally {
        await root.close();
      }
    },
  };
}
