// The figures: where the phases meet, with an interval, beside a plain method on the same configurations. Edit it to measure what
// counts.
import { bootstrapInterval, type EvaluateContext, type Evaluation, type Plot, UserError } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import { type Config, ordered } from './network.ts';

/** Onsager, Phys. Rev. 65, 117 (1944): of the generated model, for a lattice without end. */
const exact = 2 / Math.log(1 + Math.SQRT2);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean of an answer at each temperature, in their order. */
function curveOf(temperatures: readonly number[], answers: readonly number[]): (readonly [number, number])[] {
  const at = new Map<number, number[]>();
  temperatures.forEach((t, i) => {
    at.set(t, [...(at.get(t) ?? []), answers[i]]);
  });
  return [...at].sort(([a], [b]) => a - b).map(([t, all]) => [t, mean(all)] as const);
}

/** Temperature at which a falling curve passes a level for the last time, between two points by a line; NaN where it does not. */
export function crossing(curve: readonly (readonly [number, number])[], level: number): number {
  const i = curve.findLastIndex(
    ([, answer], k) => k + 1 < curve.length && answer >= level && curve[k + 1][1] < level,
  );
  if (i < 0) return Number.NaN;
  const [[t0, a0], [t1, a1]] = [curve[i], curve[i + 1]];
  return t0 + ((a0 - level) / (a0 - a1)) * (t1 - t0);
}

export async function evaluate(data: Dataset, context: EvaluateContext<Config>): Promise<Evaluation> {
  const { models, config, random } = context;
  const { test } = data.splits;
  const { values, temperature } = data.take(test).columns;
  const area = values.shape[0] * values.shape[1];
  const temperatures = Array.from(temperature.data);
  const input = {
    dtype: 'float32',
    shape: [test.length, ...values.shape],
    data: values.data as Float32Array,
  } as const;
  const { probability } = await models.run('network', { values: input });
  const network = temperatures.map((_, i) => probability.data[2 * i + ordered]);
  const magnetisation = temperatures.map((_, i) =>
    Math.abs(mean(Array.from(values.data.slice(i * area, (i + 1) * area)))),
  );

  /** Where an answer passes the middle between its means in the sure phases, with a bootstrap over configurations. */
  const transition = (name: string, answers: readonly number[]) => {
    const phases = [(t: number) => t <= config.below, (t: number) => t >= config.above];
    const level = mean(phases.map((phase) => mean(answers.filter((_, i) => phase(temperatures[i])))));
    const of = (rows: ArrayLike<number>): number => {
      const own = Array.from(rows);
      return crossing(
        curveOf(
          own.map((i) => temperatures[i]),
          own.map((i) => answers[i]),
        ),
        level,
      );
    };
    const interval = bootstrapInterval(test.length, of, { random: random.split(name), replicates: 300 });
    if (Number.isFinite(interval.value)) return interval;
    const where = data.provenance.source;
    throw new UserError({
      what: `the ${name} never changes`,
      where,
      how: 'give temperatures on both sides and between',
    });
  };
  const simulated = data.provenance.kind === 'simulated';
  return {
    figures: [
      {
        id: 'transition',
        label: 'transition temperature',
        unit: 'J/kB',
        level: 0.95,
        n: test.length,
        ...transition('network', network),
        ...(simulated && {
          exact,
          note: 'Exact is of a lattice without end; one of this size changes a little above it.',
        }),
        baselines: [
          {
            id: 'magnetisation',
            label: '|m| at half its height',
            ...transition('magnetisation', magnetisation),
          },
        ],
      },
    ],
    curves: { network: curveOf(temperatures, network), magnetisation: curveOf(temperatures, magnetisation) },
  };
}

export async function figures({ curves }: Evaluation): Promise<Plot[]> {
  const values = Object.entries(curves as Record<string, [number, number][]>).flatMap(([of, curve]) =>
    curve.map(([temperature, value]) => ({ of, temperature, value })),
  );
  return [
    {
      id: 'order',
      title: 'How ordered',
      caption: 'Mean answer of the network, P(ordered), and mean |m| at each temperature of the test split.',
      vegaLite: {
        data: { values },
        mark: { type: 'line', point: true },
        encoding: {
          x: { field: 'temperature', type: 'quantitative', scale: { zero: false }, title: 'temperature' },
          y: { field: 'value', type: 'quantitative', title: null },
          color: { field: 'of', type: 'nominal', title: null },
        },
      },
    },
  ];
}
