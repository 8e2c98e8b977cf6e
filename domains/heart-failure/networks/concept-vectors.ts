// Medical concept vectors: skip-gram with negative sampling (Mikolov et al. 2013; Choi et al. 2016, arXiv:1602.03686), so
// that codes that stand near each other in records have like vectors. Learnt from the training patients' records alone.
import { add, matMul, neg, reshape, slice, softplus, sum, type Tensor } from '@tensorflow/tfjs-core';
import { initializers, layers, model as layersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { openEngine } from '../../../core/engine/devices.ts';
import { codeVectors } from '../../../core/models/code-vectors.ts';
import { namedWeights } from '../../../core/models/named-weights.ts';
import type { RandomStream } from '../../../core/random.ts';
import { rowSource } from '../../../core/training/batch-source.ts';
import { fit } from '../../../core/training/fit.ts';
import { weightedMean } from '../../../core/training/losses.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';
import type { StageContext } from '../../domain.ts';

export interface ConceptVectorOptions {
  /** Numbers of codes, 1 ... codes, of each record in the order of time. */
  readonly records: readonly Int32Array[];
  readonly codes: number;
  readonly width: number;
  /** Codes to either side that belong together. Default 5. */
  readonly reach?: number;
  /** Codes drawn against each that belongs, in proportion to frequency^(3/4). Default 5. */
  readonly negatives?: number;
  /** Pairs that are learnt from, at most. Default 1,500,000. */
  readonly pairs?: number;
  readonly random: RandomStream;
}

/** Cumulative shares frequency^(3/4) of codes 1 ... codes. */
function noise(records: readonly Int32Array[], codes: number): Float64Array {
  const shares = new Float64Array(codes);
  for (const record of records) for (const code of record) shares[code - 1]++;
  let total = 0;
  for (let i = 0; i < codes; i++) {
    total += shares[i] ** 0.75;
    shares[i] = total;
  }
  return shares.map((share) => share / total);
}

/** The code at which a cumulative distribution passes u. */
function drawn(cumulative: Float64Array, u: number): number {
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > u) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

/** @returns vectors [codes + 1, width], the first of them of no code */
export async function learnConceptVectors(
  options: ConceptVectorOptions,
  { device, threads, progress, signal }: StageContext<unknown>,
): Promise<Float32Array> {
  const { records, codes, width, reach = 5, negatives = 5, pairs = 1_500_000, random } = options;
  const usable = records.filter((record) => record.length > 1);
  const starts: number[] = [];
  let positions = 0;
  for (const record of usable) {
    starts.push(positions);
    positions += record.length;
  }
  const owner = new Uint32Array(positions);
  usable.forEach((record, i) => {
    owner.fill(i, starts[i], starts[i] + record.length);
  });
  const cumulative = noise(usable, codes);

  const table = (name: string) =>
    codeVectors({
      name,
      codes,
      width,
      initializer: initializers.randomUniform({
        minval: -0.5 / width,
        maxval: 0.5 / width,
        seed: random.split(name).seed(),
      }),
    });
  const centre = layers.input({ shape: [1, 1], dtype: 'int32', name: 'centre' });
  const others = layers.input({ shape: [1 + negatives, 1], dtype: 'int32', name: 'others' });
  const network = layersModel({
    inputs: [centre, others],
    outputs: [
      table('vectors').apply(centre) as SymbolicTensor,
      table('contexts').apply(others) as SymbolicTensor,
    ],
    name: 'skip-gram',
  });

  const gather = (rows: Uint32Array, stream: RandomStream | undefined) => {
    const centres = new Int32Array(rows.length);
    const contexts = new Int32Array(rows.length * (1 + negatives));
    rows.forEach((position, i) => {
      const record = usable[owner[position]];
      const at = position - starts[owner[position]];
      const from = Math.max(0, at - reach);
      const to = Math.min(record.length - 1, at + reach);
      const other = from + stream!.integer(to - from);
      centres[i] = record[at];
      contexts[i * (1 + negatives)] = record[other >= at ? other + 1 : other];
      for (let k = 1; k <= negatives; k++)
        contexts[i * (1 + negatives) + k] = drawn(cumulative, stream!.uniform());
    });
    return { centre: centres, others: contexts };
  };

  const batchSize = 1024;
  const engine = await openEngine(device, { threads });
  try {
    await fit({
      engine,
      model: network,
      label: 'Learning concept vectors',
      progress,
      signal,
      objective: ({ centre: centres, others: contexts, weight }) => {
        const [vector, context] = network.apply([centres, contexts]) as Tensor[];
        const scores = reshape(matMul(context, vector, false, true), [-1, 1 + negatives]);
        // -ln s(x) = softplus(-x), s the logistic function.
        const belongs = softplus(neg(slice(scores, [0, 0], [-1, 1])));
        const strange = sum(softplus(slice(scores, [0, 1], [-1, negatives])), 1, true);
        const likelihood = reshape(add(belongs, strange), [-1]);
        return { loss: weightedMean(likelihood, weight) };
      },
      optimizer: adam({ learningRate: 0.005 }),
      inputs: {
        centre: { shape: [1, 1], dtype: 'int32' },
        others: { shape: [1 + negatives, 1], dtype: 'int32' },
      },
      train: rowSource({
        rows: Uint32Array.from({ length: positions }, (_, i) => i),
        gather,
        shuffle: random.split('pairs'),
      }),
      batchSize,
      steps: Math.ceil(Math.min(pairs, 10 * positions) / batchSize),
      stepsPerCall: 4,
    });
    return (await namedWeights(network)['vectors/vectors'].data()) as Float32Array;
  } finally {
    await engine.dispose();
    network.dispose();
  }
}
