// What a path is to this domain: a table whose columns are those of one of the published searches.

import { pathKind } from '../../data-adapters/formats/source-file.ts';
import { openTable, splitObject } from '../../data-adapters/tables/index.ts';
import { collisionsConfig } from './config.ts';
import { featuresOf } from './problems.ts';
import { recogniseProblem } from './source-problem.ts';

export async function recognise(path: string): Promise<string | undefined> {
  if ((await pathKind(splitObject(path).file)) === 'folder') return undefined;
  const { columns } = await openTable(path);
  const { problem } = recogniseProblem(columns, collisionsConfig.parse({}), path, true);
  return `${problem.title}: ${featuresOf(problem).length} features and the label (source.search=${problem.name})`;
}
