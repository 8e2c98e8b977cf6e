// A TTree as a table: the branches that are wanted, a block of entries at a time, with one basket of each in memory.
import type { NumberArray } from '../../expressions/index.ts';
import { blockRows, damagedFile, numbersBlock } from '../numbers.ts';
import type { ReadOptions, Table, TableBlock } from '../table.ts';
import { checkBranches, findElement } from './array-elements.ts';
import { BasketReader } from './basket-reader.ts';
import { openRootFile, quietly, type RootObject } from './root-file.ts';
import {
  type LeafPlace,
  type RootBranch,
  type RootTree,
  type TreeColumn,
  treeColumns,
} from './tree-leaves.ts';

/** @throws Error for what is no tree */
export async function treeTable(path: string, { path: object, cycle }: RootObject): Promise<Table> {
  const where = `${path}:${object}`;
  const openTree = async () => {
    const root = await openRootFile(path);
    try {
      const tree = (await quietly(() => root.file.readObject(object, cycle))) as RootTree;
      return { root, tree, found: treeColumns(tree, root.file) };
    } catch (error) {
      await root.close();
      throw error;
    }
  };
  const { root, tree, found } = await openTree();
  await root.close();
  const size = tree.fEntries;
  if (!Number.isSafeInteger(size) || size < 0) throw new Error('its number of entries is impossible');
  return {
    name: where,
    rowNoun: 'row',
    columns: [...found.columns.keys()],
    arrays: new Set(found.jagged.keys()),
    size,
    unit: 'rows',
    async *blocks(options: ReadOptions): AsyncGenerator<TableBlock> {
      checkBranches(found, options.columns, where, 'branch');
      const { root, found: own } = await openTree();
      let row = 0;
      try {
        const byBranch = new Map<
          RootBranch,
          { reader: BasketReader; names: string[]; columns: TreeColumn[] }
        >();
        for (const name of options.columns) {
          const column = findElement(own, name, (index, leaf: LeafPlace): TreeColumn => ({ leaf, index }))!;
          const { branch } = column.leaf;
          const group = byBranch.get(branch) ?? {
            reader: new BasketReader(root, branch),
            names: [],
            columns: [],
          };
          byBranch.set(branch, group);
          group.names.push(name);
          group.columns.push(column);
        }
        for (; row < size; row += blockRows) {
          options.signal?.throwIfAborted();
          const rows = Math.min(blockRows, size - row);
          const values: Record<string, NumberArray> = {};
          for (const { reader, names, columns } of byBranch.values()) {
            const outs = names.map((name) =>
              options.float64?.includes(name) ? new Float64Array(rows) : new Float32Array(rows),
            );
            await reader.read(row, rows, columns, outs);
            names.forEach((name, i) => {
              values[name] = outs[i];
            });
          }
          yield numbersBlock(row, rows, values);
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
