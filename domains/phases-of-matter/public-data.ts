// Public sets of Ising lattices that this domain reads, held to the commits that were looked at: the mean energy of every
// temperature agrees with Kaufman's exact one (1949).
import type { PublicDataset } from '../../data-adapters/public-data/index.ts';

const lattices =
  'https://raw.githubusercontent.com/ben9871/Machine-Learning-phases-of-matter/e5311df8222a2adef5e946060e5e0126d7111922';
const fifty =
  'https://raw.githubusercontent.com/emauri/ising-model-nn/cf5d919e608d869986d55129a8b6cc111ec165f8/Data';

const unlicensed = 'none stated by its author: for use of your own, not for copies';

export const publicData: readonly PublicDataset[] = [
  {
    name: 'ising-10-20-30',
    title: 'Ising lattices of L = 10, 20, 30: 26,000 each, T = 1.0 to 3.6',
    licence: unlicensed,
    home: 'https://github.com/ben9871/Machine-Learning-phases-of-matter',
    files: [
      {
        name: 'data_lattice_new10.npz',
        urls: [`${lattices}/data_lattice_new10.npz`],
        bytes: 413_954,
        sha256: 'db2e95b3e8147d6dc0512604b3757332b0ab66da12b256480827c6ca9b781233',
      },
      {
        name: 'data_lattice_new20.npz',
        urls: [`${lattices}/data_lattice_new20.npz`],
        bytes: 1_620_713,
        sha256: '1b2f4ab269fcc0d78b5df9d99bdf536de361d47d57ee38f407e25bed9597471e',
      },
      {
        name: 'data_lattice_new30.npz',
        urls: [`${lattices}/data_lattice_new30.npz`],
        bytes: 3_619_100,
        sha256: '67afae97a85f8c4c60ae860a62a3e32d52d337d4487aa215f97b97b0798d4cbe',
      },
    ],
  },
  {
    name: 'ising-50',
    title: 'Ising lattices of L = 50: 5,000 to test and 5,000 to validate, T = 1.54 to 3.01',
    licence: unlicensed,
    home: 'https://github.com/emauri/ising-model-nn',
    files: [
      {
        name: 'test.zip',
        urls: [`${fifty}/test.zip`],
        bytes: 2_515_005,
        sha256: 'b82c22823dfb43bb4a5a5ab3085ac031d2dcd8f56b966262259e84a994caf440',
      },
      {
        name: 'validation.zip',
        urls: [`${fifty}/validation.zip`],
        bytes: 2_635_416,
        sha256: '22c5249fd39f70deb28f3edad6143bd03539d70a10d9ce2533f89ccfff14ae8a',
      },
    ],
    note: 'Its author turned every lattice to m <= 0; they are flipped at random when they are read.',
  },
];
