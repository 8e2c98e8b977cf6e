// Searching for exotic particles: networks of several layers find Higgs and supersymmetric events among collisions from
// what the detector measures, without the variables that physicists derive.
import { defineDomain } from '../domain.ts';
import { classifiersOf, leadingClassifier } from './classifiers.ts';
import { collisionsConfig, presets } from './config.ts';
import { evaluate } from './evaluate.ts';
import { figures } from './figures.ts';
import { searchesOf } from './network-id.ts';
import { signalOutput } from './networks/names.ts';
import { open } from './open.ts';
import { predict } from './predict.ts';
import { publicData } from './public-data.ts';
import { recognise } from './recognise.ts';
import { blocks, simulate } from './simulate.ts';
import { train } from './train.ts';

export const domain = defineDomain({
  name: 'exotic-particles',
  title: 'Searching for exotic particles in high-energy physics',
  summary:
    'Collisions are generated in which heavy Higgs bosons or charginos decay, and others that only look like it. ' +
    'Networks learn to tell them apart from what a detector measures, from variables that physicists derive, and from both. ' +
    'Areas under the ROC curve, background rejection and the significance of a discovery stand beside the paper of 2014; tables of events in any common format take the place of the generated ones.',
  paper: {
    citation:
      'P. Baldi, P. Sadowski and D. Whiteson, Searching for exotic particles in high-energy physics with deep learning, Nature Communications 5, 4308 (2014)',
    doi: '10.1038/ncomms5308',
    arxiv: '1402.4735',
  },
  config: collisionsConfig,
  presets,
  simulate,
  blocks,
  open,
  sources: [
    'HIGGS.csv or SUSY.csv of UCI, plain or .gz: label first, no header',
    "the .csv of ATLAS's HiggsML challenge (Label, Weight, PRI_ and DER_ columns)",
    'any .csv, .parquet, .arrow, .h5 or .root (`events.root:tree`) with columns named by source.low, source.high, source.label and source.weight',
    'a .root with a tree for each class: source.signalTree, source.backgroundTree',
  ],
  recognise,
  publicData,
  train,
  folds: { folds: 'source.folds', fold: 'source.fold', ofSource: true },
  ensemble: { outputs: { [signalOutput]: 'mean' }, meaning: ({ columns }) => columns, acrossSeeds: true },
  budget: { path: 'training.epochs', continues: ({ training }) => training.recipe === 'paper' },
  evaluate,
  figures,
  primaryModel(ids) {
    const [search] = searchesOf(ids);
    return leadingClassifier(classifiersOf(ids, search)).ids[0];
  },
  predict,
});
