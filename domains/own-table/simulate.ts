// A generated table to try everything on: seeds in pots, of which some germinate. Each species has a best temperature, sand
// dries out, deep seeds need warmth, and spring is better than autumn; one water gauge in twelve failed. The probability of each row is
// known, and so is what no method can exceed.
import { logistic } from '../../core/metrics/logistic.ts';
import type { RandomStream } from '../../core/random.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import { splitRows } from '../../data-adapters/own-table/split-rows.ts';
import type { PrepareContext } from '../domain.ts';
import type { OwnTableConfig } from './config.ts';
import { tablePart, tableParts } from './parts.ts';
import { sampleSchema, soils, species } from './sample-schema.ts';

/** degrees Celsius, by species. */
const bestTemperatures = [14, 20, 17, 11] as const;
/** How much faster than loam a soil dries. */
const dryness = [-0.4, 0, 0.9] as const;
/** 2023-03-01, in days since 1970. */
const firstDay = 19_417;

/** One pot: its features in the order of the schema, and the probability that its seed germinates. */
function pot(random: RandomStream): { features: number[]; probability: number } {
  const [soil, kind] = [random.integer(soils.length), random.integer(species.length)];
  const temperature = 5 + 22 * random.uniform();
  const water = Math.exp(2.5 + 0.5 * random.normal());
  const depth = 1 + 9 * random.uniform();
  const day = random.integer(240);
  const offBest = (temperature - bestTemperatures[kind]) / 5;
  const moisture = Math.log(water / 12) - dryness[soil];
  const logit =
    1.8 -
    offBest ** 2 -
    1.1 * moisture ** 2 +
    0.9 * moisture -
    0.012 * depth * (27 - temperature) -
    day / 150;
  const gauge = random.uniform() < 1 / 12 ? Number.NaN : water;
  return { features: [temperature, gauge, depth, soil, kind, firstDay + day], probability: logistic(logit) };
}

export async function simulate({ config, random, seed }: PrepareContext<OwnTableConfig>): Promise<Parts> {
  const { rows } = config.sample;
  const pots = Array.from({ length: rows }, (_, i) => pot(random.split('pot', i)));
  const chance = random.split('germination');
  const target = Float32Array.from(pots, ({ probability }) => Number(chance.uniform() < probability));
  const group = Int32Array.from({ length: rows }, (_, i) => i);
  const splits = splitRows({
    ...config.split,
    groups: group,
    classes: target,
    random: random.split('split'),
  });
  return tableParts({
    features: Float32Array.from(pots.flatMap(({ features }) => features)),
    width: sampleSchema.columns.length,
    target,
    group,
    truth: Float32Array.from(pots, ({ probability }) => probability),
    splits,
    provenance: {
      kind: 'simulated',
      source: 'a generated table of seeds in pots, whose probabilities to germinate are known',
      seed,
      classes: [...sampleSchema.classes],
      notes: [`part ${tablePart}: ${sampleSchema.columns.map(({ name }) => name).join(', ')}`],
    },
  });
}
