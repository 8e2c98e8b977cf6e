// Somebody's events: any table, in one pass to disk.
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import { type EventTable, prepareEvents } from '../../data-adapters/exotic-particles/prepare-events.ts';
import { describeFile } from '../../data-adapters/formats/source-file.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import { isUnnamed, openTable, splitObject, type Table } from '../../data-adapters/tables/index.ts';
import type { OpenContext } from '../domain.ts';
import type { CollisionsConfig } from './config.ts';
import { eventColumns, observerColumn } from './event-columns.ts';
import type { Problem } from './problems.ts';
import { mappingOf, recogniseProblem } from './source-problem.ts';

/** A table with the columns of its layout: named by the layout where the file has no header. */
async function named(path: string, table: Table, fileColumns: readonly string[] | undefined): Promise<Table> {
  return isUnnamed(table.columns) && fileColumns !== undefined
    ? openTable(path, { names: fileColumns })
    : table;
}

async function tablesOf(
  source: string,
  config: CollisionsConfig,
): Promise<{ problem: Problem; tables: EventTable[] }> {
  const { signalTree, backgroundTree } = config.source;
  if ((signalTree === '') !== (backgroundTree === '')) {
    throw new UserError({
      what: 'one class has a tree and the other has none',
      where: 'source.signalTree, source.backgroundTree',
      how: 'name both',
    });
  }
  if (signalTree === '') {
    const table = await openTable(source);
    const recognised = recogniseProblem(table.columns, config, source, true);
    const { problem } = recognised;
    if (problem.mapping.label === undefined) {
      throw new UserError({
        what: 'no column holds the label',
        where: 'source.label',
        how: 'name the column that tells signal from background',
      });
    }
    const mapping = mappingOf(recognised, config);
    return { problem, tables: [{ mapping, table: await named(source, table, problem.fileColumns) }] };
  }
  const [signal, background] = await Promise.all(
    [signalTree, backgroundTree].map((tree) => openTable(`${source}:${tree}`)),
  );
  const recognised = recogniseProblem(signal.columns, config, source, false);
  const { problem } = recognised;
  const { label: _, ...mapping } = mappingOf(recognised, config);
  return {
    problem,
    tables: [
      { table: signal, mapping, label: 1 },
      { table: background, mapping, label: 0 },
    ],
  };
}

const counted = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}`;

/** One part, named after the search. @throws UserError */
export async function open(
  source: string,
  context: OpenContext<CollisionsConfig>,
): Promise<Parts<StoredDataset>> {
  const { config, threads, progress, signal, purpose, folder } = context;
  const { problem, tables } = await tablesOf(source, config);
  const { split, training, validation, observers, cuts, folds, fold } = config.source;
  if (split === 'order' && tables.length > 1) {
    throw new UserError({
      what: 'a split by order would leave one class without training events',
      where: 'source.split',
      how: 'use source.split=hash where classes have trees of their own',
    });
  }
  const [{ mapping }] = tables;
  const rejectedPath = join(folder, `${problem.name}.rejected.csv`);
  const writer = await context.openPart(problem.name, eventColumns(mapping.features.length, observers));
  const counts = await prepareEvents({
    tables,
    splits:
      purpose === 'evaluation'
        ? { by: 'hash', training: 0, validation: 0 }
        : { by: split, training, validation, folds: { folds, fold } },
    writer,
    observerColumn,
    rejectedPath,
    threads,
    progress,
    signal,
  });
  const splitNote =
    split === 'hash'
      ? 'split by a hash of the features, so that copies of an event stay together'
      : 'split in the order of the file';
  const dataset = await writer.finish({
    kind: 'files',
    source,
    files: [await describeFile(splitObject(source).file)],
    notes: [
      counted(counts.read, 'rows read'),
      ...(cuts.length > 0 ? [`${counted(counts.cutAway, 'rows cut away')} by ${cuts.join('; ')}`] : []),
      ...(counts.rejected > 0
        ? [`${counted(counts.rejected, 'rows rejected')}, listed in ${rejectedPath}`]
        : []),
      ...(purpose === 'evaluation' ? [] : [splitNote]),
    ],
  });
  if (counts.rejected > 0) {
    context.log(
      `${counted(counts.rejected, 'of')} ${counted(counts.read, 'rows rejected')}: see ${rejectedPath}`,
    );
  }
  if (purpose === 'training') requireSplits(dataset, source);
  return { [problem.name]: dataset };
}

function requireSplits({ splits }: StoredDataset, where: string): void {
  for (const [name, setting] of [
    ['train', 'source.training'],
    ['validation', 'source.validation'],
    ['test', 'source.training and source.validation'],
  ] as const) {
    if (splits[name].length > 0) continue;
    throw new UserError({ what: `no event is left for the split ${name}`, where, how: `change ${setting}` });
  }
}
