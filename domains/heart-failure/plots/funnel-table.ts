// How the cohort came about.
import type { Plot } from '../../domain.ts';
import type { Curves } from '../evaluation/curves.ts';

const text = (count: number | undefined): string => (count === undefined ? '' : count.toLocaleString('en'));

export const funnelTable = ({ source, funnel, notes }: Curves): Plot => ({
  id: 'funnel',
  title: 'The cohort',
  caption: [
    `Who was left after each rule, from ${source}.`,
    ...notes.map((note) => `${note[0].toUpperCase()}${note.slice(1)}.`),
  ].join(' '),
  table: {
    head: ['rule', 'subjects', 'cases', 'controls'],
    rows: funnel.map(({ rule, subjects, cases, controls }) => [
      rule,
      text(subjects),
      text(cases),
      text(controls),
    ]),
  },
});
