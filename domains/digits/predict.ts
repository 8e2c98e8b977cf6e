// From an image to its digit: the committee's mean, or one classifier's answer, with a warning where the autoencoder cannot give the
// image back, as it can those it learned from: then it is none of the digits, or not as they are written here.
import { z } from 'zod';
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { UserError } from '../../core/errors.ts';
import { RandomStream } from '../../core/random.ts';
import type { DecodedRequest, Models, Prediction } from '../domain.ts';
import { memberCount, spreadOfOutput, spreadOver } from '../ensemble.ts';
import type { DigitsConfig } from './config.ts';
import { classesKey, errorOutput, pixelsInput, probabilityOutput, thresholdKey } from './networks/names.ts';
import { askedIds, judgeId } from './networks/of-run.ts';
import { pixelsOfImage, side } from './parts.ts';
import { type DigitRequest, imagesIn, readImages } from './read-images.ts';
import { renderDigit } from './renderer/render-digit.ts';
import { showDigit } from './show.ts';

const digitRequest: z.ZodType<DigitRequest> = z.strictObject({
  name: z.string().optional().describe('comes back with the answer'),
  pixels: z
    .array(z.array(z.number().min(0).max(255)).length(side))
    .length(side)
    .describe('28 rows of 28 grey pixels, 0 to 255, bright ink on black, centred as in MNIST'),
});

const digitAnswer = z.strictObject({
  name: z.string().optional(),
  digit: z.int().describe('number of the likeliest class: the digit itself, of digits'),
  label: z.string().describe('its name'),
  probability: z.number().describe('of that class'),
  probabilities: z.array(z.number()).describe('of each class'),
  spread: z
    .number()
    .min(0)
    .optional()
    .describe('standard deviation of that probability over the networks, where there are several'),
  networks: z.int().describe('classifiers whose answers were averaged'),
  reconstructionError: z
    .number()
    .optional()
    .describe(
      'mean over pixels of the squared difference from what the autoencoder gives back; of an ensemble the mean of its members',
    ),
  strangeAbove: z.number().optional().describe('error above which an image is called strange'),
  warning: z.string().optional().describe('why the answer should not be trusted'),
});

export type DigitAnswer = z.infer<typeof digitAnswer>;

/** What `encode` has to know. */
interface Asked {
  /** The members of ensembles among them. */
  readonly networks: number;
  readonly classes: readonly string[];
  readonly threshold?: number;
}

async function decode(request: DigitRequest, models: Models, config: DigitsConfig): Promise<DecodedRequest> {
  const asked = askedIds(config, models.ids);
  if (asked.length === 0)
    throw new UserError({
      what: 'the run has no classifier',
      how: 'train one: leave `classifiers` or `committee.columns` as they come',
    });
  const judge = judgeId(config, models.ids);
  const { [thresholdKey]: threshold } = judge === undefined ? {} : await models.metadata(judge);
  const pixels: TensorData = {
    dtype: 'int32',
    shape: [1, side, side],
    data: Int32Array.from(request.pixels.flat(), Math.round),
  };
  const { [classesKey]: classes = '[]' } = await models.metadata(asked[0]);
  let networks = 0;
  for (const id of asked) networks += memberCount(await models.metadata(id));
  const context: Asked = {
    networks,
    classes: JSON.parse(classes) as string[],
    ...(threshold === undefined ? {} : { threshold: Number(threshold) }),
  };
  return {
    models: judge === undefined ? asked : [...asked, judge],
    inputs: { [pixelsInput]: pixels },
    context,
  };
}

function encode(
  outputs: readonly Record<string, TensorData>[],
  { name }: DigitRequest,
  _config: DigitsConfig,
  context: unknown,
): DigitAnswer {
  const { networks, classes, threshold } = context as Asked;
  const voices = outputs.flatMap(({ [probabilityOutput]: own }) => (own === undefined ? [] : [own.data]));
  const probabilities = Array.from(
    voices[0],
    (_, k) => voices.reduce((sum, own) => sum + own[k], 0) / voices.length,
  );
  const probability = Math.max(...probabilities);
  const digit = probabilities.indexOf(probability);
  const own = outputs.flatMap((output) => spreadOfOutput(output, probabilityOutput)?.[digit] ?? []);
  const spread = spreadOver(
    voices.map((voice) => voice[digit]),
    own,
  );
  const error = outputs.find((output) => errorOutput in output)?.[errorOutput].data[0];
  const strange = error !== undefined && threshold !== undefined && error > threshold;
  return {
    ...(name === undefined ? {} : { name }),
    digit,
    label: classes[digit] ?? String(digit),
    probability,
    probabilities,
    ...(networks === 1 ? {} : { spread }),
    networks,
    ...(error === undefined ? {} : { reconstructionError: error }),
    ...(threshold === undefined ? {} : { strangeAbove: threshold }),
    ...(strange ? { warning: 'unlike the images that were learnt from: it may be none of the classes' } : {}),
  };
}

const describe = ({ label, probability, spread, reconstructionError, warning }: DigitAnswer): string =>
  [
    `${label}   P = ${probability.toFixed(3)}${spread === undefined ? '' : ` +- ${spread.toFixed(3)}`}`,
    ...(reconstructionError === undefined ? [] : [`reconstruction error ${reconstructionError.toFixed(4)}`]),
    ...(warning === undefined ? [] : [`warning: ${warning}`]),
  ].join('   ');

/** A digit as the renderer writes it. */
const drawn = (digit: number): number[][] => {
  const image = new Uint8Array(pixelsOfImage);
  renderDigit(digit, new RandomStream('example', digit), image);
  return Array.from({ length: side }, (_, row) => Array.from(image.subarray(row * side, (row + 1) * side)));
};

export const predict: Prediction<DigitsConfig, DigitRequest, DigitAnswer> = {
  request: digitRequest,
  answer: digitAnswer,
  accepts:
    'pictures of one digit of any size, dark on bright or bright on dark (.png, .jpg, .webp, .tif, .gif), IDX files of images, or folders of pictures',
  reads: [
    ...['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.bmp', '.avif'],
    ...['-ubyte.gz', '.ubyte.gz', '.idx.gz', '.idx3.gz', '-ubyte', '.ubyte', '.idx', '.idx3'],
  ],
  filesIn: imagesIn,
  read: readImages,
  decode,
  encode,
  describe,
  show: ({ answer, request, outputs, context }) =>
    showDigit({
      pixels: request.pixels.flat(),
      outputs,
      probabilities: answer.probabilities,
      classes: (context as Asked).classes,
      error: answer.reconstructionError,
      strangeAbove: answer.strangeAbove,
    }),
  examples: [
    { name: 'a drawn three', pixels: drawn(3) },
    { name: 'a drawn seven', pixels: drawn(7) },
  ],
};
