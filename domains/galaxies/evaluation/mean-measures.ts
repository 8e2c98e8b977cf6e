// What was measured of one galaxy several times, each time under noise of its own, as one: the more of it, the less of the figures is
// the luck of a draw.
import type { GalaxyMeasures, Measured } from './measure-galaxy.ts';

/** Mean of what could be measured; NaN when nothing could. */
function knownMean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((a, b) => a + b, 0) / known.length;
}

/** The mean of every measure over the draws, with the images of the first. */
export function meanMeasures(draws: readonly GalaxyMeasures[]): GalaxyMeasures {
  if (draws.length === 1) return draws[0];
  const [first] = draws;
  const methods = Object.entries(first.methods).map(([id, measured]) => {
    const names = Object.keys(measured) as (keyof Measured)[];
    const means = names.map((name) => [name, knownMean(draws.map((draw) => draw.methods[id][name]))]);
    return [id, Object.fromEntries(means) as Measured];
  });
  return {
    ...first,
    methods: Object.fromEntries(methods),
    ...(first.coverage === undefined
      ? {}
      : { coverage: knownMean(draws.map(({ coverage }) => coverage ?? Number.NaN)) }),
  };
}
