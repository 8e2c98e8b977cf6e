// Your domain: one object, from which command line, report and server are made. What to edit stands in data.ts (your files),
// network.ts (how it learns) and figures.ts (what is measured); here are names, and how a single history is asked about.
import { defineDomain, type Models } from 'deepfield';
import { type Dataset, readJsonItems } from 'deepfield/data-adapters';
import { z } from 'zod';
import { generate, numbersOf, provenanceOf, readEvents, readFolder, toDataset } from './data.ts';
import { evaluate, figures } from './figures.ts';
import { type Config, config, numbering, presets, train } from './network.ts';

const event = z.object({ day: z.number().describe('days since any date'), what: z.string() });
const history = z.object({ who: z.string(), events: z.array(event).min(1).describe('oldest first') });
const answer = z.object({
  who: z.string(),
  class: z.string(),
  probabilities: z.record(z.string(), z.number()),
});
type Asked = z.infer<typeof history>;
export type Answer = z.infer<typeof answer>;

async function decode(request: Asked, models: Models, { length }: Config) {
  const { vocabulary, classes } = await models.metadata('network');
  const { codes, gaps } = numbersOf(request, length, numbering(JSON.parse(vocabulary)));
  const shape = [1, length];
  return {
    models: ['network'],
    inputs: {
      codes: { dtype: 'int32', shape, data: codes },
      gaps: { dtype: 'float32', shape, data: gaps },
    } as const,
    context: JSON.parse(classes) as string[],
  };
}

export default defineDomain<Config, Asked, Answer, Dataset>({
  name: 'my-science',
  title: 'My science',
  summary:
    'Dated events of people or things: a label is predicted from what happened in which order, beside how often it happened.',
  // paper: { citation: 'Who, what, where (when)', doi: '10.1000/example' },
  config,
  presets,
  sources: ['a folder with events.csv (who, when, what: a row for each event) and labels.csv (who, label)'],
  async simulate(context) {
    const { seed, random, config: settings } = context;
    const histories = generate(settings.histories, random.split('histories'));
    const provenance = { kind: 'simulated', source: 'generate() of data.ts', seed, notes: [] } as const;
    return { main: toDataset(histories, provenance, { ...context, purpose: 'training' }) };
  },
  open: async (source, context) => ({
    main: toDataset(await readFolder(source), await provenanceOf(source), context),
  }),
  train: ({ main }, context) => train(main, context),
  evaluate: ({ main }, context) => evaluate(main, context),
  figures,
  primaryModel: () => 'network',
  predict: {
    request: history,
    answer,
    accepts: 'tables of events (.csv with who, when, what; each who is asked about), or histories as .json',
    reads: ['.csv', '.json'],
    read: async (path) =>
      path.endsWith('.json')
        ? readJsonItems(path, history, {
            what: 'histories',
            how: 'give [{ "who": "p1", "events": [{ "day": 1, "what": "rash" }] }]',
          })
        : (await readEvents(path)).map(({ who, events }) => ({ who, events: [...events] })),
    decode,
    encode([{ probability }], { who }, _config, context) {
      const classes = context as string[];
      const values = Array.from(probability.data);
      return {
        who,
        class: classes[values.indexOf(Math.max(...values))],
        probabilities: Object.fromEntries(classes.map((name, k) => [name, values[k]])),
      };
    },
    describe: (given) => `${given.who}: ${given.class}, P = ${given.probabilities[given.class].toFixed(3)}`,
    examples: [
      {
        who: 'p1',
        events: [
          { day: 1, what: 'rash' },
          { day: 9, what: 'visit' },
          { day: 30, what: 'fever' },
        ],
      },
      {
        who: 'p2',
        events: [
          { day: 1, what: 'fever' },
          { day: 9, what: 'visit' },
          { day: 30, what: 'rash' },
        ],
      },
    ],
  },
});
