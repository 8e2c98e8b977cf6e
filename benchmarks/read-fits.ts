// Reads an image of 4096 x 4096 float32 (67 MB) beside a bare turn of its byte order, fits-reader and astropy, where Python
// has it (DEEPFIELD_PYTHON). Every reader runs in a process of its own that tells its peak memory, the program's own
// included; rounds alternate, so that all meet the same noise of the machine, and the fastest round counts. The file is
// in the page cache. It is made here and removed at the end.
//   npx tsx benchmarks/read-fits.ts [--size 4096] [--rounds 5]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RandomStream } from '../core/random.ts';
import { writeFits } from '../data-adapters/formats/fits/index.ts';
import { bestOfRounds, type RoundContender } from './best-of-rounds.ts';
import { Peer } from './peer.ts';

const { values: options } = parseArgs({
  options: { size: { type: 'string', default: '4096' }, rounds: { type: 'string', default: '5' } },
});
const size = Number(options.size);

interface Outcome {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly pixels: number;
  readonly sum: number;
}

type Contender = RoundContender<Outcome>;

const outcome = (line: string): Outcome => {
  const [seconds, peakMegabytes, pixels, sum] = line.trim().split(' ').map(Number);
  return { seconds, peakMegabytes, pixels, sum };
};

/** Bytes of the header that writeFits makes of no cards. */
const headerBytes = 2880;

const own = (title: string, reader: string): Contender => ({
  title,
  run: async (path) => {
    const program = fileURLToPath(new URL('read-fits-reader.ts', import.meta.url));
    const parameters = ['--import', 'tsx', program, reader, path, String(headerBytes)];
    return outcome(execFileSync(process.execPath, parameters, { encoding: 'utf8' }));
  },
});

const astropy: Contender = {
  title: 'astropy',
  run: async (path) => {
    const peer = await Peer.start('read_fits.py');
    if (peer === undefined) return undefined;
    const answer = await peer.ask(path);
    peer.stop();
    return outcome(answer);
  },
};

const contenders: readonly Contender[] = [
  own('bare byte swap', 'swap'),
  own('openFits, readImage', 'deepfield'),
  own('fits-reader', 'fits-reader'),
  astropy,
];

const folder = mkdtempSync(join(tmpdir(), 'fits-'));
try {
  const path = join(folder, 'image.fits');
  const random = new RandomStream(1, 'benchmark');
  const data = Float32Array.from({ length: size * size }, () => random.uniform());
  await writeFits(path, [{ shape: [size, size], data }]);

  const best = await bestOfRounds<Outcome>(contenders, path, Number(options.rounds));
  console.log(`${size} x ${size} float32\n                          ms    peak RSS   beside the bare swap`);
  const [bare] = best.values();
  for (const [{ title }, { seconds, peakMegabytes, pixels, sum }] of best) {
    const figures = `${(seconds * 1000).toFixed(0).padStart(6)} ${peakMegabytes.toFixed(0).padStart(8)} MB`;
    const ratios = `${(seconds / bare.seconds).toFixed(2)}x time, ${(peakMegabytes / bare.peakMegabytes).toFixed(2)}x memory`;
    // NumPy adds in pairs; fits-reader takes the padding for pixels, which are zeros.
    const agrees = Math.abs(sum - bare.sum) <= 1e-9 * Math.abs(bare.sum) && pixels === size * size;
    const note = agrees || title === 'bare byte swap' ? '' : `  (${pixels} pixels, sum ${sum})`;
    console.log(`${title.padEnd(20)} ${figures}   ${ratios}${note}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
