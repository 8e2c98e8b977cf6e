// A patient's panels: nothing is hidden that must be known, and a record that holds nothing has no bar of risk.
import { expect, it } from 'vitest';
import { notice, type PatientAnswer } from '../../../domains/heart-failure/request.ts';
import { showPatient } from '../../../domains/heart-failure/show.ts';
import { panels } from '../../../domains/panel.ts';

const answer: PatientAnswer = {
  risk: 0.021,
  low: 0.01,
  high: 0.04,
  incidence: 0.01,
  riskInStudy: 0.2,
  visits: [{ date: '2012-05-13', contribution: -0.2, codes: ['Lumbago'] }],
  codes: [
    { code: '401.9', system: 'ICD9CM', name: 'Hypertension', contribution: 0.3 },
    { code: '1', system: 'DRUG', contribution: -0.1 },
  ],
  warnings: ['few visits'],
  notice,
};

it('begins with the warnings and the notice', () => {
  const [first, ...others] = panels.parse(showPatient(answer));
  expect(first).toMatchObject({ kind: 'notes', lines: ['few visits', notice] });
  expect(others.map(({ title }) => title)).toEqual(['Risk', 'Visits', 'Codes that matter most']);
  expect(others[1]).toMatchObject({ events: [{ date: '2012-05-13', value: -0.2, items: ['Lumbago'] }] });
  expect(others[2]).toMatchObject({
    bars: [
      { label: 'Hypertension', value: 0.3, text: '+0.30' },
      { label: 'DRUG 1', value: -0.1, text: '−0.10' },
    ],
  });
});

it('has no risk to draw where nothing in the record is known', () => {
  const nothing = { ...answer, risk: null, low: null, high: null, riskInStudy: null, visits: [], codes: [] };
  expect(showPatient(nothing).map(({ title }) => title)).not.toContain('Risk');
});
