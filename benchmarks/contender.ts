// One way of running a network in this process: on one of the house's devices, or on a backend of tfjs.

import { setBackend } from '@tensorflow/tfjs-core';
import { EagerEngine } from '../core/engine/devices/eager.ts';
import { registerRandomKernel } from '../core/engine/devices/random-kernel.ts';
import { listDevices, openEngine } from '../core/engine/devices.ts';
import type { Engine, EngineOptions, Feeds, InputSpecs, Program, Step } from '../core/engine/program.ts';
import { trainableWeights } from '../core/models/named-weights.ts';
import { RandomStream } from '../core/random.ts';
import { trainingStep } from '../core/training/training-step.ts';
import type { BenchmarkNetwork } from './networks/network.ts';

interface Way {
  readonly title: string;
  /** Takes part in every round; the others, an order of magnitude slower, in three of them with few steps. */
  readonly patient: boolean;
  readonly compiles: boolean;
  stepsPerCall(network: BenchmarkNetwork): number;
  open(threads: number): Promise<Engine>;
  /** Why it cannot run here. */
  missing(): Promise<string | undefined>;
}

const house = (title: string, grouped: boolean, options: EngineOptions = {}): Way => ({
  title,
  patient: true,
  compiles: true,
  stepsPerCall: (network) => (grouped ? network.grouped : 1),
  open: (threads) => openEngine('cpu', { threads, ...options }),
  missing: async () => undefined,
});

const wasmPackage = '@tensorflow/tfjs-backend-wasm';

const tfjsWasm: Way = {
  title: 'tfjs wasm',
  patient: false,
  compiles: false,
  stepsPerCall: () => 1,
  open: async () => {
    await import(wasmPackage);
    // Its module is compiled when it is first chosen, which takes a moment that a step cannot wait for.
    await setBackend('wasm');
    await setBackend('cpu');
    registerRandomKernel('wasm');
    return new EagerEngine('tfjs wasm', 'wasm');
  },
  missing: async () => {
    try {
      await import(wasmPackage);
      return undefined;
    } catch {
      return `${wasmPackage} is not installed here: no figures of it (npm i --no-save ${wasmPackage}@4.22.0)`;
    }
  },
};

const tfjsNode: Way = {
  title: 'tfjs-node',
  patient: true,
  compiles: false,
  stepsPerCall: () => 1,
  open: () => openEngine('tfjs-node'),
  missing: async () => {
    const device = (await listDevices()).find(({ name }) => name === 'tfjs-node');
    return device?.usable ? undefined : `no figures of tfjs-node: ${device?.reason ?? 'no such device'}`;
  },
};

const ways: readonly Way[] = [
  house('one step a call', false),
  house('several steps a call', true),
  house('one, spinning', false, { spinning: true }),
  house('several, spinning', true, { spinning: true }),
  tfjsNode,
  tfjsWasm,
];

/** What is missing here, a line each. */
export async function missing(): Promise<string[]> {
  const reasons = await Promise.all(ways.map((way) => way.missing()));
  return reasons.filter((reason) => reason !== undefined);
}

interface TimedStep {
  readonly step: Step;
  readonly specs: InputSpecs;
  readonly feed: Feeds;
}

/** A step of training, or what the network has instead. */
function timedStep(network: BenchmarkNetwork): TimedStep {
  const { model, objective, optimizer, inputs, batch, forward } = network.build(
    new RandomStream(1, 'benchmark'),
  );
  if (forward) return { step: forward, specs: inputs, feed: batch };
  const weights = trainableWeights(model);
  const specs: Record<string, InputSpecs[string]> = { ...inputs, weight: { shape: [network.batch] } };
  for (const rate of Object.keys(optimizer.rates)) specs[rate] = { shape: [] };
  return {
    step: trainingStep(objective, weights, optimizer.bind(weights)),
    specs,
    feed: { ...batch, weight: new Float32Array(network.batch).fill(1), ...optimizer.rates },
  };
}

/** Fewest steps in a round of a slow contender. */
const FEW = 2;

export class Contender {
  private constructor(
    readonly title: string,
    readonly patient: boolean,
    /** Milliseconds from the step to a program ready to run; undefined when nothing is compiled. */
    readonly setUp: number | undefined,
    private readonly engine: Engine,
    private readonly program: Program,
    private readonly feeds: readonly Feeds[],
    private readonly calls: number,
  ) {}

  /** Every way of running a network that there is here. */
  static async all(network: BenchmarkNetwork, threads: number): Promise<Contender[]> {
    const contenders: Contender[] = [];
    for (const way of ways) {
      if ((await way.missing()) !== undefined) continue;
      try {
        contenders.push(await Contender.open(way, network, threads));
      } catch (error) {
        // tfjs's wasm backend lacks kernels of some gradients.
        console.log(`  ${way.title} cannot run ${network.title}: ${(error as Error).message.split('\n')[0]}`);
      }
    }
    return contenders;
  }

  private static async open(way: Way, network: BenchmarkNetwork, threads: number): Promise<Contender> {
    const { step, specs, feed } = timedStep(network);
    const engine = await way.open(threads);
    const stepsPerCall = way.stepsPerCall(network);
    const started = performance.now();
    const program = await engine.compile(step, specs, { name: network.name, stepsPerCall });
    const setUp = way.compiles ? performance.now() - started : undefined;
    const feeds = Array.from({ length: stepsPerCall }, () => feed);
    const calls = way.patient ? Math.ceil(network.steps / stepsPerCall) : FEW;
    const contender = new Contender(way.title, way.patient, setUp, engine, program, feeds, calls);
    await program.run(...feeds);
    return contender;
  }

  /** Milliseconds a step, over one round. */
  async round(): Promise<number> {
    const started = performance.now();
    for (let i = 0; i < this.calls; i++) await this.program.run(...this.feeds);
    return (performance.now() - started) / (this.calls * this.feeds.length);
  }

  async dispose(): Promise<void> {
    await this.program.dispose();
    await this.engine.dispose();
  }
}
