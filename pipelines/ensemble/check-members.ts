// Whether runs can be one ensemble: of one domain, trained, and such that none of them learnt from the rows that the ensemble is
// tested on, which are those of the first: they have the same ones, or data that were simulated apart.
import { createHash } from 'node:crypto';
import { UserError } from '../../core/errors.ts';
import { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { EnsembleRule } from '../../domains/ensemble.ts';
import { preparedParts } from '../stages/prepare.ts';
import { type Run, requireStage } from '../stages/run.ts';

const refuse = (what: string, { paths }: Run, { paths: other }: Run, how: string): UserError =>
  new UserError({ what, where: `${other.root} and ${paths.root}`, how });

interface TestRows {
  /** SHA-256 of every part's, as one text. */
  readonly hashes: string;
  /** Whether all were simulated. */
  readonly simulated: boolean;
}

async function testRows(run: Run): Promise<TestRows> {
  const hashes: Record<string, string> = {};
  const parts = Object.entries(await preparedParts(run));
  for (const [name, part] of parts) {
    if (part instanceof StoredDataset) {
      hashes[name] = part.record.files.test.sha256;
      continue;
    }
    const hash = createHash('sha256');
    const { size, columns } = part.take(part.splits.test);
    hash.update(`${size}`);
    for (const [column, { data, shape }] of Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(`${column} ${data.constructor.name} ${shape}`);
      hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    hashes[name] = hash.digest('hex');
  }
  // They are read again where they are needed: those of many runs may be larger than memory.
  run.parts = undefined;
  const simulated = parts.every(([, { provenance }]) => provenance.kind === 'simulated');
  return { hashes: JSON.stringify(hashes), simulated };
}

/**
 * @returns the domain's rule
 * @throws UserError naming two runs that do not go together, or what the domain does not say
 */
export async function checkMembers(runs: readonly Run[], signal: AbortSignal): Promise<EnsembleRule> {
  const [first, ...others] = runs;
  for (const run of others) {
    const [a, b] = [first.domain.name, run.domain.name];
    if (a !== b) throw refuse(`a run of ${a} and one of ${b}`, run, first, 'name runs of one domain');
  }
  const { name, ensemble } = first.domain;
  if (ensemble === undefined) {
    throw new UserError({
      what: `${name} does not say how the answers of its networks are averaged`,
      where: first.paths.root,
      how: 'serve the best run by itself',
    });
  }
  for (const run of runs) requireStage(run, 'train');
  const tests = await testRows(first);
  for (const run of others) {
    signal.throwIfAborted();
    const own = await testRows(run);
    if (own.hashes === tests.hashes) continue;
    const seeds = run.status.seed !== first.status.seed;
    if (seeds && ensemble.acrossSeeds && own.simulated && tests.simulated) continue;
    throw refuse(
      'they are tested on different rows, some of which the other may have learnt from',
      run,
      first,
      seeds
        ? 'take runs of one seed, which divides the data: "deepfield sweep --trials"'
        : 'take runs of the same data and split',
    );
  }
  return ensemble;
}
