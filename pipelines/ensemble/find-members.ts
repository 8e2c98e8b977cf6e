// Which runs an ensemble is made of: those that were named, and of a sweep the best by validation, with all their seeds.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Registry } from '../../domains/registry.ts';
import { loadDomain } from '../load-domain.ts';
import { findRun } from '../run-directory/find-run.ts';
import type { RunLayout } from '../run-directory/layout.ts';
import { collectElements } from '../sweep/collect/collect-elements.ts';
import { summarise } from '../sweep/collect/trial-summary.ts';
import { elementRun, readSweep, sweepLayout } from '../sweep/sweep-plan.ts';

export interface FoundMember {
  readonly paths: RunLayout;
  /** What a sweep's run was chosen by. */
  readonly objective?: number;
}

/** All runs of the best trials of a sweep. */
async function membersOfSweep(root: string, best: number, registry: Registry): Promise<FoundMember[]> {
  const sweep = await readSweep(root);
  if (sweep.plan.folds !== undefined) {
    throw new UserError({
      what: 'runs of a cross-validation are tested on different rows, so that nothing is left to measure their ensemble on',
      where: root,
      how: 'sweep without --folds',
    });
  }
  const { elements, mistake } = await collectElements(sweep, await loadDomain(registry, sweep.plan.domain));
  if (mistake !== undefined) throw mistake;
  const { ranked } = summarise(elements, sweep.plan.objective);
  if (ranked.length < best) {
    throw new UserError({
      what: `${ranked.length} trials are finished with all their seeds, not ${best}`,
      where: `--best ${best}`,
      how: 'lower it, or go on with the sweep',
    });
  }
  return ranked.slice(0, best).flatMap(({ runs }) =>
    runs.map(({ state, objective }) => ({
      paths: elementRun(sweep, state.element),
      ...(objective !== undefined && { objective }),
    })),
  );
}

/**
 * @param names runs, as everywhere, and directories of sweeps
 * @param best how many trials of each sweep
 * @throws UserError when something is neither, or stands there twice
 */
export async function findMembers(
  names: readonly string[],
  best: number | undefined,
  registry: Registry,
): Promise<FoundMember[]> {
  const isSweep = (name: string): boolean => existsSync(sweepLayout(name).plan);
  if (best !== undefined && !names.some(isSweep)) {
    throw new UserError({
      what: 'there is no sweep to take the best of',
      where: '--best',
      how: 'name its directory',
    });
  }
  const found: FoundMember[] = [];
  for (const name of names) {
    if (isSweep(name)) found.push(...(await membersOfSweep(name, best ?? 1, registry)));
    else found.push({ paths: await findRun(name) });
  }
  const roots = found.map(({ paths }) => resolve(paths.root));
  const twice = roots.find((root, i) => roots.indexOf(root) < i);
  if (twice !== undefined)
    throw new UserError({ what: 'stands there twice', where: twice, how: 'name it once' });
  if (found.length > 1) return found;
  throw new UserError({
    what: `one run is no ensemble: ${found[0].paths.root}`,
    how: names.some(isSweep) ? 'take more trials with --best 5' : 'name more runs, or a sweep with --best 5',
  });
}
