// A collision network from raw columns to the probability of signal: what it may see, how that is scaled, the layers behind
// it, what it is trained towards, and its model file.
import { sigmoid, type Tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model as network } from '@tensorflow/tfjs-layers';
import { exportModel } from '../../../core/engine/export.ts';
import type { InputSpecs } from '../../../core/engine/program.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Objective } from '../../../core/training/objective.ts';
import type { Architecture } from './architecture.ts';
import { type ColumnRange, columnLayer } from './column-layer.ts';
import { invariantLayer, invariantScalings } from './invariant-layer.ts';
import { featuresInput, signalOutput } from './names.ts';
import { collisionObjective, ensembleLogit } from './objective.ts';
import type { ParticleLayout } from './particles.ts';
import { piecewiseLayer, quantileKnots } from './piecewise-layer.ts';
import type { ColumnScaling } from './standardisation.ts';

export interface CollisionNetworkOptions {
  /** Columns of the problem: the width of the input. */
  readonly columns: number;
  /** The network sees columns `from` to before `to`. */
  readonly from: number;
  readonly to: number;
  /** A column seen besides: the parameter, a mass say, of a parameterised network (parameterised-source.ts). */
  readonly parameter?: number;
  /** One for each column of the problem. */
  readonly standardisation: readonly ColumnScaling[];
  readonly architecture: Architecture;
  /** Which columns are momenta, where known: for architectures that use it, and ranges that hold all of them. */
  readonly particles?: ParticleLayout;
  /**
   * Some training rows, row-major, ten thousand being plenty: they scale what follows from the particles and set the bins of
   * the piecewise-linear encoding. Without them the one stays as it is and the other is left out. Where there is a
   * parameter, rows whose background has been given one.
   */
  readonly sample?: Float32Array;
  /** Strength of the penalty sum W^2. Default 0. */
  readonly l2?: number;
  /** Draws the first weights and the dropout masks. */
  readonly random: RandomStream;
}

export interface CollisionNetwork {
  /** [rows, columns] -> logits [rows, members]. */
  readonly model: LayersModel;
  readonly objective: Objective;
  /** One row of what the objective reads, `weight` aside. */
  readonly inputs: InputSpecs;
  /** The model file: `features` [rows, columns] -> `signal` [rows, 1], the sigmoid of the members' mean logit. */
  exportOnnx(options?: { name?: string; metadata?: Readonly<Record<string, string>> }): Uint8Array;
}

/** Columns of all momenta of a layout. */
const momentumColumns = ({ visible, missing }: ParticleLayout): number[] =>
  [...visible.flatMap(({ pt, eta, phi }) => [pt, eta, phi]), missing.pt, missing.phi].map(
    ({ index }) => index,
  );

/** The columns as runs of neighbours. */
function runs(columns: readonly number[]): ColumnRange[] {
  const result: [number, number][] = [];
  for (const column of columns) {
    const last = result.at(-1);
    if (last && last[1] === column) last[1]++;
    else result.push([column, column + 1]);
  }
  return result;
}

/** What the network may see, scaled: the columns of its range, or what follows from the particles in their place. */
function seenColumns(options: CollisionNetworkOptions): LayersModel {
  const { columns, from, to, parameter, architecture, sample } = options;
  const seen = Array.from({ length: to - from }, (_, i) => from + i);
  if (parameter !== undefined && !seen.includes(parameter)) seen.push(parameter);
  const momenta = options.particles && architecture.invariants ? momentumColumns(options.particles) : [];
  const whole = momenta.length > 0 && momenta.every((column) => seen.includes(column));
  const ranges = runs(whole ? seen.filter((column) => !momenta.includes(column)) : seen);
  const features = input({ shape: [columns], name: featuresInput });
  const parts = [];
  if (ranges.length > 0) {
    const scalings = ranges.flatMap(([first, end]) => options.standardisation.slice(first, end));
    parts.push(columnLayer({ columns, ranges, scalings, name: 'columns' }).apply(features));
  }
  if (whole) {
    const particles = options.particles!;
    const scalings = sample && invariantScalings(particles, columns, sample);
    parts.push(invariantLayer({ columns, particles, scalings, name: 'invariants' }).apply(features));
  }
  const scaled = parts.length === 1 ? parts[0] : layers.concatenate({ name: 'seen' }).apply(parts as never);
  return network({ inputs: features, outputs: scaled as typeof features, name: 'columns' });
}

/** Rows that are computed at once. */
const BLOCK = 2000;

/** What a network without random parts answers for some rows. */
function answers(model: LayersModel, rows: Float32Array, columns: number): Float32Array {
  const width = model.outputs[0].shape[1]!;
  const result = new Float32Array((rows.length / columns) * width);
  for (let start = 0; start * columns < rows.length; start += BLOCK) {
    const block = rows.subarray(start * columns, (start + BLOCK) * columns);
    const values = tidy(() =>
      (model.apply(tensor2d(block, [block.length / columns, columns])) as Tensor).dataSync(),
    );
    result.set(values as Float32Array, start * width);
  }
  return result;
}

/**
 * The whole network: columns, their encoding, the body. Only particles are encoded: on 40,568 HIGGS rows seen as plain columns
 * the encoding overfits, and costs 0.004 of validation AUC.
 */
function build(options: CollisionNetworkOptions): LayersModel {
  const { columns, architecture, random, sample } = options;
  const before = seenColumns(options);
  const [scaled] = before.outputs;
  let encoded = scaled;
  const whole = before.layers.some(({ name }) => name === 'invariants');
  if (whole && sample && architecture.bins > 0) {
    const knots = quantileKnots(answers(before, sample, columns), scaled.shape[1]!, architecture.bins);
    encoded = piecewiseLayer({ knots, name: 'bins' }).apply(scaled) as typeof scaled;
  }
  const logits = architecture.body(encoded.shape[1]!, random).apply(encoded);
  return network({ inputs: before.inputs, outputs: logits as typeof scaled, name: 'collisions' });
}

/**
 * A network and all that training it needs.
 *
 * @throws RangeError for columns that are not there, or scalings that are not one for each column
 */
export function buildNetwork(options: CollisionNetworkOptions): CollisionNetwork {
  const { columns, from, to, standardisation, architecture, l2 } = options;
  if (standardisation.length !== columns)
    throw new RangeError(`buildNetwork: expected ${columns} scalings, got ${standardisation.length}`);
  const model = build(options);
  return {
    model,
    objective: collisionObjective(model, architecture.members, l2),
    inputs: { [featuresInput]: { shape: [columns] }, label: { shape: [1] } },
    exportOnnx: ({ name = 'exotic-particles', metadata = {} } = {}) =>
      exportModel(
        ({ [featuresInput]: features }) => ({
          [signalOutput]: sigmoid(ensembleLogit(model.apply(features) as Tensor)),
        }),
        { [featuresInput]: { shape: [columns] } },
        {
          name,
          metadata: {
            [featuresInput]: `all ${columns} columns of the problem in the units of its files, of which ${from} to ${to - 1} are used, [rows, ${columns}]`,
            [signalOutput]: 'probability that the collision is signal, [rows, 1]',
            ...metadata,
          },
        },
      ),
  };
}
