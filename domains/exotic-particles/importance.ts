// How much area the leading classifier loses when the values of a feature, or of a group of features, are dealt anew among
// the events.
import { permutationImportance } from '../../core/metrics/permutation-importance.ts';
import { rocArea } from '../../core/metrics/roc.ts';
import type { StoredRows } from '../../data-adapters/stored/stored-rows.ts';
import type { EvaluateContext } from '../domain.ts';
import type { Classifier } from './classifiers.ts';
import type { CollisionsConfig } from './config.ts';
import type { ImportanceBar } from './curves.ts';
import { featureRange, featuresOf, type Problem } from './problems.ts';
import { scoreTogether } from './scored-events.ts';

const range = ([from, to]: readonly [number, number]): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

/** Features whose names differ only in the particle: `lepton_pT` and `lepton_eta` belong to `lepton`. */
function particlesOf(names: readonly string[], members: readonly number[]): Record<string, number[]> {
  const groups: Record<string, number[]> = {};
  for (const i of members) {
    const particle = names[i].replace(/_(p[tT]|eta|phi|b_tag|magnitude)$/, '');
    groups[particle] = [...(groups[particle] ?? []), i];
  }
  return Object.fromEntries(Object.entries(groups).filter(([, columns]) => columns.length > 1));
}

export async function importanceOf(
  problem: Problem,
  leading: Classifier,
  rows: StoredRows,
  { config, models, random }: EvaluateContext<CollisionsConfig>,
): Promise<ImportanceBar[]> {
  const { events, repeats } = config.importance;
  if (events === 0) return [];
  const { columns } = await rows.sample(events, ['features', 'label', 'weight']);
  const names = featuresOf(problem);
  const label = columns.label.data;
  const seen = range(featureRange(problem, leading.group));
  const both = problem.low.length > 0 && problem.high.length > 0 && leading.group === 'complete';
  const groups = {
    ...particlesOf(names, seen),
    ...(both
      ? {
          'all low-level features': range(featureRange(problem, 'low')),
          'all high-level features': range(featureRange(problem, 'high')),
        }
      : {}),
  };
  const single = Object.fromEntries(seen.map((i) => [names[i], [i]]));
  const importanceBy = (wanted: Record<string, number[]>) =>
    permutationImportance({
      inputs: columns.features.data as Float32Array,
      columns: names.length,
      groups: wanted,
      score: (inputs) => scoreTogether(inputs, names.length, leading.ids, models),
      figure: (scores) => rocArea(scores, label, columns.weight.data),
      random: random.split('importance', problem.name),
      repeats,
    });
  const bars = async (of: ImportanceBar['of'], wanted: Record<string, number[]>): Promise<ImportanceBar[]> =>
    (await importanceBy(wanted)).map((bar) => ({ of, ...bar }));
  return [...(await bars('feature', single)), ...(await bars('group', groups))];
}
