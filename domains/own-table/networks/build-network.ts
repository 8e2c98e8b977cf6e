// A network on a table: columns as they are coded, brought to one scale, and members behind it: of no hidden layer, which is
// logistic or linear regression, or multilayer perceptrons side by side whose answers are averaged (Lakshminarayanan, Pritzel and
// Blundell 2017).
import {
  add,
  addN,
  div,
  mul,
  reshape,
  type Scalar,
  slice,
  softmax,
  squeeze,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model as network } from '@tensorflow/tfjs-layers';
import { exportModel } from '../../../core/engine/export.ts';
import type { InputSpecs } from '../../../core/engine/program.ts';
import { type MixedUnit, mixedColumns } from '../../../core/models/mixed-columns.ts';
import { mlp } from '../../../core/models/mlp.ts';
import { trainableWeights } from '../../../core/models/named-weights.ts';
import type { RandomStream } from '../../../core/random.ts';
import { categoricalCrossEntropy, l2Penalty, meanSquaredError } from '../../../core/training/losses.ts';
import type { Objective } from '../../../core/training/objective.ts';
import { featuresInput, probabilityOutput, valueOutput } from './names.ts';

/** What is predicted: one of some classes, or a number whose training rows have this mean and deviation. */
export type Answer =
  | { readonly task: 'classification'; readonly classes: number }
  | { readonly task: 'regression'; readonly mean: number; readonly deviation: number };

export interface TableNetworkOptions {
  /** Features: the width of the input. */
  readonly columns: number;
  readonly units: readonly MixedUnit[];
  readonly answer: Answer;
  /** Rectified units of each hidden layer; none for a linear model. */
  readonly hidden: readonly number[];
  readonly members: number;
  readonly dropout: number;
  /** Draws the first weights and the dropout masks. */
  readonly random: RandomStream;
}

export interface TableNetwork {
  readonly model: LayersModel;
  /** One row of what the objective reads, `weight` aside. */
  readonly inputs: InputSpecs;
  /** @param l2 strength of sum W^2 over all matrices of weights */
  objective(l2: number): Objective;
  exportOnnx(id: string, metadata: Readonly<Record<string, string>>): Uint8Array;
}

type Symbolic = ReturnType<typeof input>;

export const outputsOf = (answer: Answer): number => (answer.task === 'classification' ? answer.classes : 1);

/** [rows, columns] -> [rows, members x outputs]. */
function build({
  columns,
  units,
  answer,
  hidden,
  members,
  dropout,
  random,
}: TableNetworkOptions): LayersModel {
  const features = input({ shape: [columns], name: featuresInput });
  const seen = mixedColumns({ columns, units, name: 'columns' }).apply(features) as Symbolic;
  const answers = Array.from({ length: members }, (_, i) => {
    const member = mlp({
      prefix: `member${i + 1}-`,
      inputs: units.length,
      hidden,
      hiddenActivation: 'relu',
      outputs: outputsOf(answer),
      outputActivation: 'linear',
      dropoutRate: dropout,
      initialisation:
        hidden.length > 0 ? { kind: 'glorot-uniform' } : { kind: 'normal', standardDeviation: 0.001 },
      random: random.split('member', i),
    });
    return member.apply(seen) as Symbolic;
  });
  const together =
    members === 1
      ? answers[0]
      : (layers.concatenate({ name: 'members', axis: 1 }).apply(answers) as Symbolic);
  return network({ inputs: features, outputs: together, name: 'own-table' });
}

/** A network and all that training it needs. */
export function buildNetwork(options: TableNetworkOptions): TableNetwork {
  const { columns, answer, members } = options;
  const outputs = outputsOf(answer);
  const model = build(options);
  /** Each member's answers: probabilities [rows, classes], or standardised numbers [rows, 1]. */
  const memberAnswers = (features: Tensor, training: boolean): Tensor[] => {
    const raw = model.apply(features, { training }) as Tensor;
    const each = reshape(raw, [-1, members, outputs]);
    const answers = answer.task === 'classification' ? softmax(each as never, 2) : each;
    return Array.from({ length: members }, (_, i) =>
      squeeze(slice(answers, [0, i, 0], [-1, 1, outputs]), [1]),
    );
  };
  const averaged = (answers: readonly Tensor[]): Tensor => div(addN([...answers]), answers.length);
  const error = answer.task === 'classification' ? categoricalCrossEntropy : meanSquaredError;
  const kernels = Object.entries(trainableWeights(model)).filter(([name]) => name.endsWith('kernel'));
  return {
    model,
    inputs: { [featuresInput]: { shape: [columns] }, target: { shape: [outputs] } },
    objective:
      (l2) =>
      ({ [featuresInput]: features, target, weight }, training) => {
        const answers = memberAnswers(features, training);
        const own = addN(answers.map((each) => error(target, each, weight)));
        const penalty = l2 === 0 ? [] : [mul(2 * l2, l2Penalty(kernels.map(([, variable]) => variable)))];
        return {
          loss: addN([own, ...penalty]) as Scalar,
          metrics: { error: error(target, averaged(answers), weight) },
        };
      },
    exportOnnx: (id, metadata) =>
      exportModel(
        ({ [featuresInput]: features }): Record<string, Tensor> => {
          const answers = averaged(memberAnswers(features, false));
          return answer.task === 'classification'
            ? { [probabilityOutput]: answers }
            : { [valueOutput]: add(mul(answers, answer.deviation), answer.mean) };
        },
        { [featuresInput]: { shape: [columns] } },
        { name: id, metadata },
      ),
  };
}

/** What the objective takes for targets: one-hot classes, or standardised numbers. */
export function targetRows(answer: Answer, target: ArrayLike<number>, rows: ArrayLike<number>): Float32Array {
  const outputs = outputsOf(answer);
  const all = new Float32Array(rows.length * outputs);
  for (let i = 0; i < rows.length; i++) {
    const value = target[rows[i]];
    if (answer.task === 'classification') all[i * outputs + value] = 1;
    else all[i] = (value - answer.mean) / answer.deviation;
  }
  return all;
}
