// Your domain: one object, from which command line, report and server are made. What to edit stands in data.ts (your files),
// network.ts (how it learns) and figures.ts (what is measured); here are names, and how a single picture is asked about.
import { defineDomain, type Models, RandomStream, UserError } from 'deepfield';
import { type Dataset, readGrey } from 'deepfield/data-adapters';
import { z } from 'zod';
import { bytesOf, generate, provenanceOf, readFolder, toDataset } from './data.ts';
import { evaluate, figures } from './figures.ts';
import { type Config, config, presets, train } from './network.ts';

const picture = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  pixels: z.array(z.number().min(0).max(255)).describe('greys row by row: 0 is black, 255 white'),
});
const answer = z.object({ class: z.string(), probabilities: z.record(z.string(), z.number()) });
type Picture = z.infer<typeof picture>;
export type Answer = z.infer<typeof answer>;

async function decode({ width, height, pixels }: Picture, models: Models, { side }: Config) {
  if (pixels.length !== width * height) {
    const what = `has ${pixels.length} pixels, expected ${width} x ${height}`;
    throw new UserError({ what, where: 'the picture', how: 'correct width and height' });
  }
  const data = bytesOf({ width, height, grey: Float32Array.from(pixels, (value) => value / 255) }, side);
  const input = { dtype: 'int32', shape: [1, side, side], data: Int32Array.from(data) } as const;
  const { classes } = await models.metadata('network');
  return { models: ['network'], inputs: { pixels: input }, context: JSON.parse(classes) as string[] };
}

/** Of the example. */
const side = 28;

export default defineDomain<Config, Picture, Answer, Dataset>({
  name: 'my-science',
  title: 'My science',
  summary:
    'Pictures of some classes: a convolutional network tells them apart, beside logistic regression on their pixels.',
  // paper: { citation: 'Who, what, where (when)', doi: '10.1000/example' },
  config,
  presets,
  sources: ['a folder with a folder of pictures (.png, .jpg, .webp, .tiff) for each class'],
  async simulate(context) {
    const { seed, random, config: settings } = context;
    const pictures = generate(settings.pictures, settings.side, random.split('pictures'));
    const provenance = { kind: 'simulated', source: 'generate() of data.ts', seed, notes: [] } as const;
    return { main: toDataset(pictures, provenance, { ...context, purpose: 'training' }) };
  },
  async open(source, context) {
    const pictures = await readFolder(source, context.config.side, context.signal);
    return { main: toDataset(pictures, await provenanceOf(source), context) };
  },
  train: ({ main }, context) => train(main, context),
  evaluate: ({ main }, context) => evaluate(main, context),
  figures,
  primaryModel: () => 'network',
  predict: {
    request: picture,
    answer,
    accepts: 'pictures of any size (.png, .jpg, .webp, .tiff)',
    reads: ['.png', '.jpg', '.jpeg', '.webp', '.tiff', '.tif'],
    async read(path) {
      const { width, height, grey } = await readGrey(path);
      return [{ width, height, pixels: Array.from(grey, (value) => 255 * value) }];
    },
    decode,
    encode([{ probability }], _request, _config, context) {
      const classes = context as string[];
      const values = Array.from(probability.data);
      return {
        class: classes[values.indexOf(Math.max(...values))],
        probabilities: Object.fromEntries(classes.map((name, k) => [name, values[k]])),
      };
    },
    describe: (given) => `${given.class}, P = ${given.probabilities[given.class].toFixed(3)}`,
    examples: [
      { width: side, height: side, pixels: Array.from(generate(1, side, new RandomStream(1)).pixels) },
    ],
  },
});
