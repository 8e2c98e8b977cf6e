// Public sets of collisions that this domain reads. The hash and length of HIGGS are those that several projects pin for UCI's
// file; for the others none was found.
import type { PublicDataset } from '../../data-adapters/public-data/index.ts';

export const publicData: readonly PublicDataset[] = [
  {
    name: 'higgs',
    title: 'HIGGS of UCI: 11,000,000 collisions, 28 features, label first',
    licence: 'CC BY 4.0',
    home: 'https://archive.ics.uci.edu/dataset/280/higgs',
    files: [
      {
        name: 'HIGGS.csv.gz',
        urls: [
          'https://archive.ics.uci.edu/ml/machine-learning-databases/00280/HIGGS.csv.gz',
          'http://mlphysics.ics.uci.edu/data/higgs/HIGGS.csv.gz',
        ],
        bytes: 2_816_407_858,
        sha256: 'ea302c18164d4e3d916a1e2e83a9a8d07069fa6ebc7771e4c0540d54e593b698',
      },
    ],
    source: 'HIGGS.csv.gz',
  },
  {
    name: 'susy',
    title: 'SUSY of UCI: 5,000,000 collisions, 18 features, label first',
    licence: 'CC BY 4.0',
    home: 'https://archive.ics.uci.edu/dataset/279/susy',
    files: [
      {
        name: 'SUSY.csv.gz',
        urls: ['https://archive.ics.uci.edu/ml/machine-learning-databases/00279/SUSY.csv.gz'],
      },
    ],
    source: 'SUSY.csv.gz',
  },
  {
    name: 'atlas-higgsml',
    title: "ATLAS's HiggsML challenge of 2014: Higgs bosons to tau leptons, with weights",
    licence: 'CC0 (CERN Open Data)',
    home: 'https://opendata.cern.ch/record/328',
    files: [
      {
        name: 'atlas-higgs-challenge-2014-v2.csv.gz',
        urls: ['https://opendata.cern.ch/record/328/files/atlas-higgs-challenge-2014-v2.csv.gz'],
      },
    ],
    source: 'atlas-higgs-challenge-2014-v2.csv.gz',
  },
];
