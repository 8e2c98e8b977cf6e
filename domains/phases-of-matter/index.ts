// Machine learning phases of matter: a network learns to tell ordered from disordered spin configurations, and the
// temperature at which it cannot decide is the critical one.
import { openLattices } from '../../data-adapters/phases-of-matter/index.ts';
import { defineDomain } from '../domain.ts';
import { phasesConfig, presets } from './config.ts';
import { ensemble } from './ensemble.ts';
import { criticalTemperature } from './exact/onsager.ts';
import { sizeOfNetwork } from './parts.ts';
import { predict } from './predict.ts';
import { publicData } from './public-data.ts';
import { recognise } from './recognise.ts';
import {
  evaluateStudies,
  simulateStudies,
  studyBlocks,
  studyFigures,
  trainStudies,
} from './studies/index.ts';

export const domain = defineDomain({
  name: 'phases-of-matter',
  title: 'Machine learning phases of matter',
  summary:
    'Spin configurations of the two-dimensional Ising model are sampled at many temperatures and labelled ordered or disordered. ' +
    'A network with one hidden layer learns the labels; on lattices it has not seen, the temperature at which its answer crosses one half marks the transition. ' +
    'From several lattice sizes the critical temperature of the infinite lattice follows, and stands beside the exact value of Onsager. ' +
    'Further studies ask for the triangular lattice, for square ice and for the Ising gauge theory.',
  paper: {
    citation:
      'J. Carrasquilla and R. G. Melko, Machine learning phases of matter, Nature Physics 13, 431 (2017)',
    doi: '10.1038/nphys4035',
    arxiv: '1605.01735',
  },
  config: phasesConfig,
  presets,
  simulate: simulateStudies,
  blocks: studyBlocks,
  open: (source, { config, random, signal, purpose }) => {
    const { training, validation, test, folds, fold, ...options } = config.source;
    const evaluating = purpose === 'evaluation';
    return openLattices(source, {
      ...options,
      random: random.split('source'),
      signal,
      splits: evaluating ? { train: 0, validation: 0, test: 1 } : { train: training, validation, test },
      ...(evaluating ? {} : { criticalTemperature, folds: { folds, fold } }),
    });
  },
  sources: [
    'one .npz with configurations (n, L, L) or (n, L*L) and n temperatures',
    '.npy of configurations with a file of temperatures beside it, or the temperature in its name (T2.27)',
    '.csv, one configuration a row: its spins and a temperature',
    'text, one configuration a file (L, T, then L*L spins) or a row, in a folder or a .zip',
    'a folder of these; spins as -1 and 1, 0 and 1, or bool; several sizes in files of their own',
  ],
  recognise,
  publicData,
  train: trainStudies,
  folds: { folds: 'source.folds', fold: 'source.fold', ofSource: true },
  ensemble,
  budget: { path: 'training.steps', continues: ({ training }) => training.schedule === 'constant' },
  evaluate: evaluateStudies,
  figures: studyFigures,
  primaryModel: (ids) => {
    const size = (id: string): number => sizeOfNetwork(id) || 0;
    return [...ids].sort((a, b) => size(b) - size(a) || a.localeCompare(b))[0];
  },
  predict,
});
