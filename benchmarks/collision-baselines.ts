// AUC of the house's networks on real collisions, beside tuned LightGBM on the same rows: 70 % to train on, 10 % that decide
// when to stop, 20 % to measure on. Intervals by DeLong; the difference to LightGBM is paired.
//
//   npx tsx benchmarks/collision-baselines.ts <table.csv.gz> higgs|susy [--groups low,high,complete] [--networks standard]
//     (DEEPFIELD_PYTHON names a Python with lightgbm; SEED=1, THREADS=1 by default)
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { areaDifference, areaInterval, deLong } from '../core/metrics/delong.ts';
import { lowLevelCount } from '../domains/exotic-particles/features/uci-units.ts';
import type { Architecture } from '../domains/exotic-particles/networks/architecture.ts';
import { architectures } from '../domains/exotic-particles/networks/architectures.ts';
import { adamRecipe, paperRecipe, type Recipe } from '../domains/exotic-particles/networks/recipes.ts';
import { standardNetwork } from '../domains/exotic-particles/networks/standard-network.ts';
import { fewEvents, manyEvents } from '../domains/exotic-particles/networks/standard-settings.ts';
import type { StandardisationRule } from '../domains/exotic-particles/networks/standardisation.ts';
import { type CollisionRows, readCollisions, rowsOf } from './collision-rows.ts';
import { trainAndScore } from './collision-training.ts';
import { Peer } from './peer.ts';

const seed = Number(process.env.SEED ?? 1);
const threads = Number(process.env.THREADS ?? 1);
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    groups: { type: 'string', default: 'low,high,complete' },
    networks: { type: 'string', default: 'standard' },
  },
});
const [path, name] = positionals;
if (path === undefined || (name !== 'higgs' && name !== 'susy')) {
  console.error('usage: collision-baselines.ts <table.csv.gz> higgs|susy [--groups ...] [--networks ...]');
  process.exit(2);
}
const problem = name;

interface Candidate {
  readonly architecture: Architecture;
  readonly recipe: Recipe;
  readonly rule: StandardisationRule;
}

const settings = { higgs: manyEvents, susy: fewEvents }[problem];

/** Passes of the paper's recipe here: what a few minutes allow of its 200. */
const fewPasses = 25;

const candidates: Readonly<Record<string, Candidate>> = {
  // Without hidden layers a large step size is what arrives in so few passes.
  logistic: {
    architecture: architectures.logistic,
    recipe: adamRecipe({ learningRate: 0.05 }),
    rule: 'authors',
  },
  shallow: { architecture: architectures.shallow, recipe: adamRecipe(), rule: 'authors' },
  deep: { architecture: architectures.deep, recipe: adamRecipe({ learningRate: 5e-4 }), rule: 'authors' },
  'deep, paper': {
    architecture: architectures.deep,
    recipe: paperRecipe({ epochs: fewPasses }),
    rule: 'authors',
  },
  // What is left without knowing which columns are momenta.
  'standard, plain': {
    architecture: standardNetwork({ ...settings.network, invariants: false }),
    recipe: settings.recipe,
    rule: 'logarithmic',
  },
  standard: {
    architecture: standardNetwork(settings.network),
    recipe: settings.recipe,
    rule: 'logarithmic',
  },
  'ensemble of 3': {
    architecture: standardNetwork({ ...settings.network, members: 3 }),
    recipe: settings.recipe,
    rule: 'logarithmic',
  },
};

const wanted = values.networks.split(/,(?! )/);
const unknown = wanted.find((network) => !(network in candidates));
if (unknown !== undefined) {
  console.error(`no network ${unknown}; there are: ${Object.keys(candidates).join('; ')}`);
  process.exit(2);
}

/** Rows with the label first, as the peer reads them. */
function writeRows(file: string, rows: CollisionRows, some: Uint32Array): void {
  const { features, label } = rowsOf(rows, some);
  const width = rows.columns + 1;
  const table = new Float32Array(some.length * width);
  label.forEach((value, row) => {
    table[row * width] = value;
    table.set(features.subarray(row * rows.columns, (row + 1) * rows.columns), row * width + 1);
  });
  writeFileSync(file, new Uint8Array(table.buffer));
}

const folder = mkdtempSync(join(tmpdir(), 'collision-baselines-'));
const peer = await Peer.start('boosted_trees.py');
console.log(peer ? `peer: ${peer.version}` : 'LightGBM is not installed here (DEEPFIELD_PYTHON)');
try {
  const rows = readCollisions(path, problem);
  const label = rowsOf(rows, rows.test).label;
  console.log(
    `${problem}: ${rows.train.length} rows to train on, ${rows.validation.length} to stop by, ${rows.test.length} to measure on; seed ${seed}`,
  );
  const files = { train: '', validation: '', test: '' };
  for (const part of ['train', 'validation', 'test'] as const) {
    files[part] = join(folder, part);
    writeRows(files[part], rows, rows[part]);
  }
  const low = lowLevelCount[problem];
  const ranges: Readonly<Record<string, readonly [number, number]>> = {
    low: [0, low],
    high: [low, rows.columns],
    complete: [0, rows.columns],
  };
  for (const group of values.groups.split(',')) {
    const [from, to] = ranges[group];
    const scores = join(folder, 'scores');
    let trees: Float32Array | undefined;
    if (peer) {
      const question = { ...files, scores, problem, columns: rows.columns, from, to };
      const { rounds } = JSON.parse(await peer.ask(JSON.stringify(question)));
      trees = new Float32Array(new Uint8Array(readFileSync(scores)).buffer);
      const { value, low: least, high: most } = areaInterval(deLong([trees], label));
      console.log(
        `${group.padEnd(9)} ${'LightGBM'.padEnd(16)} ${value.toFixed(4)} [${least.toFixed(4)}, ${most.toFixed(4)}]  ${rounds} rounds`,
      );
    }
    for (const network of wanted) {
      const result = await trainAndScore({ rows, problem, from, to, ...candidates[network], seed, threads });
      const both = deLong(trees ? [result.test, trees] : [result.test], label);
      const { value, low: least, high: most } = areaInterval(both);
      const apart = trees ? areaDifference(both, 0, 1) : undefined;
      const difference = apart
        ? `${apart.value >= 0 ? '+' : ''}${apart.value.toFixed(4)} [${apart.low.toFixed(4)}, ${apart.high.toFixed(4)}] `
        : '';
      console.log(
        `${group.padEnd(9)} ${network.padEnd(16)} ${value.toFixed(4)} [${least.toFixed(4)}, ${most.toFixed(4)}]  ${difference} validation ${result.auc.toFixed(4)}, pass ${result.pass}, ${result.seconds.toFixed(0)} s`,
      );
    }
  }
} finally {
  peer?.stop();
  rmSync(folder, { recursive: true });
}
