// Somebody's own table: any rows of numbers, words and dates, of which one column is predicted from the others.
import { defineDomain } from '../domain.ts';
import { ownTableConfig, presets } from './config.ts';
import { evaluate } from './evaluate.ts';
import { figures } from './figures.ts';
import { infer } from './infer.ts';
import { factsOf } from './networks/facts.ts';
import { probabilityOutput, valueOutput } from './networks/names.ts';
import { open } from './open.ts';
import { predict } from './predict.ts';
import { simulate } from './simulate.ts';
import { train } from './train.ts';

export const domain = defineDomain({
  name: 'own-table',
  title: 'A table of your own: one column predicted from the others',
  summary:
    'Any table of numbers, words and dates, in which one column is to be predicted: a class or a number. ' +
    'Multilayer perceptrons learn it beside logistic or linear regression, nearest neighbours and the average, all on one split. ' +
    'Figures have intervals and stand beside those of the plainer methods; without a file, a table is generated whose probabilities are known.',
  paper: {
    citation:
      'Y. Gorishniy, I. Rubachev, V. Khrulkov and A. Babenko, Revisiting deep learning models for tabular data, Advances in Neural Information Processing Systems 34 (2021)',
    doi: '10.48550/arXiv.2106.11959',
    arxiv: '2106.11959',
  },
  config: ownTableConfig,
  presets,
  simulate,
  open,
  infer,
  sources: [
    'any .csv, .tsv, .parquet, .arrow, .h5 or .root with a row for each item, after "deepfield fit <file> --target <column>" has inferred what its columns are',
  ],
  train,
  folds: { folds: 'split.folds', fold: 'split.fold' },
  ensemble: {
    outputs: { [probabilityOutput]: 'mean', [valueOutput]: 'mean' },
    // How far predictions lie from the truth differs from member to member.
    meaning: (metadata) => ({ ...factsOf(metadata), within: undefined }),
  },
  budget: { path: 'network.epochs', continues: () => false },
  evaluate,
  figures,
  primaryModel: () => 'network',
  predict,
});
