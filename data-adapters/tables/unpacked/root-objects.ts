// What a ROOT file unpacks to: the lengths in the keys of its objects and of every basket of its trees, the pages of its
// RNTuples, and the entries of their leaves. The keys are read before jsroot unpacks what is behind them
// (https://root.cern/doc/v634/classTKey.html).
import { type FileRanges, openRanges } from '../../formats/file-ranges.ts';
import type { NTupleDescriptor } from '../root/ntuple-fields.ts';
import { listTrees, openRootFile, quietly, type RootFile } from '../root/root-file.ts';
import type { RootBranch, RootTree } from '../root/tree-leaves.ts';
import { bytesOfColumn, bytesOfValue, type UnpackedBytes } from './unpacked-bytes.ts';

/** The unpacked length of the object whose key is at a place: behind its packed length (4 bytes) and version (2). */
const objectLength = async (ranges: FileRanges, place: number): Promise<number> =>
  (await ranges.read(place + 6, 4)).readUInt32BE();

/** Files from this version on have places of 8 bytes. */
const largeFile = 1_000_000;

/** The description of classes, which jsroot unpacks when it opens a file. */
async function streamerLength(path: string): Promise<number> {
  const ranges = await openRanges(path);
  try {
    const head = await ranges.read(0, 53);
    const place = head.readInt32BE(4) < largeFile ? head.readUInt32BE(37) : Number(head.readBigUInt64BE(45));
    return await objectLength(ranges, place);
  } finally {
    await ranges.close();
  }
}

async function countBranches(
  root: RootFile,
  branches: readonly RootBranch[],
  entries: number,
  leaves: UnpackedBytes,
  baskets: UnpackedBytes,
): Promise<void> {
  for (const branch of branches) {
    for (const { fLen } of branch.fLeaves.arr)
      leaves.add(fLen * Math.max(entries * bytesOfValue, bytesOfColumn));
    const { fBasketSeek, fBaskets, fWriteBasket } = branch;
    const count = Math.min(fWriteBasket + 1, fBasketSeek.length);
    for (let place = 0; place < count; place++) {
      if (fBaskets.arr[place] || !fBasketSeek[place]) continue;
      baskets.add(await objectLength(root.ranges, fBasketSeek[place]));
    }
    await countBranches(root, branch.fBranches.arr, entries, leaves, baskets);
  }
}

/** What jsroot calls ROOT::RNTuple, with the file that it reads from. */
interface Anchor {
  readonly fLenHeader: number;
  readonly fLenFooter: number;
  $file: { readBuffer(places: readonly number[]): Promise<unknown> };
  builder?: { readonly clusterGroups?: readonly { readonly pageListLength: bigint }[] };
}

async function countNTuple(anchor: Anchor, begin: () => UnpackedBytes): Promise<void> {
  const { readHeaderFooter } = await import('jsroot/rntuple');
  const envelopes = begin();
  envelopes.add(Number(anchor.fLenHeader) + Number(anchor.fLenFooter));
  const { $file: file } = anchor;
  let refused: unknown;
  // jsroot knows the length of the list of pages when it asks for its bytes, and unpacks it then.
  anchor.$file = {
    async readBuffer(places) {
      try {
        envelopes.add(Number(anchor.builder?.clusterGroups?.[0]?.pageListLength ?? 0));
      } catch (error) {
        refused = error;
        throw error;
      }
      return file.readBuffer(places);
    },
  };
  const descriptor: NTupleDescriptor | null = await quietly(() => readHeaderFooter(anchor));
  if (refused !== undefined) throw refused;
  if (!descriptor) throw new Error('its header or footer cannot be read');
  const pages = begin();
  for (const { pages: own } of descriptor.pageLocations.flat())
    for (const { numElements } of own) pages.add(Number(numElements) * bytesOfValue);
  const fields = descriptor.fieldDescriptors;
  const names = begin();
  for (const start of fields.keys()) {
    let count = 1;
    for (let id = start, steps = 0; ; id = fields[id].parentFieldId, steps++) {
      count *= Number(fields[id].arraySize ?? 1);
      if (fields[id].parentFieldId === id) break;
      if (steps > fields.length) throw new Error('its fields lie within each other');
    }
    names.add(count * bytesOfColumn);
  }
}

/** @throws UnpacksTooMuch, UserError for a missing file, Error for a damaged one */
export async function countRoot(path: string, begin: () => UnpackedBytes): Promise<void> {
  const keys = begin();
  keys.add(await streamerLength(path));
  const root = await openRootFile(path);
  try {
    const trees = await listTrees(root.file, ({ fObjlen }) => keys.add(fObjlen));
    const [leaves, baskets, totals] = [begin(), begin(), begin()];
    for (const { path: object, cycle, isNTuple } of trees) {
      const read = await quietly(() => root.file.readObject(object, cycle));
      if (isNTuple) await countNTuple(read as Anchor, begin);
      else {
        const tree = read as RootTree;
        totals.add(tree.fTotBytes);
        await countBranches(root, tree.fBranches.arr, tree.fEntries, leaves, baskets);
      }
    }
  } finally {
    await root.close();
  }
}
