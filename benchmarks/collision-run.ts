// A run of the exotic-particle domain with the paper's network, trained for a moment: what is served is as large as the real one.
import { quietly } from './quiet-cli.ts';

const settings = [
  'problems=[higgs]',
  'groups=[complete]',
  'kinds=[deep]',
  'events.training=2000',
  'events.validation=500',
  'events.test=500',
  'deep.units=300',
  'training.networks=1',
  'training.epochs=1',
  'bootstrap=50',
];

/** Makes it in `folder`, which must not be there yet. */
export const makeCollisionRun = (folder: string): Promise<void> =>
  quietly(['run', 'exotic-particles', '--out', folder, ...settings.flatMap((one) => ['--set', one])]);
