// Who will be diagnosed with heart failure: a recurrent network reads the order and the timing of a patient's records,
// beside methods that only count codes.
import { defineDomain } from '../domain.ts';
import { classifiersOf, leadingClassifier, windowsOf } from './classifiers.ts';
import { heartFailureConfig, presets } from './config.ts';
import { evaluate } from './evaluate.ts';
import { figures } from './figures.ts';
import { contributionOutput, errorOutput, logitOutput, scoreOutput } from './networks/export-network.ts';
import { open } from './open.ts';
import { predict } from './predict.ts';
import { publicData } from './public-data.ts';
import { recognise } from './recognise.ts';
import { simulate } from './simulate.ts';
import { train } from './train.ts';

export const domain = defineDomain({
  name: 'heart-failure',
  title: 'Predicting the onset of heart failure from the order of records',
  summary:
    'A cohort of cases and matched controls is simulated, or built from health records of any common format by a written definition. ' +
    'A recurrent network reads what happened before the diagnosis in the order of time, beside nearest neighbours, a support vector machine, logistic regression and a perceptron that read counts. ' +
    'Areas under the ROC curve stand beside the paper of 2017, with calibration, net benefit and what each visit adds; it is research software and no medical device.',
  paper: {
    citation:
      'E. Choi, A. Schuetz, W. F. Stewart and J. Sun, Using recurrent neural network models for early detection of heart failure onset, Journal of the American Medical Informatics Association 24, 361 (2017)',
    doi: '10.1093/jamia/ocw112',
  },
  config: heartFailureConfig,
  presets,
  simulate,
  open,
  sources: [
    'a folder of Synthea CSV, OMOP CDM 5.3 or 5.4 (CSV, TSV, Parquet), MIMIC-III or MIMIC-IV, FHIR R4 (bulk NDJSON or Bundles), MEDS (Parquet) or CMS DE-SynPUF',
    'a DuckDB file, or postgres://... , with the tables of OMOP',
    'a .csv or .parquet of events, with columns named by source.columns',
  ],
  recognise,
  publicData,
  train,
  folds: { folds: 'split.chunks', fold: 'split.fold' },
  ensemble: {
    outputs: {
      [scoreOutput]: 'mean',
      [logitOutput]: 'log-odds',
      [errorOutput]: 'mean',
      [contributionOutput]: 'mean',
    },
    meaning: ({ facts, vocabulary }) => [facts, vocabulary],
  },
  budget: { path: 'training.epochs', continues: () => false },
  evaluate,
  figures,
  primaryModel(ids) {
    const [window] = [...windowsOf(ids)].sort((a, b) => a.gap - b.gap);
    return leadingClassifier(classifiersOf(ids, window)).ids[0];
  },
  predict,
});
