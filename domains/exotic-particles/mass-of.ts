// The derived mass of a search: where it stands among the columns, in GeV.
import type { StoredRows } from '../../data-adapters/stored/stored-rows.ts';
import type { MassSculpting } from './curves.ts';
import type { ScoredClass } from './cut.ts';
import { observerColumn } from './event-columns.ts';
import { massSculpting } from './mass-sculpting.ts';
import { featuresOf, type Problem } from './problems.ts';

/** Values of the mass of every event, from the features or from the observers. */
async function massValues(
  problem: Problem,
  name: string,
  rows: StoredRows,
): Promise<Float64Array | undefined> {
  const values = new Float64Array(rows.length);
  const names = featuresOf(problem);
  const place = names.indexOf(name);
  if (place < 0) {
    const column = await rows.column(observerColumn(name)).catch(() => undefined);
    return column === undefined ? undefined : Float64Array.from(column);
  }
  const { scale = 1, offset = 0 } = problem.units?.[place] ?? {};
  let at = 0;
  for await (const { size, columns } of rows.blocks(['features'])) {
    const { data } = columns.features;
    for (let i = 0; i < size; i++) values[at + i] = scale * data[i * names.length + place] + offset;
    at += size;
  }
  return values;
}

/** Scores above which the given shares of the background lie. */
function thresholdsOf({ scores, label }: ScoredClass, shares: readonly number[]): number[] {
  const background = scores.filter((_, i) => label[i] === 0).sort();
  return shares.map((share) => background[Math.floor((1 - share) * (background.length - 1))]);
}

/** Histograms of the background's mass without a cut, with the chosen one, and with one that keeps a tenth. */
export async function massOf(
  problem: Problem,
  rows: StoredRows,
  events: ScoredClass,
  threshold: number,
): Promise<{ mass?: MassSculpting }> {
  if (problem.mass === undefined) return {};
  const mass = await massValues(problem, problem.mass, rows);
  if (mass === undefined) return {};
  const [half, tenth] = thresholdsOf(events, [0.5, 0.1]);
  const sculpting = massSculpting({
    ...events,
    name: problem.mass,
    unit: problem.units === undefined && problem.name !== 'atlas' ? '' : 'GeV',
    mass,
    thresholds: [
      { cut: 'half', threshold: half },
      { cut: 'a tenth', threshold: tenth },
      { cut: 'the chosen cut', threshold },
    ],
  });
  return sculpting === undefined ? {} : { mass: sculpting };
}
