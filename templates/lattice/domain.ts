// Your domain: one object, from which command line, report and server are made. What to edit stands in data.ts (your files),
// network.ts (how it learns) and figures.ts (what is measured); here are names, and how a single configuration is asked about.
import { defineDomain, type Models, UserError } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import { z } from 'zod';
import { generate, provenanceOf, readConfigurations, readFolder, toDataset } from './data.ts';
import { evaluate, figures } from './figures.ts';
import { type Config, config, ordered, presets, train } from './network.ts';

const configuration = z.object({
  values: z.array(z.array(z.number())).describe('L rows of L numbers: spins -1 and 1'),
});
const answer = z.object({
  ordered: z.number().describe('probability of the ordered phase'),
  mean: z.number(),
});
type Configuration = z.infer<typeof configuration>;
export type Answer = z.infer<typeof answer>;

async function decode({ values }: Configuration, models: Models) {
  const size = Number((await models.metadata('network')).size);
  if (values.length !== size || values.some((row) => row.length !== size)) {
    const what = `is no lattice of ${size} x ${size}, which the network has learnt`;
    throw new UserError({ what, where: 'values', how: 'train on lattices of this size' });
  }
  const input = { dtype: 'float32', shape: [1, size, size], data: Float32Array.from(values.flat()) } as const;
  return { models: ['network'], inputs: { values: input } };
}

const size = 16;
const lattice = (spin: (x: number, y: number) => number): Configuration => ({
  values: Array.from({ length: size }, (_, y) => Array.from({ length: size }, (__, x) => spin(x, y))),
});

export default defineDomain<Config, Configuration, Answer, Dataset>({
  name: 'my-science',
  title: 'My science',
  summary:
    'Configurations at many temperatures: a network learns the phases where they are sure, and tells where they meet.',
  // paper: { citation: 'Who, what, where (when)', doi: '10.1000/example' },
  config,
  presets,
  sources: ['a folder with configurations.npy, (count, L, L), and temperatures.npy, (count)'],
  async simulate(context) {
    const { seed, random, config: settings, signal } = context;
    const made = generate(settings.size, settings.each, random.split('lattices'), signal);
    const provenance = { kind: 'simulated', source: 'generate() of data.ts', seed, notes: [] } as const;
    return { main: toDataset(made, provenance, { ...context, purpose: 'training' }) };
  },
  open: async (source, context) => ({
    main: toDataset(await readFolder(source), await provenanceOf(source), context),
  }),
  train: ({ main }, context) => train(main, context),
  evaluate: ({ main }, context) => evaluate(main, context),
  figures,
  primaryModel: () => 'network',
  predict: {
    request: configuration,
    answer,
    accepts: 'arrays of configurations, .npy of (count, L, L) or (L, L)',
    reads: ['.npy'],
    async read(path) {
      const { values, size: side } = await readConfigurations(path);
      return Array.from({ length: values.length / side ** 2 }, (_, i) => ({
        values: Array.from({ length: side }, (__, y) =>
          Array.from(values.slice((i * side + y) * side, (i * side + y + 1) * side)),
        ),
      }));
    },
    decode,
    encode: ([{ probability }], { values }) => ({
      ordered: probability.data[ordered],
      mean: values.flat().reduce((sum, value) => sum + value, 0) / values.flat().length,
    }),
    describe: (given) => `P(ordered) = ${given.ordered.toFixed(3)}, m = ${given.mean.toFixed(3)}`,
    examples: [lattice(() => 1), lattice((x, y) => ((x * 7 + y * 5) % 3 === 0 ? 1 : -1))],
  },
});
