import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classifierLabel,
  classifiersOf,
  windowsOf,
  windowText,
} from '../../../domains/heart-failure/classifiers.ts';
import { networkId, parseNetworkId } from '../../../domains/heart-failure/network-id.ts';
import { networkKinds, representationNames } from '../../../domains/heart-failure/networks/kinds.ts';

const name = fc.record({
  observation: fc.integer({ min: 1, max: 4000 }),
  gap: fc.integer({ min: 0, max: 1000 }),
  kind: fc.constantFrom(...networkKinds),
  representation: fc.constantFrom(...representationNames),
  timed: fc.boolean(),
  share: fc.integer({ min: 1, max: 100 }),
  member: fc.integer({ min: 0, max: 30 }),
});

describe('networkId', () => {
  it('is read back', () => {
    fc.assert(
      fc.property(name, (own) => {
        expect(parseNetworkId(networkId(own))).toEqual(own);
      }),
    );
  });

  it('is what the documentation says, and nothing else is one', () => {
    const id = 'observe365-gap180-gru-one-hot-1';
    expect(networkId(parseNetworkId(id)!)).toBe(id);
    expect(parseNetworkId('higgs-deep-low-1')).toBeUndefined();
  });
});

describe('classifiersOf', () => {
  const ids = [
    'observe365-gap180-gru-one-hot-1',
    'observe365-gap180-gru-one-hot-2',
    'observe365-gap180-gru-one-hot-untimed-1',
    'observe365-gap180-gru-one-hot-share25-1',
    'observe365-gap180-logistic-one-hot-untimed-1',
    'observe540-gap0-gru-one-hot-1',
  ];
  const [window] = windowsOf(ids);

  it('takes networks of one kind together, the strongest last, without those of the learning curve', () => {
    const classifiers = classifiersOf(ids, window);
    expect(classifiers.map((own) => own.ids)).toEqual([[ids[4]], [ids[0], ids[1]], [ids[2]]]);
    expect(classifiers.map((own) => classifierLabel(own, classifiers))).toEqual([
      'logistic regression',
      'GRU, with durations',
      'GRU, without durations',
    ]);
  });

  it('tells windows in months', () => {
    expect(windowsOf(ids).map(windowText)).toEqual(['12 months, 6 ahead', '18 months']);
  });
});
