import { describe, expect, it } from 'vitest';
import {
  classifiersOf,
  judgedClassifiers,
  leadingClassifier,
} from '../../../domains/exotic-particles/classifiers.ts';
import { networkId, parseNetworkId } from '../../../domains/exotic-particles/network-id.ts';
import { architectures } from '../../../domains/exotic-particles/networks/architectures.ts';
import { networkKinds } from '../../../domains/exotic-particles/networks/kinds.ts';
import {
  featureGroups,
  featureRange,
  featuresOf,
  groupsOf,
  higgs,
  problemNames,
  susy,
} from '../../../domains/exotic-particles/problems.ts';

describe('names of networks', () => {
  it('say what they are, for every search, kind and group', () => {
    for (const problem of problemNames) {
      for (const kind of networkKinds) {
        for (const group of featureGroups) {
          const name = { problem, kind, group, member: 11 };
          expect(parseNetworkId(networkId(name))).toEqual(name);
        }
      }
    }
    expect(parseNetworkId('fully-connected-l10-1')).toBeUndefined();
  });

  it('have an architecture for every kind', () => {
    expect(Object.keys(architectures)).toEqual([...networkKinds]);
  });
});

describe('classifiersOf', () => {
  const ids = [
    'higgs-deep-complete-2',
    'higgs-shallow-low-1',
    'susy-deep-low-1',
    'higgs-deep-complete-10',
    'higgs-deep-low-1',
    'higgs-deep-complete-1',
  ];

  it('gathers networks that differ in their seeds, in the order of their numbers', () => {
    expect(classifiersOf(ids, 'higgs')).toEqual([
      { kind: 'shallow', group: 'low', ids: ['higgs-shallow-low-1'] },
      { kind: 'deep', group: 'low', ids: ['higgs-deep-low-1'] },
      {
        kind: 'deep',
        group: 'complete',
        ids: ['higgs-deep-complete-1', 'higgs-deep-complete-2', 'higgs-deep-complete-10'],
      },
    ]);
  });

  it('judges logistic regression only where nothing else is', () => {
    const found = classifiersOf(
      ['higgs-logistic-low-1', 'higgs-logistic-high-1', 'susy-deep-low-1'],
      'higgs',
    );
    expect(judgedClassifiers(found)).toEqual(found);
    const more = classifiersOf(['higgs-logistic-low-1', 'higgs-deep-low-1'], 'higgs');
    expect(judgedClassifiers(more).map(({ kind }) => kind)).toEqual(['deep']);
  });

  it('is led by the strongest kind on the most features', () => {
    expect(leadingClassifier(classifiersOf(ids, 'higgs')).ids).toHaveLength(3);
    expect(leadingClassifier(classifiersOf([...ids, 'higgs-standard-low-1'], 'higgs')).group).toBe(
      'complete',
    );
  });
});

describe('feature groups', () => {
  it('are those of the UCI sets: 21 + 7 of HIGGS and 8 + 10 of SUSY', () => {
    // Section 1.2 of the UCI descriptions of data sets 280 and 279.
    expect([higgs.low.length, higgs.high.length, susy.low.length, susy.high.length]).toEqual([21, 7, 8, 10]);
    expect(featuresOf(higgs).slice(20, 23)).toEqual(['jet_4_b_tag', 'm_jj', 'm_jjj']);
    expect(featureRange(higgs, 'low')).toEqual([0, 21]);
    expect(featureRange(higgs, 'high')).toEqual([21, 28]);
    expect(featureRange(susy, 'complete')).toEqual([0, 18]);
  });

  it('are one where nothing is derived', () => {
    expect(groupsOf({ low: ['a'], high: [] })).toEqual(['complete']);
    expect(featureRange({ low: ['a'], high: [] }, 'complete')).toEqual([0, 1]);
  });
});
