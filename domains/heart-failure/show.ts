// What a person looks at beside a risk: the patient's visits in time with what each adds, the codes that matter most, and what
// must be known before the number is believed.
import type { Panel } from '../panel.ts';
import type { PatientAnswer } from './request.ts';

const signed = (value: number): string => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`;

const percent = (p: number): string => `${(100 * p).toPrecision(2)} %`;

function riskBars({ risk, low, high, incidence }: PatientAnswer): Panel[] {
  if (risk === null || low === null || high === null) return [];
  return [
    {
      kind: 'bars',
      title: 'Risk',
      caption: `Corrected to an incidence of ${percent(incidence)}, at 95 % between ${percent(low)} and ${percent(high)}.`,
      bars: [
        {
          label: 'this patient',
          value: risk,
          text: `${percent(risk)} (${percent(low)} to ${percent(high)})`,
        },
        { label: 'people like this one', value: incidence, text: percent(incidence) },
      ],
    },
  ];
}

export function showPatient(answer: PatientAnswer): Panel[] {
  const { visits, codes, warnings, notice } = answer;
  return [
    { kind: 'notes', title: 'Before it is believed', lines: [...warnings, notice] },
    ...riskBars(answer),
    {
      kind: 'timeline',
      title: 'Visits',
      caption: 'What each adds: how the log odds change when it is taken out of the record. No causes.',
      measure: 'change of the log odds',
      events: visits.map(({ date, contribution, codes: items }) => ({ date, value: contribution, items })),
    },
    {
      kind: 'bars',
      title: 'Codes that matter most',
      caption: 'The same, when all entries of a code are taken out.',
      bars: codes.map(({ code, system, name, contribution }) => ({
        label: name ?? `${system} ${code}`,
        value: contribution,
        text: signed(contribution),
      })),
    },
  ];
}
