// One reading of a file for read-idx.ts, in a process of its own. Prints seconds, peak memory (MB), pixels and their sum.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { decodeIdx, readIdx } from '../data-adapters/formats/idx.ts';

const [reader, path] = process.argv.slice(2);

/** What any reader has to do: read and unzip. */
function bare(): Uint8Array {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).subarray(16);
}

const readers: Readonly<Record<string, () => ArrayLike<number> | Promise<ArrayLike<number>>>> = {
  bare,
  decode: async () => (await decodeIdx(await readFile(path), path)).data,
  deepfield: async () => (await readIdx(path)).data,
};

const before = performance.now();
const pixels = await readers[reader]();
const seconds = (performance.now() - before) / 1000;
let sum = 0;
for (let i = 0; i < pixels.length; i++) sum += pixels[i];
console.log(seconds, process.resourceUsage().maxRSS / 1000, pixels.length, sum);
