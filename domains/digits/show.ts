// What a person looks at beside a digit's answer: the image, what the autoencoder gives back, where they differ, and the
// probability of each class.
import sharp from 'sharp';
import type { TensorData } from '../../core/engine/tensor-data.ts';
import type { BarsPanel, Panel, Picture } from '../panel.ts';
import { reconstructionOutput } from './networks/names.ts';
import { pixelsOfImage, side } from './parts.ts';

const white = 255;

async function picture(label: string, pixels: ArrayLike<number>): Promise<Picture> {
  const bytes = Uint8Array.from(pixels, (value) => Math.round(Math.min(white, Math.max(0, value))));
  const png = await sharp(bytes, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
  return { label, png: png.toString('base64'), width: side, height: side };
}

export interface ShownDigit {
  /** 0 ... 255, row by row. */
  readonly pixels: readonly number[];
  readonly outputs: readonly Record<string, TensorData>[];
  readonly probabilities: readonly number[];
  readonly classes: readonly string[];
  readonly error?: number;
  readonly strangeAbove?: number;
}

function errorCaption({ error, strangeAbove }: ShownDigit): string {
  const said = error === undefined ? '' : ` Mean squared error ${error.toFixed(4)}`;
  return strangeAbove === undefined || said === ''
    ? `${said}${said === '' ? '' : '.'}`
    : `${said}; above ${strangeAbove.toFixed(4)} an image is called strange.`;
}

async function pictures(shown: ShownDigit): Promise<Panel> {
  const { pixels, outputs } = shown;
  const image = await picture('image', pixels);
  const found = outputs.find((output) => reconstructionOutput in output)?.[reconstructionOutput].data;
  if (found === undefined) return { kind: 'pictures', title: 'The image', pictures: [image] };
  const back = Float64Array.from({ length: pixelsOfImage }, (_, i) => white * found[i]);
  return {
    kind: 'pictures',
    title: 'The image and its reconstruction',
    caption: `What the autoencoder gives back of it, from a code of few numbers; bright in the difference is where they disagree.${errorCaption(shown)}`,
    blink: true,
    pictures: [
      image,
      await picture('reconstruction', back),
      await picture(
        'difference',
        pixels.map((value, i) => Math.abs(value - back[i])),
      ),
    ],
  };
}

const bars = ({ probabilities, classes }: ShownDigit): BarsPanel => ({
  kind: 'bars',
  title: 'Probability of each class',
  high: 1,
  bars: probabilities.map((value, k) => ({
    label: classes[k] ?? String(k),
    value,
    text: value.toFixed(3),
  })),
});

export const showDigit = async (shown: ShownDigit): Promise<Panel[]> => [await pictures(shown), bars(shown)];
