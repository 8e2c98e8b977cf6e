// Begins a sweep's directory or goes on with the one that is there, if its plan is the same. A plan never changes under its
// runs: other settings want another directory; more trials or seeds of the same want `--extend`.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../core/errors.ts';
import { makeFolder } from '../run-directory/create-run.ts';
import { writeJson } from '../run-directory/json-file.ts';
import { readSweep, type Sweep, type SweepPlan, sweepLayout } from './sweep-plan.ts';

/** What may grow, what follows from that, and what the runs do not depend on. */
const growing = ['trials', 'seeds', 'elements', 'objective'] as const;

/** Who is promoted, and so what is run, depends on the objective. */
const ofHalving = ['objective', 'trials', 'seeds'];

function identity(plan: SweepPlan): Record<string, unknown> {
  const free = growing.filter((key) => plan.halving === undefined || !ofHalving.includes(key));
  return Object.fromEntries(
    Object.entries(plan).filter(([key]) => !(free as readonly string[]).includes(key)),
  );
}

/** The directory of a sweep that names none: the same command finds it again. */
export function defaultFolder(plan: SweepPlan): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(identity(plan)))
    .digest('hex');
  return join('sweeps', plan.domain, hash.slice(0, 8));
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** @throws UserError unless `plan` is `old`, or, with `extend`, more of it */
function requireSame(old: SweepPlan, plan: SweepPlan, root: string, extend: boolean): void {
  const [before, now] = [identity(old), identity(plan)];
  const changed = Object.keys({ folds: 'first', halving: '', ...before, ...now }).find(
    (key) => !isDeepStrictEqual(before[key], now[key]),
  );
  if (changed !== undefined) {
    const values = changed === 'base' ? '' : `: ${shown(before[changed])}, not ${shown(now[changed])}`;
    throw new UserError({
      what: `this sweep has another ${changed === 'base' ? 'set of settings' : changed}${values}`,
      where: root,
      how: 'name a new folder with --out',
    });
  }
  const counts = (p: SweepPlan): string =>
    `${p.trials} trials with ${p.seeds} seed${p.seeds === 1 ? '' : 's'}`;
  if (isDeepStrictEqual(old.elements, plan.elements)) return;
  const next = new Map(plan.elements.map((element) => [element.id, element]));
  const grows = old.elements.every((element) => isDeepStrictEqual(next.get(element.id), element));
  if (grows && extend) return;
  throw new UserError({
    what: `this sweep has ${counts(old)}, not ${counts(plan)}`,
    where: root,
    how: grows
      ? 'add --extend for more of it, or name a new folder with --out'
      : 'name a new folder with --out',
  });
}

/**
 * Writes the plan, or finds that it is the one that is there. The caller holds the sweep's lock.
 *
 * @param options.extend whether more trials or seeds are meant
 * @param options.objective whether the plan's objective replaces the one that is there
 * @throws UserError when the folder holds something else or another plan
 */
export async function openSweep(
  root: string,
  plan: SweepPlan,
  { extend = false, objective = false }: { readonly extend?: boolean; readonly objective?: boolean } = {},
): Promise<Sweep> {
  const paths = sweepLayout(root);
  let kept = plan;
  if (existsSync(paths.plan)) {
    const { plan: old } = await readSweep(root);
    requireSame(old, plan, root, extend);
    if (!objective) kept = { ...plan, objective: old.objective };
    if (!isDeepStrictEqual(kept, old)) await writeJson(paths.plan, kept);
  } else {
    const others = (await readdir(root)).filter((name) => name !== basename(paths.lock));
    if (others.length > 0) {
      throw new UserError({
        what: 'the folder holds something else than a sweep',
        where: `--out ${root}`,
        how: 'name a new folder',
      });
    }
    await writeJson(paths.plan, kept);
  }
  for (const folder of [paths.runs, paths.logs, paths.failures]) await mkdir(folder, { recursive: true });
  return { paths, plan: kept };
}

/** Makes the folder of a sweep, so that its lock can stand in it. */
export const makeSweepFolder = (root: string): Promise<void> => makeFolder(root);
