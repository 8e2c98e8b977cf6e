// The pieces of the ROOT readers on trees and RNTuples made here, in memory: jsroot writes no files.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BasketReader } from '../../../data-adapters/tables/root/basket-reader.ts';
import { type NTupleDescriptor, ntupleColumns } from '../../../data-adapters/tables/root/ntuple-fields.ts';
import { readPages } from '../../../data-adapters/tables/root/ntuple-pages.ts';
import type { RootFile } from '../../../data-adapters/tables/root/root-file.ts';
import {
  type RootBasket,
  type RootBranch,
  type RootLeaf,
  treeColumns,
  vectorKind,
} from '../../../data-adapters/tables/root/tree-leaves.ts';

/** A file of these bytes, nothing in it packed. */
const fileOf = (bytes: Uint8Array): RootFile => ({
  file: { fKeys: [], readObject: async () => undefined, findStreamerInfo: () => null },
  ranges: {
    size: bytes.length,
    read: async (start, length) => Buffer.from(bytes.subarray(start, start + length)),
    close: async () => {},
  },
  unzip: async () => {
    throw new Error('nothing is packed here');
  },
  close: async () => {},
});

const leaf = (fName: string, parts: Partial<RootLeaf> = {}): RootLeaf => ({
  _typename: 'TLeafF',
  fName,
  fLen: 1,
  fIsUnsigned: false,
  fLeafCount: null,
  ...parts,
});
const branch = (fName: string, leaves: RootLeaf[], parts: Partial<RootBranch> = {}): RootBranch => ({
  _typename: 'TBranch',
  fName,
  fFileName: '',
  fEntries: 0,
  fEntryOffsetLen: 0,
  fWriteBasket: 0,
  fBasketEntry: [0],
  fBasketSeek: [],
  fBasketBytes: [],
  fBaskets: { arr: [] },
  fBranches: { arr: [] },
  fLeaves: { arr: leaves },
  ...parts,
});

/** A basket within the tree: the entries' bytes, behind a key of 20 bytes. */
function basket(entries: readonly Uint8Array[], jagged: boolean): RootBasket {
  const bytes = Buffer.concat(entries);
  const offsets = entries.map(
    (_, i) => 20 + entries.slice(0, i).reduce((sum, { length }) => sum + length, 0),
  );
  return {
    fClassName: 'TBasket',
    fNbytes: 0,
    fObjlen: bytes.length,
    fKeylen: 20,
    fNevBufSize: entries[0]?.length ?? 0,
    fNevBuf: entries.length,
    fLast: 20 + bytes.length,
    fEntryOffset: jagged ? offsets : undefined,
    fBufferRef: { arr: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) },
  };
}

describe('branches of a tree', () => {
  const counter = { fName: 'n', fMaximum: 3 };
  const file = fileOf(new Uint8Array(0)).file;
  const columnsOf = (...branches: RootBranch[]) =>
    treeColumns({ fEntries: 1, fTotBytes: 0, fBranches: { arr: branches } }, file);

  it('become columns by the stated rule', () => {
    const { columns, jagged, others } = columnsOf(
      branch('x', [leaf('x')]),
      branch('point', [leaf('x'), leaf('id', { _typename: 'TLeafI' })]),
      branch('fixed', [leaf('fixed', { fLen: 2 })]),
      branch('pt', [leaf('pt', { fLeafCount: counter })]),
      branch('many', [leaf('many', { fLeafCount: { fName: 'm', fMaximum: 500 } })]),
      branch('name', [leaf('name', { _typename: 'TLeafC' })]),
      branch('other', [leaf('other')], { fFileName: 'friend.root' }),
      branch('vector', [leaf('vector')], {
        _typename: 'TBranchElement',
        fClassName: 'vector<float>',
        fID: -1,
        fStreamerType: -1,
      }),
      branch('nested', [leaf('nested')], {
        _typename: 'TBranchElement',
        fClassName: 'vector<vector<int> >',
        fID: -1,
      }),
      branch('member', [leaf('member', { fLen: 1 })], {
        _typename: 'TBranchElement',
        fClassName: 'Event',
        fID: 0,
        fStreamerType: 8,
      }),
    );
    const listed = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}[${i}]`);
    expect([...columns.keys()]).toEqual([
      'x',
      ...['point.x', 'point.id'],
      ...listed('fixed', 2),
      ...listed('pt', 3),
      ...listed('many', 8),
      ...listed('vector', 8),
      'member',
    ]);
    expect([...jagged.keys()]).toEqual(['pt', 'many', 'vector']);
    expect(Object.fromEntries(others)).toEqual({
      name: 'text',
      other: 'data in another file, friend.root',
      nested: 'vector<vector<int> >',
    });
    expect(columns.get('point.id')?.leaf).toMatchObject({ kind: 'i4', offset: 4 });
  });

  it('of a class that is split have its members below', () => {
    const member = (name: string) =>
      branch(name, [leaf(name)], {
        _typename: 'TBranchElement',
        fClassName: 'Muon',
        fID: 1,
        fType: 31,
        fStreamerType: 5,
      });
    const muons = branch('muons', [leaf('muons_')], {
      _typename: 'TBranchElement',
      fClassName: 'TClonesArray',
      fType: 3,
      fBranches: { arr: [member('muons.pt'), member('muons.eta')] },
    });
    const { columns, jagged } = columnsOf(muons);
    expect([...jagged.keys()]).toEqual(['muons.pt', 'muons.eta']);
    expect(columns.get('muons_')?.leaf).toMatchObject({ kind: 'i4', jagged: false });
  });

  it.each([
    ['vector<float>', 'f4'],
    ['std::vector<unsigned long long>', 'u8'],
    ['ROOT::VecOps::RVec<Bool_t>', 'u1'],
    ['vector<string>', undefined],
    ['vector<constructor>', undefined],
    ['map<int,int>', undefined],
  ])('%s holds %s', (type, kind) => {
    expect(vectorKind(type)).toBe(kind);
  });
});

describe('BasketReader', () => {
  it('reads jagged entries across baskets, in any pieces', async () => {
    const events = fc.array(fc.array(fc.float({ noNaN: true }), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 20,
    });
    const bytesOf = (values: readonly number[]): Uint8Array => {
      const view = new DataView(new ArrayBuffer(4 * values.length));
      values.forEach((value, i) => {
        view.setFloat32(4 * i, value);
      });
      return new Uint8Array(view.buffer);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(events, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        async (baskets, step) => {
          const rows = baskets.flat();
          let first = 0;
          const starts = baskets.map((part) => {
            first += part.length;
            return first - part.length;
          });
          const pt = branch('pt', [leaf('pt')], {
            fEntryOffsetLen: 100,
            fWriteBasket: baskets.length - 1,
            fBasketEntry: starts,
            fBaskets: { arr: baskets.map((part) => basket(part.map(bytesOf), true)) },
          });
          const place = { branch: pt, kind: 'f4', offset: 0, jagged: true } as const;
          const reader = new BasketReader(fileOf(new Uint8Array(0)), pt);
          for (let row = 0; row < rows.length; row += step) {
            const count = Math.min(step, rows.length - row);
            const outs = [new Float32Array(count), new Float64Array(count)];
            await reader.read(
              row,
              count,
              [
                { leaf: place, index: 0 },
                { leaf: place, index: 2 },
              ],
              outs,
            );
            for (let i = 0; i < count; i++) {
              expect(outs[0][i]).toBe(rows[row + i][0] ?? Number.NaN);
              expect(outs[1][i]).toBe(rows[row + i][2] ?? Number.NaN);
            }
          }
          await expect(reader.read(rows.length, 1, [], [])).rejects.toThrow(
            `branch pt ends after ${rows.length} entries`,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    ['i1', [0x80], -128],
    ['u1', [0x80], 128],
    ['i2', [0xff, 0xfe], -2],
    ['u2', [0xff, 0xfe], 65_534],
    ['i4', [0xff, 0xff, 0xff, 0xfe], -2],
    ['u4', [0xff, 0xff, 0xff, 0xfe], 4_294_967_294],
    ['i8', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe], -2],
    ['u8', [0, 0x20, 0, 0, 0, 0, 0, 0], 2 ** 53],
    ['f4', [0x3f, 0xc0, 0, 0], 1.5],
    ['f8', [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
  ] as const)('reads %s, big-endian', async (kind, bytes, expected) => {
    const x = branch('x', [leaf('x')], { fBaskets: { arr: [basket([Uint8Array.from(bytes)], false)] } });
    const out = new Float64Array(1);
    await new BasketReader(fileOf(new Uint8Array(0)), x).read(
      0,
      1,
      [{ leaf: { branch: x, kind, offset: 0, jagged: false }, index: 0 }],
      [out],
    );
    expect(out[0]).toBe(expected);
  });

  it('tells where a basket should be and is not', async () => {
    const x = branch('x', [leaf('x')], { fWriteBasket: 1, fBasketSeek: [0], fBasketBytes: [80] });
    const reader = new BasketReader(fileOf(new Uint8Array(80)), x);
    await expect(reader.read(0, 1, [], [])).rejects.toThrow(
      'where basket 1 of branch x should begin there is none',
    );
  });
});

describe('pages of an RNTuple', () => {
  /** Bytes of numbers in planes: all first bytes, all second bytes, ... */
  const split = (bytes: Uint8Array, width: number): Uint8Array =>
    Uint8Array.from(
      bytes,
      (_, at) => bytes[(at % (bytes.length / width)) * width + Math.floor(at / (bytes.length / width))],
    );
  const read = (bytes: Uint8Array, coltype: number, count: number, bitsOnStorage: number) => {
    const column = { coltype, bitsOnStorage, fieldId: 0, representationIndex: 0, minValue: -1, maxValue: 1 };
    const page = { numElements: BigInt(count), locator: { size: bytes.length, offset: 0n } };
    return readPages(fileOf(bytes), column, [page, page]);
  };
  const twice = <T>(values: readonly T[]): T[] => [...values, ...values];

  // Written here by the specification's words, from the other end.
  it('undo planes, zigzag and differences', async () => {
    const integers = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), {
      minLength: 1,
      maxLength: 50,
    });
    await fc.assert(
      fc.asyncProperty(integers, async (values) => {
        const count = values.length;
        const zigzag = Uint8Array.from(
          new Uint8Array(Uint32Array.from(values, (x) => (x << 1) ^ (x >> 31)).buffer),
        );
        expect([...(await read(split(zigzag, 4), 0x13, count, 32))]).toEqual(twice(values));
        const wide = BigInt64Array.from(values, (x) => (BigInt(x) << 1n) ^ (BigInt(x) >> 63n));
        expect([...(await read(split(new Uint8Array(wide.buffer), 8), 0x15, count, 64))]).toEqual(
          twice(values),
        );
        const lengths = values.map((x) => Math.abs(x) % 100);
        const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b, 0));
        const steps = new Uint8Array(BigUint64Array.from(lengths, BigInt).buffer);
        expect([...(await read(split(steps, 8), 0x1b, count, 64))]).toEqual(twice(ends));
        const floats = Float32Array.from(values, (x) => x / 3);
        expect([...(await read(split(new Uint8Array(floats.buffer), 4), 0x18, count, 32))]).toEqual(
          twice([...floats]),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('read bits, half precision, and numbers of few bits', async () => {
    expect([...(await read(Uint8Array.of(0b101), 0, 3, 1))]).toEqual([1, 0, 1, 1, 0, 1]);
    // IEEE 754: 0x3c00 = 1, 0xc000 = -2, 0x0001 = 2^-24, 0x7c00 = infinity, 0x7e00 = NaN
    const halves = Uint8Array.of(0, 0x3c, 0, 0xc0, 1, 0, 0, 0x7c, 0, 0x7e);
    expect([...(await read(halves, 0x0b, 5, 16))].slice(0, 5)).toEqual([
      1,
      -2,
      2 ** -24,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ]);
    // 1.5 = 0x3fc00000: its upper 16 bits alone
    expect((await read(Uint8Array.of(0xc0, 0x3f), 0x1c, 1, 16))[0]).toBe(1.5);
    // Four bits over [-1, 1]: 15 is 1, 0 is -1
    expect([...(await read(Uint8Array.of(0x0f), 0x1d, 2, 4))].slice(0, 2)).toEqual([1, -1]);
    await expect(read(Uint8Array.of(0), 0x10, 1, 8)).rejects.toThrow('columns of type 16 hold no numbers');
  });

  it('become columns by the stated rule', () => {
    const field = (fieldName: string, parentFieldId: number, parts = {}) => ({
      fieldName,
      parentFieldId,
      typeName: '',
      structRole: 0,
      arraySize: null,
      ...parts,
    });
    const column = (fieldId: number, coltype: number) => ({
      fieldId,
      coltype,
      bitsOnStorage: 32,
      representationIndex: 0,
      minValue: null,
      maxValue: null,
    });
    const descriptor: NTupleDescriptor = {
      fieldDescriptors: [
        field('x', 0, { typeName: 'float' }),
        field('name', 1, { typeName: 'std::string' }),
        field('pair', 2, { arraySize: 2n, typeName: 'std::array<float,2>' }),
        field('_0', 2, { typeName: 'float' }),
        field('jets', 4, { structRole: 1, typeName: 'std::vector<Jet>' }),
        field('_0', 4, { structRole: 2, typeName: 'Jet' }),
        field('pt', 5, { typeName: 'float' }),
        field('nJets', 7, { typeName: 'ROOT::RNTupleCardinality<std::uint32_t>' }),
      ],
      columnDescriptors: [
        column(0, 0x18),
        column(1, 0x1b),
        column(1, 0x02),
        column(3, 0x18),
        column(4, 0x1b),
        column(6, 0x18),
      ],
      aliasColumns: [{ physicalColumnId: 4, fieldId: 7 }],
      clusterGroups: [],
      clusterSummaries: [],
      pageLocations: [],
    };
    const { columns, jagged, others } = ntupleColumns(descriptor);
    expect([...columns.keys()]).toEqual([
      'x',
      'pair[0]',
      'pair[1]',
      ...Array.from({ length: 8 }, (_, i) => `jets.pt[${i}]`),
      'nJets',
    ]);
    expect(jagged.get('jets.pt')).toEqual({ values: 5, ends: 4, repeat: 1 });
    expect(columns.get('nJets')?.field).toEqual({ values: undefined, ends: 4, repeat: 1 });
    expect([...others]).toEqual([['name', 'std::string']]);
  });
});
