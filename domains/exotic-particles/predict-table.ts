// A table of events with the score as further columns, from file to file in bounded memory.
import { scoreTable, writesTables } from '../../data-adapters/exotic-particles/score-table.ts';
import { isNoJson } from '../../data-adapters/tables/table-endings.ts';
import type { TablePrediction } from '../domain.ts';
import { memberCount } from '../ensemble.ts';
import { classifiersOf, leadingClassifier } from './classifiers.ts';
import type { CollisionsConfig } from './config.ts';
import { featuresOf } from './problems.ts';
import { scoreFeatures, spreadOf, togetherOf } from './scored-events.ts';
import { showTable } from './show.ts';
import { openForPrediction } from './table-for-prediction.ts';

/**
 * `score`: probability of signal by the leading classifier; `score_spread`: standard deviation over its networks, where it
 * has several.
 */
export const predictTable: TablePrediction<CollisionsConfig> = {
  accepts: isNoJson,
  endings: writesTables,
  shards: true,
  async score(path, out, { models, config, threads, progress, signal }, shown, shard) {
    const { problem, table, mapping } = await openForPrediction(path, models, config);
    const { ids } = leadingClassifier(classifiersOf(models.ids, problem.name));
    const width = featuresOf(problem).length;
    let several = ids.length > 1;
    for (const id of ids) several ||= memberCount(await models.metadata(id)) > 1;
    return scoreTable({
      table,
      mapping,
      added: several ? ['score', 'score_spread'] : ['score'],
      async score(features) {
        const members: Float32Array[] = [];
        const spreads = ids.map(() => new Float32Array(features.length / width));
        for (const [i, id] of ids.entries()) {
          members.push(await scoreFeatures(features, width, id, models, spreads[i]));
        }
        return {
          score: togetherOf(members),
          ...(several ? { score_spread: spreadOf(members, spreads) } : {}),
        };
      },
      ...(out === undefined ? {} : { out }),
      ...(shown === undefined ? {} : { shown }),
      ...(shard === undefined ? {} : { shard }),
      threads,
      progress,
      signal,
    });
  },
  // Which search a table was of is known where the run has one.
  show: (scored, { problems }, evaluation) =>
    problems.length === 1 ? showTable(scored, problems[0], evaluation) : [],
};
