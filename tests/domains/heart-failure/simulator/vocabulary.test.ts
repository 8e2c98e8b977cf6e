import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import {
  concepts,
  drawBackground,
  numberOf,
} from '../../../../domains/heart-failure/simulator/vocabulary.ts';

/** The 25 codes that define a case (Sutter's definition, sibling papers of Choi et al. 2017). */
const qualifying = /^(398\.91|402\.[019]1|404\.[019][13]|428\.[0-9]+)$/;

describe('the simulated vocabulary', () => {
  it('has one to six thousand codes, each once, in upper case and with a name', () => {
    expect(concepts.length).toBeGreaterThan(1000);
    expect(concepts.length).toBeLessThan(6000);
    expect(new Set(concepts.map(({ code }) => code)).size).toBe(concepts.length);
    for (const { code, name } of concepts) {
      expect(code).toBe(code.toUpperCase().trim());
      expect(name).toMatch(/\S/);
    }
  });

  it('has diagnoses in the form of ICD-9-CM, none of which defines a case', () => {
    for (const { code, kind } of concepts) {
      expect(code).not.toMatch(qualifying);
      if (kind === 'diagnosis') expect(code).toMatch(/^(V\d\d|\d{3})(\.\d{1,2})?$/);
    }
  });

  it('finds codes by name, and says which it does not have', () => {
    expect(concepts[numberOf('782.3')]).toEqual({
      code: '782.3',
      system: 'ICD9CM',
      kind: 'diagnosis',
      name: 'Edema',
    });
    expect(() => numberOf('428.0')).toThrow('no code 428.0');
  });

  it('has a background that follows the law of Zipf: few codes are frequent, most are rare, none is clinical', () => {
    const random = new RandomStream('background');
    const counts = new Map<number, number>();
    for (let i = 0; i < 20000; i++) {
      const code = drawBackground.diagnosis(random);
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    const sorted = [...counts.values()].sort((a, b) => b - a);
    expect(concepts[[...counts].sort((a, b) => b[1] - a[1])[0][0]].code).toBe('272.4');
    expect(sorted.length).toBeGreaterThan(500);
    expect(sorted[0]).toBeGreaterThan(5 * sorted[19]);
    expect(counts.has(numberOf('786.05'))).toBe(false);
  });
});
