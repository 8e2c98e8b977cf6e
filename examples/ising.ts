// Lattices of the Ising model, sampled by the domain that learns from them, and their magnetisation beside Onsager's and Yang's exact
// one of the infinite lattice, (1 - sinh(2/T)^-4)^(1/8) below the critical temperature and nothing above.
//   npx tsx examples/ising.ts [size] [lattices at each temperature] [run directory]
import { loadDomain, registry, runDomain } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';

const [size = '24', samples = '200', out] = process.argv.slice(2);

// A run that ends when its data are prepared: settings are those of the command line (`deepfield info phases-of-matter`).
const domain = await loadDomain(registry, 'phases-of-matter');
const run = await runDomain(domain, {
  set: [
    'studies=[square]',
    `sizes=[${size}]`,
    'training.networks=1',
    'sampling.temperatures=10',
    `sampling.training=${samples}`,
    'sampling.validation=1',
    'sampling.test=1',
    'sampling.crossing=1',
  ],
  last: 'prepare',
  out,
});

// Columns of a part: spins (Int8, -1 and +1, [L, L]) and temperature (J/kB), row by row.
const part = Object.values(run.parts!)[0] as Dataset;
const sites = Number(size) ** 2;
const spins = part.column('spins').data;
const temperatures = part.column('temperature').data;
const magnetisations = new Map<number, number[]>();
for (const row of part.splits.train) {
  let sum = 0;
  for (const spin of spins.subarray(row * sites, (row + 1) * sites)) sum += spin;
  const known = magnetisations.get(temperatures[row]) ?? [];
  magnetisations.set(temperatures[row], [...known, Math.abs(sum) / sites]);
}

const exact = (t: number): number => Math.max(0, 1 - Math.sinh(2 / t) ** -4) ** (1 / 8);
console.log(`${part.splits.train.length} lattices of L = ${size}, kept in ${run.paths.root}`);
for (const [t, values] of [...magnetisations].sort(([a], [b]) => a - b)) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  console.log(`T = ${t.toFixed(3)}  |m| = ${mean.toFixed(3)}  infinite lattice ${exact(t).toFixed(3)}`);
}
