// ROOT files of others, where they are present (../shared/data; SOURCES.md there says whose they are).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable, readEvents } from '../../../data-adapters/tables/index.ts';
import { answer, damage, trials } from '../formats/damage.ts';
import { readWhole, scratch } from './table-fixtures.ts';

const data = fileURLToPath(new URL('../../../../shared/data/exotic-particles', import.meta.url));
const root = `${data}/root`;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + (Number.isNaN(b) ? 0 : b), 0);
const present = (values: readonly number[]): number => values.filter((value) => !Number.isNaN(value)).length;
const file = scratch();

type Entry = Readonly<Record<string, number | bigint | boolean | ArrayLike<number | bigint | boolean>>>;

/** The entries of a tree by jsroot's TTree::Process, which shares no code with ours but the unpacking. */
async function byJsroot(path: string, tree: string, branches: readonly string[]): Promise<Entry[]> {
  const { openFile } = await import('jsroot/io');
  const { treeProcess, TSelector } = await import('jsroot/tree');
  const entries: Entry[] = [];
  const selector = new TSelector();
  for (const branch of branches) selector.addBranch(branch, branch);
  selector.Process = () => entries.push(structuredClone(selector.tgtobj));
  await treeProcess(await (await openFile(path)).readObject(tree), selector);
  return entries;
}

describe.skipIf(!existsSync(root))(`ROOT files (skipped without ${root})`, () => {
  it.each(['', '-zstd', '-lz4', '-lzma', '-uncompressed'])(
    'Zmumu%s: 2,304 events, the same in all compressions',
    async (name) => {
      const table = await openTable(`${root}/uproot-Zmumu${name}.root`);
      expect([table.size, table.columns.length]).toEqual([2304, 19]);
      const { columns } = await readWhole(table);
      // uproot's documentation prints px1 of the first events.
      expect(columns.px1.slice(0, 3)).toEqual([-41.1952876442, 35.1180497674, 35.1180497674]);
      // M^2 = (E1 + E2)^2 - (p1 + p2)^2, an identity of the file that ties nine branches together.
      for (let row = 0; row < 2304; row++) {
        const of = (part: string) => columns[`${part}1`][row] + columns[`${part}2`][row];
        const mass = Math.sqrt(of('E') ** 2 - of('px') ** 2 - of('py') ** 2 - of('pz') ** 2);
        expect(Math.abs(columns.M[row] - mass)).toBeLessThan(1e-6 * mass);
      }
    },
  );

  it('HZZ: jagged branches agree with their counters', async () => {
    const table = await openTable(`${root}/uproot-HZZ.root`);
    const { columns } = await readWhole(table);
    expect(table.size).toBe(2421);
    expect(table.arrays).toContain('Jet_Px');
    columns.NJet.forEach((jets, row) => {
      for (let i = 0; i < 5; i++) expect(Number.isNaN(columns[`Jet_Px[${i}]`][row])).toBe(i >= jets);
    });
    // Any other element may be asked for.
    expect(present((await readWhole(table, { columns: ['Jet_Px[12]'] })).columns['Jet_Px[12]'])).toBe(0);
    await expect(readWhole(table, { columns: ['Jet_Px'] })).rejects.toThrow(
      'branch Jet_Px is an array; ask for its elements: Jet_Px[0], Jet_Px[1], ...',
    );
    await expect(readWhole(table, { columns: ['Jet_Pxx[0]'] })).rejects.toThrow(
      'events: has no branch Jet_Pxx[0]; did you mean Jet_Px[0]',
    );
  });

  it('HZZ as events: any element of a jagged branch in features, cuts and derived variables', async () => {
    const table = await openTable(`${root}/uproot-HZZ.root`);
    const mapping = {
      features: ['pt', 'Jet_Px[9]'],
      derived: { pt: 'hypot(Jet_Px[0], Jet_Py[0])' },
      cuts: ['NJet >= 1', 'missing(Jet_Px[9])'],
      weight: 'EventWeight',
      missing: [],
    };
    const whole = await readWhole(table, { columns: ['NJet', 'Jet_Px[0]', 'Jet_Py[0]', 'EventWeight'] });
    const rows = [...whole.columns.NJet.keys()].filter((row) => whole.columns.NJet[row] >= 1);
    let seen = 0;
    for await (const { features, weight, cutAway, rejected, rowNumbers } of readEvents(table, mapping)) {
      expect([...rowNumbers]).toEqual(rows.map((row) => row + 1));
      expect([cutAway, rejected]).toEqual([2421 - rows.length, []]);
      rows.forEach((row, i) => {
        const pt = Math.hypot(whole.columns['Jet_Px[0]'][row], whole.columns['Jet_Py[0]'][row]);
        expect([features[2 * i], features[2 * i + 1]]).toEqual([Math.fround(pt), Number.NaN]);
        expect(weight[i]).toBe(whole.columns.EventWeight[row]);
      });
      seen += 1;
    }
    expect(seen).toBe(1);
  });

  it.each(['zlib', 'lz4', 'lzma', 'uncompressed'])(
    'sample (%s): every kind of leaf as jsroot itself reads it, entry by entry',
    async (name) => {
      const path = `${root}/uproot-sample-6.20.04-${name}.root`;
      const kinds = [
        'b',
        ...['i', 'u'].flatMap((sign) => [1, 2, 4, 8].map((n) => `${sign}${n}`)),
        'f4',
        'f8',
      ];
      // jsroot takes an array of signed bytes for a text; here they hold the numbers of their wider kin.
      const branches = kinds.flatMap((kind) => (kind === 'i1' ? [kind] : [kind, `a${kind}`, `A${kind}`]));
      const entries = await byJsroot(path, 'sample', branches);
      const table = await openTable(path);
      const { columns } = await readWhole(table);
      expect([entries.length, columns.n.length]).toEqual([30, 30]);
      entries.forEach((entry, row) => {
        for (const branch of branches) {
          const value = entry[branch];
          if (Object.hasOwn(columns, branch)) expect(columns[branch][row]).toBe(Number(value));
          else {
            const elements = Object.keys(columns).filter((column) => column.startsWith(`${branch}[`));
            expect(elements.length).toBe(branch.startsWith('a') ? 3 : 4);
            elements.forEach((column, j) => {
              expect(columns[column][row]).toBe(Number((value as ArrayLike<number>)?.[j] ?? Number.NaN));
            });
          }
        }
      });
      for (let j = 0; j < 3; j++) {
        expect(columns[`ai1[${j}]`]).toEqual(columns[`ai2[${j}]`]);
        expect(columns[`Ai1[${j}]`]).toEqual(columns[`Ai2[${j}]`]);
      }
      await expect(readWhole(table, { columns: ['str'] })).rejects.toThrow(
        'branch str holds text, not single numbers',
      );
    },
  );

  it('NanoAOD: 947 branches whose baskets lie in the tree', async () => {
    const table = await openTable(`${root}/nanoAOD_2015_CMS_Open_Data_ttbar.root`);
    const wanted = [
      'nJet',
      'run',
      'event',
      'HLT_Mu50',
      ...Array.from({ length: 12 }, (_, i) => `Jet_pt[${i}]`),
    ];
    const { columns } = await readWhole(table, { columns: wanted });
    expect(columns.nJet.length).toBe(200);
    columns.nJet.forEach((jets, row) => {
      const pts = Array.from({ length: 12 }, (_, i) => columns[`Jet_pt[${i}]`][row]);
      expect(present(pts)).toBe(jets);
      // Jets stand in falling order of pt.
      for (let i = 1; i < jets; i++) expect(pts[i]).toBeLessThanOrEqual(pts[i - 1]);
    });
    expect(new Set(columns.run)).toEqual(new Set([1]));
  });

  it('std::vector and nested directories', async () => {
    const table = await openTable(`${root}/uproot-stl_containers.root`);
    // uproot's tests: vector_int32 is [1], [1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5].
    const { columns } = await readWhole(table);
    for (let j = 0; j < 8; j++) {
      expect(columns[`vector_int32[${j}]`]).toEqual(
        [0, 1, 2, 3, 4].map((row) => (j <= row ? j + 1 : Number.NaN)),
      );
    }
    await expect(readWhole(table, { columns: ['vector_vector_int32[0]'] })).rejects.toThrow(
      'branch vector_vector_int32 holds vector<vector<int> >, not single numbers',
    );
    const nested = `${root}/uproot-nesteddirs.root`;
    await expect(openTable(nested)).rejects.toThrow(`holds 3 trees (one/two/tree, one/tree, three/tree)`);
    await expect(openTable(`${nested}:one/two/three`)).rejects.toThrow('did you mean one/two/tree?');
    const { columns: inner } = await readWhole(await openTable(`${nested}:one/two/tree`));
    expect(inner.Int32).toEqual(Array.from({ length: 100 }, (_, i) => i));
    inner.N.forEach((n, row) => {
      for (let j = 0; j < 8; j++) expect(inner[`SliceInt32[${j}]`][row]).toBe(j < n ? row : Number.NaN);
    });
  });

  it('RNTuples, with projected fields', async () => {
    const muons = await openTable(`${root}/Run2012BC_DoubleMuParked_Muons_1000evts_rntuple_v1-0-0-0.root`);
    const { columns } = await readWhole(muons);
    expect(muons.size).toBe(1000);
    columns.nMuon.forEach((n, row) => {
      for (let i = 0; i < 8; i++) expect(Number.isNaN(columns[`Muon_pt[${i}]`][row])).toBe(i >= n);
      if (n > 0) expect(columns['Muon_pt[0]'][row]).toBeGreaterThan(0);
    });
    for (const charge of columns['Muon_charge[0]'])
      expect(Number.isNaN(charge) || Math.abs(charge) === 1).toBe(true);
    const mass = columns['Muon_mass[0]'].filter((value) => !Number.isNaN(value));
    for (const value of mass) expect(value).toBeCloseTo(0.10565837, 6); // GeV, the muon's (PDG)
    const simple = await readWhole(await openTable(`${root}/test_int_float_rntuple_v1-0-0-0.root`));
    // scikit-hep-testdata: 9, 8, ..., 0 and 9.9, 8.8, ..., 0.
    expect(simple.columns.one_integers).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(simple.columns.two_floats).toEqual(
      [9.9, 8.8, 7.7, 6.6, 5.5, 4.4, 3.3, 2.2, 1.1, 0].map(Math.fround),
    );
  });

  it('HIGGS: entries of the basket within the tree are not lost', async () => {
    const path = `${root}/tmva_Higgs_data.root`;
    await expect(openTable(path)).rejects.toThrow('name one:');
    const table = await openTable(`${path}:sig_tree`);
    const { columns } = await readWhole(table);
    expect(columns.lepton_pT.length).toBe(10_000);
    // W -> l nu: m_lv of the UCI set is scaled to about 1 for the W mass, so it is positive, and its median near 1.
    const masses = columns.m_lv.toSorted((a, b) => a - b);
    expect(masses[0]).toBeGreaterThan(0);
    expect(Math.abs(masses[5000] - 1)).toBeLessThan(0.02);
    // UCI's b-tags take three values in each jet.
    expect(new Set(columns.jet1_btag).size).toBe(3);
    expect(sum(columns.jet1_btag)).toBeGreaterThan(0);
  });

  it('a truncated basket, and any other damage, is one clear line', async () => {
    const good = readFileSync(`${root}/tmva_Higgs_data.root`);
    const path = file('damaged.root');
    // Zeros where a basket was: the file's end, with its keys, is whole.
    writeFileSync(path, Buffer.from(good).fill(0, 20_000, 40_000));
    const table = await openTable(`${path}:sig_tree`);
    await expect(readWhole(table)).rejects.toThrow(
      /^.*damaged\.root:sig_tree: is damaged or truncated after row 0 \(ROOT: .*copy or download it again$/,
    );
    writeFileSync(path, good.subarray(0, 1_000_000));
    await expect(openTable(path)).rejects.toThrow('is damaged or truncated (ROOT: ');
  });

  it.each(['uproot-simple.root', 'test_int_float_rntuple_v1-0-0-0.root'])(
    'damaged %s is read or refused, nothing else',
    async (name) => {
      const path = file(name);
      await fc.assert(
        fc.asyncProperty(damage(readFileSync(`${root}/${name}`)), async (bytes) => {
          writeFileSync(path, bytes);
          await answer(async () => readWhole(await openTable(path)));
        }),
        trials(100),
      );
    },
  );
});

describe.skipIf(!existsSync(data))(`tables of other formats (skipped without ${data})`, () => {
  it('FAIR-Universe: 1,000 rows of Parquet, missing values where there is no jet', async () => {
    const table = await openTable(`${data}/fair_universe/FAIR_Universe_HiggsML_data.parquet`);
    const columns = table.columns.filter((name) => name !== 'detailed_labels');
    const { columns: values } = await readWhole(table, { columns });
    expect(values.labels.length).toBe(1000);
    expect(new Set(values.labels)).toEqual(new Set([0, 1]));
    values.PRI_n_jets.forEach((jets, row) => {
      if (jets < 1) expect([-25, Number.NaN]).toContain(values.PRI_jet_leading_pt[row]);
      else expect(values.PRI_jet_leading_pt[row]).toBeGreaterThan(0);
    });
  });

  it('the UCI and ATLAS texts, gzipped', async () => {
    const higgs = await openTable(`${data}/higgs_uci_train_pool.csv.gz`);
    const { columns, bad } = await readWhole(higgs, { columns: ['column_1', 'column_2'] });
    // SOURCES.md: 57,953 rows, 0.5193 of them signal.
    expect([columns.column_1.length, bad.length]).toEqual([57_953, 0]);
    expect(sum(columns.column_1) / 57_953).toBeCloseTo(0.5193, 4);
    const atlas = await openTable(`${data}/atlas_higgsml/atlas_higgsml_10k.csv.gz`);
    const { columns: events } = await readWhole(atlas, {
      columns: ['Label', 'Weight'],
      codes: { Label: { s: 1, b: 0 } },
    });
    // SOURCES.md: 4,999 s and 4,999 b.
    expect([events.Label.length, sum(events.Label)]).toEqual([9998, 4999]);
  });
});
