import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  classArea,
  likeliestClasses,
  logLoss,
  probabilitiesOf,
  quadraticScore,
} from '../../../core/metrics/class-scores.ts';
import { rocArea } from '../../../core/metrics/roc.ts';

// scikit-learn 1.9.1: log_loss, accuracy_score and roc_auc_score(multi_class='ovr', average='macro') of these.
const three = {
  probabilities: [0.7, 0.2, 0.1, 0.2, 0.5, 0.3, 0.3, 0.3, 0.4, 0.1, 0.8, 0.1, 0.5, 0.25, 0.25],
  classes: 3,
};
const labels = [0, 1, 2, 1, 2];

describe('figures of class probabilities', () => {
  it('agree with scikit-learn for three classes', () => {
    expect(logLoss(three, labels)).toBeCloseTo(0.7151101537613866, 12);
    expect(accuracy(three, labels)).toBeCloseTo(0.8, 12);
    expect(classArea(three, labels)).toBeCloseTo(0.9444444444444445, 12);
  });

  it('have the quadratic score of Brier by hand, halved for two classes', () => {
    expect(quadraticScore({ probabilities: [0.3, 0.7, 0.9, 0.1], classes: 2 }, [1, 1])).toBeCloseTo(
      (0.09 + 0.81) / 2,
      12,
    );
    expect(quadraticScore({ probabilities: [0.5, 0.3, 0.2], classes: 3 }, [0])).toBeCloseTo(
      0.25 + 0.09 + 0.04,
      12,
    );
  });

  it('have for two classes the area of the second', () => {
    const scores = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
      minLength: 4,
    });
    fc.assert(
      fc.property(scores, (rows) => {
        const truth = rows.map(([, y]) => Number(y));
        fc.pre(truth.includes(0) && truth.includes(1));
        const own = { probabilities: rows.flatMap(([p]) => [1 - p, p]), classes: 2 };
        expect(classArea(own, truth)).toBe(rocArea([...probabilitiesOf(own, 1)], truth));
      }),
    );
  });

  it('take the first of equal classes, and leave out classes without rows', () => {
    expect([...likeliestClasses({ probabilities: [0.5, 0.5, 0.2, 0.8], classes: 2 })]).toEqual([0, 1]);
    expect(classArea(three, [0, 0, 0, 0, 0])).toBeNaN();
  });
});
