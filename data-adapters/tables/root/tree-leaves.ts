// The numbers that a TTree's branches hold, as columns. One branch may hold a number, a fixed array, a jagged array (of a
// length of its own in each entry) or several leaves; branches of texts, objects and nested arrays are no columns.
import type { JsrootFile } from './root-file.ts';

export interface RootLeaf {
  readonly _typename: string;
  readonly fName: string;
  readonly fLen: number;
  readonly fIsUnsigned: boolean;
  readonly fMaximum?: number;
  readonly fLeafCount: { readonly fName: string; readonly fMaximum?: number } | null;
}

/** What jsroot calls TBasket. */
export interface RootBasket {
  readonly fClassName: string;
  readonly fNbytes: number;
  readonly fObjlen: number;
  readonly fKeylen: number;
  readonly fNevBufSize: number;
  readonly fNevBuf: number;
  readonly fLast: number;
  readonly fEntryOffset?: ArrayLike<number>;
  readonly fBufferRef?: { readonly arr: DataView };
}

export interface RootBranch {
  readonly _typename: string;
  readonly fName: string;
  readonly fFileName: string;
  readonly fEntries: number;
  readonly fEntryOffsetLen: number;
  readonly fWriteBasket: number;
  readonly fBasketEntry: ArrayLike<number>;
  readonly fBasketSeek: ArrayLike<number>;
  readonly fBasketBytes: ArrayLike<number>;
  readonly fBaskets: { readonly arr: readonly (RootBasket | null)[] };
  readonly fBranches: { readonly arr: readonly RootBranch[] };
  readonly fLeaves: { readonly arr: readonly RootLeaf[] };
  // TBranchElement
  readonly fClassName?: string;
  readonly fClassVersion?: number;
  readonly fCheckSum?: number;
  readonly fType?: number;
  readonly fStreamerType?: number;
  readonly fID?: number;
}

export interface RootTree {
  readonly fEntries: number;
  /** Bytes of all baskets, unpacked. */
  readonly fTotBytes: number;
  readonly fBranches: { readonly arr: readonly RootBranch[] };
}

/** A kind of number: f4, f8, signed i1 ... i8, unsigned u1 ... u8. */
export type NumberKind = 'f4' | 'f8' | 'i1' | 'i2' | 'i4' | 'i8' | 'u1' | 'u2' | 'u4' | 'u8';

export interface LeafPlace {
  readonly branch: RootBranch;
  readonly kind: NumberKind;
  /** Bytes of an entry before its first number. */
  readonly offset: number;
  /** Whether each entry has a length of its own. */
  readonly jagged: boolean;
}

/** One column: the number at `index` in each entry of a leaf. */
export interface TreeColumn {
  readonly leaf: LeafPlace;
  readonly index: number;
}

export interface TreeColumns {
  readonly columns: ReadonlyMap<string, TreeColumn>;
  /** Leaves of jagged arrays: `name[i]` may be asked for with any i. */
  readonly jagged: ReadonlyMap<string, LeafPlace>;
  /** Names of branches that are no columns, with what they hold. */
  readonly others: ReadonlyMap<string, string>;
}

/** Elements of a jagged array that become columns of themselves. */
export const listedElements = 8;

const leafKinds: Readonly<Record<string, readonly [signed: NumberKind, unsigned: NumberKind]>> = {
  TLeafF: ['f4', 'f4'],
  TLeafD: ['f8', 'f8'],
  TLeafO: ['u1', 'u1'],
  TLeafB: ['i1', 'u1'],
  TLeafS: ['i2', 'u2'],
  TLeafI: ['i4', 'u4'],
  TLeafL: ['i8', 'u8'],
  TLeafG: ['i8', 'u8'],
};

/** By TStreamerInfo's numbers of the basic types (TStreamerInfo::EReadWrite). */
const streamerKinds: Readonly<Record<number, NumberKind>> = {
  1: 'i1',
  2: 'i2',
  3: 'i4',
  4: 'i8',
  5: 'f4',
  6: 'i4',
  8: 'f8',
  11: 'u1',
  12: 'u2',
  13: 'u4',
  14: 'u8',
  16: 'i8',
  17: 'u8',
  18: 'u1',
};
/** Added to a basic type for a fixed array of it. */
const fixedArray = 20;

const typeKinds: Readonly<Record<string, NumberKind>> = {
  float: 'f4',
  Float_t: 'f4',
  double: 'f8',
  Double_t: 'f8',
  bool: 'u1',
  Bool_t: 'u1',
  char: 'i1',
  Char_t: 'i1',
  'unsigned char': 'u1',
  UChar_t: 'u1',
  short: 'i2',
  Short_t: 'i2',
  'unsigned short': 'u2',
  UShort_t: 'u2',
  int: 'i4',
  Int_t: 'i4',
  unsigned: 'u4',
  'unsigned int': 'u4',
  UInt_t: 'u4',
  long: 'i8',
  Long_t: 'i8',
  'long long': 'i8',
  Long64_t: 'i8',
  'unsigned long': 'u8',
  ULong_t: 'u8',
  'unsigned long long': 'u8',
  ULong64_t: 'u8',
};

export const kindBytes = (kind: NumberKind): number => Number(kind[1]);

/** Byte count, version and length before the elements of a std::vector. */
const vectorHeader = 10;

/** The kind of the elements of `vector<float>`, `ROOT::VecOps::RVec<float>`. */
export function vectorKind(type: string): NumberKind | undefined {
  const inside = /^(?:std::)?(?:ROOT::VecOps::RVec|ROOT::RVec|vector)<\s*([^<>,]+?)\s*>$/.exec(type)?.[1];
  return inside !== undefined && Object.hasOwn(typeKinds, inside) ? typeKinds[inside] : undefined;
}

interface Found {
  readonly name: string;
  readonly leaf: LeafPlace;
  /** Numbers of one entry: of a fixed array, or of the longest jagged one as far as the file knows it. */
  readonly length?: number;
}

/** The numbers of a branch without branches below it, or what it holds instead. */
function leavesOf(branch: RootBranch, name: string, file: JsrootFile): Found[] | string {
  const leaves = branch.fLeaves.arr;
  if (branch.fFileName !== '') return `data in another file, ${branch.fFileName}`;
  if (branch._typename === 'TBranchElement') return elementLeaves(branch, name, file);
  if (branch._typename !== 'TBranch' || leaves.length === 0) return branch.fClassName ?? branch._typename;
  const found: Found[] = [];
  let offset = 0;
  for (const { _typename, fName, fLen, fIsUnsigned, fLeafCount } of leaves) {
    const kind = leafKinds[_typename]?.[fIsUnsigned ? 1 : 0];
    if (kind === undefined) return _typename === 'TLeafC' ? 'text' : _typename;
    const jagged = fLeafCount !== null;
    if (jagged && leaves.length > 1) return 'several leaves, one of them jagged';
    const longest = fLeafCount?.fMaximum;
    found.push({
      name: leaves.length === 1 ? name : `${name}.${fName}`,
      leaf: { branch, kind, offset, jagged },
      length: jagged ? (longest ? longest * fLen : undefined) : fLen,
    });
    offset += kindBytes(kind) * fLen;
  }
  return found;
}

/** The same for a branch that ROOT made from a class: a member of it, or a vector of numbers. */
function elementLeaves(branch: RootBranch, name: string, file: JsrootFile): Found[] | string {
  const { fClassName = '', fType = 0, fStreamerType = -1, fID = -1, fLeaves } = branch;
  const [first] = fLeaves.arr;
  const inContainer = fType === 31 || fType === 41;
  const basic = streamerKinds[fStreamerType % fixedArray];
  if (fStreamerType >= 0 && fStreamerType < 2 * fixedArray && basic !== undefined) {
    return [
      {
        name,
        leaf: { branch, kind: basic, offset: 0, jagged: inContainer },
        length: inContainer ? undefined : first.fLen,
      },
    ];
  }
  // The length of a container, whose members are branches below it.
  if (fType === 3 || fType === 4) {
    return [{ name: first.fName, leaf: { branch, kind: 'i4', offset: 0, jagged: false }, length: 1 }];
  }
  const member = name.slice(name.lastIndexOf('.') + 1).replace(/\[.*$/, '');
  const info = fID < 0 ? null : file.findStreamerInfo(fClassName, branch.fClassVersion, branch.fCheckSum);
  const elements = info?.fElements.arr ?? [];
  const element =
    elements[fID]?.fName === member ? elements[fID] : elements.find(({ fName }) => fName === member);
  const type = fID < 0 ? fClassName : (element?.fTypeName ?? fClassName);
  const kind = inContainer ? undefined : vectorKind(type);
  return kind === undefined ? type : [{ name, leaf: { branch, kind, offset: vectorHeader, jagged: true } }];
}

/**
 * The columns of a tree. A branch of one number gives a column of its name (`branch.leaf` where it has several leaves);
 * a fixed array of n gives `name[0]` ... `name[n-1]`; a jagged array gives `name[0]` ... up to its longest entry where
 * the file tells it, eight at most, and any `name[i]` on demand, missing (NaN) where an entry has fewer.
 */
export function treeColumns(tree: RootTree, file: JsrootFile): TreeColumns {
  const columns = new Map<string, TreeColumn>();
  const jagged = new Map<string, LeafPlace>();
  const others = new Map<string, string>();
  const taken = (name: string): boolean => columns.has(name) || jagged.has(name) || columns.has(`${name}[0]`);
  const add = ({ name, leaf, length }: Found): void => {
    if (leaf.jagged) {
      jagged.set(name, leaf);
      for (let index = 0; index < Math.min(length ?? listedElements, listedElements); index++) {
        columns.set(`${name}[${index}]`, { leaf, index });
      }
    } else if (length === 1) columns.set(name, { leaf, index: 0 });
    else
      for (let index = 0; index < (length ?? 0); index++) columns.set(`${name}[${index}]`, { leaf, index });
  };
  const walk = (branches: readonly RootBranch[], parent: string): void => {
    for (const branch of branches) {
      const bare = branch.fName.replace(/\.$/, '').replace(/\[.*$/, '');
      const name = taken(bare) && parent !== '' ? `${parent}.${bare}` : bare;
      const found = leavesOf(branch, name, file);
      if (typeof found !== 'string') found.forEach(add);
      else if (branch.fBranches.arr.length === 0) others.set(name, found);
      walk(branch.fBranches.arr, bare);
    }
  };
  walk(tree.fBranches.arr, '');
  return { columns, jagged, others };
}
