import { describe, expect, it } from 'vitest';
import { silent } from '../../../core/progress.ts';
import { RandomStream } from '../../../core/random.ts';
import { HiggsEvent } from '../../../domains/exotic-particles/features/higgs-event.ts';
import { makeHiggsFeatures } from '../../../domains/exotic-particles/features/higgs-features.ts';
import {
  higgsColumns,
  susyColumns,
  toPhysical,
} from '../../../domains/exotic-particles/features/uci-units.ts';
import { featureCount, type Process } from '../../../domains/exotic-particles/generator/block.ts';
import {
  blockSize,
  type SimulateCollisionsOptions,
  simulateCollisions,
} from '../../../domains/exotic-particles/generator/simulate-collisions.ts';

const base = { random: new RandomStream('collisions'), threads: 0, progress: silent };

async function collect(process: Process, events: number, more: Partial<SimulateCollisionsOptions> = {}) {
  const signal = new AbortController().signal;
  const features: number[][] = [];
  const labels: number[] = [];
  const sizes: number[] = [];
  for await (const block of simulateCollisions({ ...base, process, events, signal, ...more })) {
    sizes.push(block.label.length);
    const width = featureCount[process];
    expect(block.features.length).toBe(block.label.length * width);
    block.label.forEach((label, i) => {
      labels.push(label);
      features.push([...block.features.subarray(i * width, (i + 1) * width)]);
    });
  }
  return { features, labels, sizes };
}

describe('simulateCollisions', () => {
  it.each(['higgs', 'susy'] as const)(
    'makes the same %s collisions on 0, 1 and 2 threads',
    async (process) => {
      const events = 2 * blockSize + 100;
      const none = await collect(process, events);
      expect(none.sizes).toEqual([blockSize, blockSize, 100]);
      expect(await collect(process, events, { threads: 1 })).toEqual(none);
      expect(await collect(process, events, { threads: 2 })).toEqual(none);
      expect(none.features[0]).not.toEqual(none.features[blockSize]);
    },
  );

  it('draws the class after the selection: shares of 0.53 and 0.46 unless told otherwise', async () => {
    // Standard error sqrt(.25/8192) = 0.0055; four of them.
    const mean = ({ labels }: { labels: number[] }) => labels.reduce((a, b) => a + b, 0) / labels.length;
    expect(Math.abs(mean(await collect('higgs', blockSize)) - 0.53)).toBeLessThan(0.022);
    expect(Math.abs(mean(await collect('susy', blockSize)) - 0.46)).toBeLessThan(0.022);
    expect(mean(await collect('susy', 300, { signalShare: 1 }))).toBe(1);
    expect(mean(await collect('higgs', 300, { signalShare: 0 }))).toBe(0);
  });

  it('keeps the first collisions when more are asked for, and others come from another stream', async () => {
    const few = await collect('susy', 50);
    const more = await collect('susy', 80);
    expect(more.features.slice(0, 50)).toEqual(few.features);
    const other = await collect('susy', 50, { random: new RandomStream('others') });
    expect(other.features).not.toEqual(few.features);
  });

  it('reports accepted collisions', async () => {
    const calls: unknown[] = [];
    const progress = {
      task: (...args: unknown[]) => {
        calls.push(args);
        return { advance: (units?: number) => calls.push(units), end: () => calls.push('end') };
      },
    };
    await collect('susy', blockSize + 5, { progress });
    expect(calls).toEqual([['Generating collisions', blockSize + 5, 'collisions'], blockSize, 5, 'end']);
  });

  it.each([0, 2])('stops when aborted, on %d threads', async (threads) => {
    const controller = new AbortController();
    const blocks = simulateCollisions({
      ...base,
      process: 'susy',
      events: 1e9,
      threads,
      signal: controller.signal,
    });
    expect((await blocks.next()).done).toBe(false);
    controller.abort(new Error('enough'));
    await expect(
      (async () => {
        for await (const _ of blocks);
      })(),
    ).rejects.toThrow('enough');
  });

  it('can be left early', async () => {
    for await (const block of simulateCollisions({
      ...base,
      process: 'susy',
      events: 1e9,
      threads: 1,
      signal: new AbortController().signal,
    })) {
      expect(block.label.length).toBe(blockSize);
      break;
    }
  });

  it('makes nothing of 0 events, and refuses half events and shares above 1', async () => {
    expect((await collect('higgs', 0)).labels).toEqual([]);
    await expect(collect('higgs', 1.5)).rejects.toThrow('integer number of events');
    await expect(collect('higgs', 10, { signalShare: 1.2 })).rejects.toThrow('signalShare in [0, 1]');
  });
});

describe('generated records', () => {
  it('of HIGGS pass the selection, and their derived masses follow from the measured columns', async () => {
    const { features } = await collect('higgs', 4000);
    const event = new HiggsEvent();
    const compute = makeHiggsFeatures();
    const out = new Float64Array(7);
    let twoTags = 0;
    for (const row of features) {
      const physical = toPhysical(higgsColumns, row);
      event.read(physical);
      expect(event.leptonTransverseMomentum).toBeGreaterThan(14.99);
      expect(Math.abs(event.leptonPseudorapidity)).toBeLessThan(2.501);
      for (let jet = 0; jet < 4; jet++) {
        expect(event.jetTransverseMomentum[jet]).toBeGreaterThan(14.99);
        expect(Math.abs(event.jetPseudorapidity[jet])).toBeLessThan(3.001);
      }
      if (!compute(event, out, 0)) continue;
      twoTags++;
      // The two tagged jets are in the record: m_bb and m_lv follow, to float32's precision.
      expect(Math.abs(out[4] / physical[25] - 1)).toBeLessThan(1e-4);
      expect(Math.abs(out[2] / physical[23] - 1)).toBeLessThan(1e-4);
      // m_jj may be that of a pair with a fifth jet, then it is nearer to the W.
      expect(Math.abs(physical[21] - 80.4)).toBeLessThan(Math.abs(out[0] - 80.4) + 0.01);
    }
    // Others have a tagged jet beyond the four.
    expect(twoTags / features.length).toBeGreaterThan(0.6);
    expect(twoTags / features.length).toBeLessThan(0.95);
  });

  it('of SUSY pass the selection, the leading lepton first', async () => {
    const { features } = await collect('susy', 4000);
    for (const row of features) {
      const physical = toPhysical(susyColumns, row);
      expect(physical[3]).toBeGreaterThan(19.99);
      expect(physical[0]).toBeGreaterThanOrEqual(physical[3] - 1e-3);
      expect(Math.abs(physical[1])).toBeLessThan(2.501);
      expect(Math.abs(physical[4])).toBeLessThan(2.501);
      expect(physical.every(Number.isFinite)).toBe(true);
    }
  });
});
