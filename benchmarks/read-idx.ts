// Reads 60,000 images of 28 x 28 px in an IDX file, gzipped and not, beside a bare unzip and numpy, where Python has it
// (DEEPFIELD_PYTHON). The house's reader takes the file's SHA-256 besides, for provenance. Every reader runs in a process of its own
// that tells its peak memory, the program's own included; rounds alternate, and the fastest round counts. The file is in the page
// cache; it is rendered here, or named (MNIST's own: --file train-images-idx3-ubyte.gz), and what is made is removed at the end.
//   npx tsx benchmarks/read-idx.ts [--file path] [--rounds 5]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { silent } from '../core/progress.ts';
import { RandomStream } from '../core/random.ts';
import { renderDigits } from '../domains/digits/renderer/render-digits.ts';
import { bestOfRounds, type RoundContender } from './best-of-rounds.ts';
import { Peer } from './peer.ts';

const { values: options } = parseArgs({
  options: { file: { type: 'string' }, rounds: { type: 'string', default: '5' } },
});

interface Outcome {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly pixels: number;
  readonly sum: number;
}

const outcome = (line: string): Outcome => {
  const [seconds, peakMegabytes, pixels, sum] = line.trim().split(' ').map(Number);
  return { seconds, peakMegabytes, pixels, sum };
};

const own = (title: string, reader: string): RoundContender<Outcome> => ({
  title,
  run: async (path) => {
    const program = fileURLToPath(new URL('read-idx-reader.ts', import.meta.url));
    const parameters = ['--import', 'tsx', program, reader, path];
    return outcome(execFileSync(process.execPath, parameters, { encoding: 'utf8' }));
  },
});

const contenders: readonly RoundContender<Outcome>[] = [
  own('bare unzip', 'bare'),
  own('decodeIdx', 'decode'),
  own('readIdx, SHA-256', 'deepfield'),
  {
    title: 'numpy',
    run: async (path) => {
      const peer = await Peer.start('read_idx.py');
      if (peer === undefined) return undefined;
      const answer = await peer.ask(path);
      peer.stop();
      return outcome(answer);
    },
  },
];

/** An IDX file of rendered digits. */
async function rendered(): Promise<Uint8Array> {
  const { pixels } = await renderDigits({
    count: 60_000,
    random: new RandomStream(1, 'benchmark'),
    progress: silent,
    signal: new AbortController().signal,
  });
  const header = Buffer.from([0, 0, 8, 3, ...new Array(12).fill(0)]);
  for (const [i, length] of [60_000, 28, 28].entries()) header.writeUInt32BE(length, 4 + 4 * i);
  return Buffer.concat([header, pixels]);
}

const folder = mkdtempSync(join(tmpdir(), 'idx-'));
try {
  const given = options.file === undefined ? await rendered() : readFileSync(options.file);
  const plain = given[0] === 0x1f ? gunzipSync(given) : given;
  for (const [name, bytes] of [
    ['images.gz', given[0] === 0x1f ? given : gzipSync(given)],
    ['images', plain],
  ] as const) {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const best = await bestOfRounds(contenders, path, Number(options.rounds));
    console.log(`\n${name}, ${(bytes.length / 1e6).toFixed(1)} MB\n                        ms    peak RSS`);
    const [bare] = best.values();
    for (const [{ title }, { seconds, peakMegabytes, pixels, sum }] of best) {
      const agrees = sum === bare.sum && pixels === bare.pixels;
      const figures = `${(seconds * 1000).toFixed(1).padStart(8)} ${peakMegabytes.toFixed(0).padStart(8)} MB`;
      console.log(`${title.padEnd(18)} ${figures}${agrees ? '' : `  (${pixels} pixels, sum ${sum})`}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
