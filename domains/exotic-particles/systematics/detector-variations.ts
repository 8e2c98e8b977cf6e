// The shifts of the detector that a search knows, as changes of scored events.
import { generatedProblems, type Problem } from '../problems.ts';
import type { Events, Variation as EventVariation } from '../statistics/systematic-band.ts';
import { shiftEvents } from './shift-events.ts';
import { systematicVariations } from './systematic-variations.ts';
import type { Variation } from './variation.ts';

/** None for a search whose columns are not those of a generator. */
export function detectorVariations({ name }: Problem): EventVariation[] {
  const process = generatedProblems.find((known) => known === name);
  if (process === undefined) return [];
  const change =
    (variation: Variation) =>
    (nominal: Events): Events => {
      const { features, weight } = shiftEvents(process, nominal.features, variation);
      if (weight === undefined) return { ...nominal, features };
      return { ...nominal, features, weights: weight.map((factor, i) => factor * nominal.weights[i]) };
    };
  return systematicVariations(process).map(({ name: source, up, down }) => ({
    name: source,
    up: change(up),
    down: change(down),
  }));
}
