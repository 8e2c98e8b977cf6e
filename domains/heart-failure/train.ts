// Trains the networks of a run: for each window and representation those that read counts, then those that read sequences.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { InferenceModel } from '../../core/engine/inference.ts';
import { UserError } from '../../core/errors.ts';
import { type Recalibration, recalibrate } from '../../core/metrics/recalibration.ts';
import { toLayersFormat } from '../../core/models/layers-format.ts';
import type { RandomStream } from '../../core/random.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import type { TrainContext } from '../domain.ts';
import type { HeartFailureConfig } from './config.ts';
import { type NetworkName, networkId } from './network-id.ts';
import { learnConceptVectors } from './networks/concept-vectors.ts';
import { exportCountNetwork, exportSequenceNetwork, uncalibrated } from './networks/export-network.ts';
import { isSequenceKind, type SequenceKind } from './networks/kinds.ts';
import { learningNetworks, networksOf } from './networks-of-run.ts';
import { cohortOf, membersPart } from './parts.ts';
import { type ObservedCohort, observedCohort } from './records/observed-cohort.ts';
import { groupsOf } from './records/representation-groups.ts';
import { vocabularyText } from './records/vocabulary.ts';
import { scoreRecords } from './score-records.ts';
import { factsText } from './serving-facts.ts';
import { trainCounts } from './train-counts.ts';
import { trainSequence } from './train-sequence.ts';

/** Rows of a split with what is to be learnt of them. */
export interface LabelledRows {
  readonly train: { readonly rows: Uint32Array; readonly labels: Uint8Array };
  readonly validation: { readonly rows: Uint32Array; readonly labels: Uint8Array };
}

/** Known entries of the training records: the first and the last percentile. */
function entriesOf(
  observed: ObservedCohort,
  rows: Uint32Array,
  { representation }: HeartFailureConfig,
): [number, number] {
  const counts = Array.from(
    rows,
    (row) => observed.steps(row, representation).codes.filter((code) => code > 0).length,
  ).sort((a, b) => a - b);
  return [counts[Math.floor(0.01 * counts.length)], counts[Math.ceil(0.99 * counts.length) - 1]];
}

/** @throws UserError when there is nothing to tell apart */
function requireBothClasses(split: string, rows: Uint32Array, labels: Uint8Array): void {
  const cases = rows.reduce((sum, row) => sum + labels[row], 0);
  if (cases > 0 && cases < rows.length) return;
  throw new UserError({
    what: `the ${split} set has ${cases} cases and ${rows.length - cases} controls`,
    how: 'bring more records, loosen the rules of the section cohort, or lower split.chunks',
  });
}

export async function train(parts: Parts, context: TrainContext<HeartFailureConfig>): Promise<void> {
  const { config, random } = context;
  const cohort = cohortOf(parts);
  const { train: training, validation } = parts[membersPart].splits;
  const truth = Uint8Array.from(cohort.members, ({ isCase }) => Number(isCase));
  const labels = config.training.shuffleLabels ? random.split('labels').shuffle(truth.slice()) : truth;
  const rows: LabelledRows = { train: { rows: training, labels }, validation: { rows: validation, labels } };
  for (const [split, of] of [
    ['training', training],
    ['validation', validation],
  ] as const)
    requireBothClasses(split, of, labels);
  const ages = [...training].map((row) => cohort.members[row].age).sort((a, b) => a - b);
  const ageRange = [ages[Math.floor(0.005 * ages.length)], ages[Math.ceil(0.995 * ages.length) - 1]] as [
    number,
    number,
  ];
  const caseShare = validation.reduce((sum, row) => sum + labels[row], 0) / validation.length;
  const groups = await groupsOf(config);
  const { unmapped } = groups('grouped')(cohort.concepts);
  if (unmapped > 0)
    context.log(
      `${unmapped} of ${cohort.concepts.length} codes are in no file of representation.groups and stay as they are`,
    );
  let shared:
    | { key: string; observed: ObservedCohort; entries: [number, number]; vectors?: Float32Array }
    | undefined;
  for (const name of [...networksOf(config), ...learningNetworks(config)]) {
    const id = networkId(name);
    if (context.hasModel(id)) continue;
    context.signal.throwIfAborted();
    const key = `${name.observation} ${name.gap} ${name.representation}`;
    if (shared?.key !== key) {
      const known = { training, leastPatients: config.representation.leastPatients };
      const observed = observedCohort(cohort, name, groups(name.representation), known);
      shared = { key, observed, entries: entriesOf(observed, training, config) };
    }
    if (name.representation === 'vectors' && isSequenceKind(name.kind))
      shared.vectors ??= await conceptVectors(
        shared.observed,
        training,
        random.split('vectors', key),
        context,
      );
    const { longest, codesPerStep } = config.representation;
    const facts = {
      vocabulary: vocabularyText(shared.observed.vocabulary),
      facts: factsText({
        ...name,
        longest,
        codesPerStep,
        ages: ageRange,
        entries: shared.entries,
        caseShare,
      }),
    };
    const taught =
      name.share === 100
        ? rows
        : {
            ...rows,
            train: { labels, rows: training.subarray(0, Math.ceil((training.length * name.share) / 100)) },
          };
    await trainOne(name, { ...shared, rows: taught, facts, random: random.split('network', id) }, context);
  }
}

function conceptVectors(
  observed: ObservedCohort,
  rows: Uint32Array,
  random: RandomStream,
  context: TrainContext<HeartFailureConfig>,
): Promise<Float32Array> {
  const codes = observed.vocabulary.concepts.length;
  const { width } = context.config.training;
  const records = Array.from(
    rows,
    (row) => observed.steps(row, { codesPerStep: 1, longest: Number.POSITIVE_INFINITY }).codes,
  );
  return learnConceptVectors({ records, codes, width, random }, context);
}

interface Needs {
  readonly observed: ObservedCohort;
  readonly vectors?: Float32Array;
  readonly rows: LabelledRows;
  readonly facts: Readonly<Record<string, string>>;
  readonly random: RandomStream;
}

async function trainOne(
  name: NetworkName,
  { observed, vectors, rows, facts, random }: Needs,
  context: TrainContext<HeartFailureConfig>,
): Promise<void> {
  const id = networkId(name);
  const { longest, codesPerStep } = context.config.representation;
  const codes = observed.vocabulary.concepts.length;
  const exported = (model: LayersModel, calibration: Recalibration, metadata: Record<string, string>) =>
    isSequenceKind(name.kind)
      ? exportSequenceNetwork(model, { length: longest, codesPerStep }, { id, calibration, metadata })
      : exportCountNetwork(model, codes, { id, calibration, metadata });
  const finish = async (model: LayersModel, more: Record<string, string> = {}): Promise<Uint8Array> => {
    const raw = await InferenceModel.open(exported(model, uncalibrated, {}), id);
    try {
      const run = (inputs: Parameters<typeof raw.run>[0]) => raw.run(inputs);
      const { score } = await scoreRecords(name, observed, rows.validation.rows, context.config, run);
      const labels = Uint8Array.from(rows.validation.rows, (row) => rows.validation.labels[row]);
      return exported(model, recalibrate(score, labels), { ...facts, ...more });
    } finally {
      await raw.dispose();
    }
  };
  if (isSequenceKind(name.kind)) {
    const given = { name: { ...name, kind: name.kind as SequenceKind }, observed, vectors, rows, random };
    return trainSequence(id, given, finish, context);
  }
  const { model, penalty } = await trainCounts(id, name.kind, observed, rows, random, context);
  try {
    const onnx = await finish(model, { penalty: String(penalty) });
    await context.saveModel(id, { onnx, layers: await toLayersFormat(model) });
  } finally {
    model.dispose();
  }
}
