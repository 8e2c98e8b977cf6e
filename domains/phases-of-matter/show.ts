// What a person looks at beside a lattice's phase: the lattice, and where its probability lies on the mean output against
// temperature that the run measured for lattices of its size.
import type { Evaluation } from '../domain.ts';
import type { ChartPanel, Panel } from '../panel.ts';
import type { Curves } from './curves.ts';
import { criticalTemperature } from './exact/onsager.ts';
import { latticeImage } from './lattice-image.ts';
import type { PhaseAnswer } from './predict.ts';

async function picture(spins: ArrayLike<number>, size: number): Promise<Panel> {
  const png = await latticeImage([{ size, spins }], { gap: 0 });
  return {
    kind: 'pictures',
    title: 'The lattice',
    caption: 'Up is blue, down is yellow; the borders are joined.',
    pictures: [
      {
        label: `${size} x ${size} spins`,
        png: Buffer.from(png).toString('base64'),
        width: size,
        height: size,
      },
    ],
  };
}

function chart({ size, probability, spread, temperature }: PhaseAnswer, curves: Curves): ChartPanel {
  const outputs = curves.outputs.filter((point) => point.size === size);
  const says = `this lattice: ${probability.toFixed(3)}`;
  return {
    kind: 'chart',
    title: 'Probability of the ordered phase',
    caption: `Mean over the test lattices of each temperature, L = ${size}. ${
      temperature === undefined
        ? 'The temperature of this lattice was not given: it is like those where the curve meets its line.'
        : 'This lattice stands at the temperature that came with it.'
    }`,
    x: { label: 'temperature (J/kB)' },
    y: { label: 'P(ordered)', low: 0, high: 1 },
    series: [
      {
        label: `L = ${size}`,
        shape: 'line',
        points: outputs.map(({ temperature: t, ordered }) => [t, ordered]),
        errors: outputs.map(({ error }) => 2 * error),
      },
    ],
    marks: [
      { axis: 'x', value: criticalTemperature, label: `exact Tc = ${criticalTemperature.toFixed(3)}` },
      ...(temperature === undefined
        ? [{ axis: 'y' as const, value: probability, error: spread, label: says, answer: true }]
        : []),
    ],
    ...(temperature === undefined ? {} : { point: { x: temperature, y: probability, label: says } }),
  };
}

/** @param spins -1 and +1, row-major */
export async function showLattice(
  spins: ArrayLike<number>,
  answer: PhaseAnswer,
  evaluation: Evaluation | undefined,
): Promise<Panel[]> {
  const square = evaluation?.curves.square as Curves | undefined;
  const known = square?.outputs.some(({ size }) => size === answer.size);
  return [await picture(spins, answer.size), ...(square && known ? [chart(answer, square)] : [])];
}
