// The runs of a sweep as a table, a row a run: sweep.csv and sweep.parquet, the same in both.
import { csvField } from '../../../data-adapters/tables/write/csv-field.ts';
import type { Estimate } from '../../../domains/domain.ts';
import type { SweepPlan } from '../sweep-plan.ts';
import type { CollectedElement } from './collect-elements.ts';
import { type SweepSummary, trialFigures } from './trial-summary.ts';

type Cell = string | number | boolean | null;

export interface TableColumn {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'BOOLEAN' | 'STRING';
  readonly cells: readonly Cell[];
}

function typed(name: string, values: readonly unknown[]): TableColumn {
  const known = values.filter((value) => value !== null && value !== undefined);
  if (known.every((value) => typeof value === 'number')) {
    return { name, type: 'DOUBLE', cells: values.map((value) => (value as number | undefined) ?? null) };
  }
  if (known.every((value) => typeof value === 'boolean')) {
    return { name, type: 'BOOLEAN', cells: values.map((value) => (value as boolean | undefined) ?? null) };
  }
  const text = (value: unknown): Cell => {
    if (value === null || value === undefined) return null;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return { name, type: 'STRING', cells: values.map(text) };
}

/** What runs differ in: the parameters, and the budget where there are rungs. */
export const settingPaths = ({ parameters, halving }: SweepPlan): string[] => [
  ...parameters.map(({ path }) => path),
  ...(halving === undefined ? [] : [halving.path]),
];

/** The columns: what the run is, its parameters, its objective, and each figure with its interval. */
export function sweepColumns(plan: SweepPlan, elements: readonly CollectedElement[]): TableColumn[] {
  const all = elements.map(({ state }) => state.element);
  const { metric, network } = plan.objective;
  const ids = [...new Set(elements.flatMap(({ figures }) => figures.map(({ id }) => id)))];
  const figure = (id: string, part: 'value' | 'low' | 'high'): (number | undefined)[] =>
    elements.map(({ figures }) => figures.find((each) => each.id === id)?.[part]);
  return [
    { name: 'run', type: 'STRING', cells: all.map(({ id }) => id) },
    { name: 'trial', type: 'INT32', cells: all.map(({ trial }) => trial) },
    typed(
      'seed',
      all.map(({ seed }) => seed),
    ),
    { name: 'status', type: 'STRING', cells: elements.map(({ state }) => state.status) },
    typed(
      'seconds',
      elements.map(({ seconds }) => seconds),
    ),
    ...(plan.folds === undefined
      ? []
      : [{ name: 'fold', type: 'INT32' as const, cells: all.map(({ fold = null }) => fold) }]),
    ...(plan.halving === undefined
      ? []
      : [{ name: 'rung', type: 'INT32' as const, cells: all.map(({ rung = 1 }) => rung) }]),
    ...settingPaths(plan).map((path) =>
      typed(
        path,
        all.map(({ values }) => values[path]),
      ),
    ),
    typed(
      network === undefined ? metric : `${network}/${metric}`,
      elements.map(({ objective }) => objective),
    ),
    ...ids.flatMap((id) => [
      typed(id, figure(id, 'value')),
      typed(`${id}.low`, figure(id, 'low')),
      typed(`${id}.high`, figure(id, 'high')),
    ]),
  ];
}

export function csvText(columns: readonly TableColumn[]): string {
  const rows = columns[0].cells.map((_, row) =>
    columns.map(({ cells }) => csvField(String(cells[row] ?? ''))).join(','),
  );
  return `${[columns.map(({ name }) => csvField(name)).join(','), ...rows].join('\n')}\n`;
}

export async function parquetBytes(columns: readonly TableColumn[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columnData = columns.map(({ name, type, cells }) => ({
    name,
    type,
    data: [...cells],
    nullable: true,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** A row a trial, best first: parameters, and the mean over its runs of its objective and of each figure, with intervals. */
export function trialColumns(plan: SweepPlan, { ranked }: SweepSummary): TableColumn[] {
  const figures = ranked.map(trialFigures);
  const ids = [...new Set(figures.flatMap((own) => own.map(({ id }) => id)))];
  const interval = (name: string, estimates: readonly (Estimate | undefined)[]): TableColumn[] => [
    typed(
      name,
      estimates.map((estimate) => estimate?.value),
    ),
    typed(
      `${name}.low`,
      estimates.map((estimate) => estimate?.low),
    ),
    typed(
      `${name}.high`,
      estimates.map((estimate) => estimate?.high),
    ),
  ];
  return [
    { name: 'trial', type: 'INT32', cells: ranked.map(({ trial }) => trial) },
    { name: 'runs', type: 'INT32', cells: ranked.map(({ runs }) => runs.length) },
    ...settingPaths(plan).map((path) =>
      typed(
        path,
        ranked.map(({ values }) => values[path]),
      ),
    ),
    ...interval(
      plan.objective.metric,
      ranked.map(({ estimate }) => estimate),
    ),
    ...ids.flatMap((id) =>
      interval(
        id,
        figures.map((own) => own.find((figure) => figure.id === id)),
      ),
    ),
  ];
}
