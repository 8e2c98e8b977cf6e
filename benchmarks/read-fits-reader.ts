// One reading of a file for read-fits.ts, in a process of its own. Prints seconds, peak memory (MB), pixels and their sum.
import { readFileSync } from 'node:fs';
import { FitsStructure } from 'fits-reader';
import { openFits } from '../data-adapters/formats/fits/index.ts';

const [reader, path, header] = process.argv.slice(2);

/** What any reader has to do: read the bytes, turn their order, look at them as numbers. */
function bareSwap(): Float32Array {
  const bytes = readFileSync(path);
  const data = bytes.subarray(Number(header));
  data.swap32();
  return new Float32Array(data.buffer, data.byteOffset, Math.floor(data.length / 4));
}

async function deepfield(): Promise<Float32Array> {
  const file = await openFits(path);
  const { data } = await file.readImage(file.hdus[0], { as: 'float32' });
  await file.close();
  return data;
}

const fitsReader = (): number[] => new FitsStructure(readFileSync(path)).getDataValues();

const readers: Readonly<Record<string, () => ArrayLike<number> | Promise<ArrayLike<number>>>> = {
  swap: bareSwap,
  deepfield,
  'fits-reader': fitsReader,
};

const before = performance.now();
const pixels = await readers[reader]();
const seconds = (performance.now() - before) / 1000;
let sum = 0;
for (let i = 0; i < pixels.length; i++) sum += pixels[i];
console.log(seconds, process.resourceUsage().maxRSS / 1000, pixels.length, sum);
