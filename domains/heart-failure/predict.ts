// From one record to a risk: calibrated, corrected to the incidence of the population, with what raised and lowered it and
// with a warning where the record is unlike those that were learnt from.
import { UserError } from '../../core/errors.ts';
import { logistic } from '../../core/metrics/logistic.ts';
import { normalQuantile } from '../../core/metrics/normal.ts';
import { correctPrior } from '../../core/metrics/recalibration.ts';
import type { Concept } from '../../data-adapters/heart-failure/cohort.ts';
import { parseDay, patientRecord } from '../../data-adapters/heart-failure/patients/patient-record.ts';
import type { DecodedRequest, Models, Prediction } from '../domain.ts';
import { spreadOfOutput } from '../ensemble.ts';
import { type Classifier, classifiersOf, leadingClassifier, windowId, windowsOf } from './classifiers.ts';
import type { HeartFailureConfig } from './config.ts';
import { type Contributions, readContributions, sequenceInputs } from './contributions.ts';
import { examples } from './examples.ts';
import { errorOutput, logitOutput } from './networks/export-network.ts';
import { isSequenceKind } from './networks/kinds.ts';
import { type Occlusion, occlusions } from './occlusion.ts';
import { readRequests } from './read-requests.ts';
import { groupsOf } from './records/representation-groups.ts';
import { seeRecord, warningsOf } from './records/seen-record.ts';
import type { Steps } from './records/steps.ts';
import { numbersByKey } from './records/vocabulary.ts';
import {
  dateText,
  notice,
  type PatientAnswer,
  type PatientRequest,
  patientAnswer,
  patientRequest,
} from './request.ts';
import { type ServingFacts, servingFacts } from './serving-facts.ts';
import { showPatient } from './show.ts';

/** Codes that an answer names. */
const mostCodes = 12;

function classifierFor({ window: asked }: PatientRequest, { ids }: Models): Classifier {
  const windows = windowsOf(ids);
  const nearest = [...windows].sort((a, b) => a.gap - b.gap)[0];
  const window = asked === undefined ? nearest : windows.find((own) => windowId(own) === asked);
  if (window === undefined)
    throw new UserError({
      what: `no networks for the window ${JSON.stringify(asked)}`,
      where: 'window',
      how: `the run has ${windows.map(windowId).join(', ')}`,
    });
  const sequences = classifiersOf(ids, window).filter(({ kind }) => isSequenceKind(kind));
  if (sequences.length > 0) return leadingClassifier(sequences);
  throw new UserError({
    what: 'the run has no network that reads records step by step',
    how: 'train one with kinds=[gru]',
  });
}

/** What `encode` has to know. */
interface Context {
  readonly facts: ServingFacts;
  readonly concepts: readonly Concept[];
  readonly steps: Steps;
  readonly parts: readonly Occlusion[];
  /** Day of asking. */
  readonly asOf: number;
  readonly warnings: readonly string[];
}

function dayOf(text: string, where: string): number {
  const day = parseDay(text);
  if (day !== undefined) return day;
  throw new UserError({
    what: `${JSON.stringify(text.slice(0, 40))} is no date`,
    where,
    how: 'write it as 2013-05-23',
  });
}

/** What a network's file says of it. */
interface Known {
  readonly facts: ServingFacts;
  readonly concepts: readonly Concept[];
  readonly numbers: ReadonlyMap<string, number>;
}

// Read once for each file: a thousand patients ask the same one.
const read = new WeakMap<object, Known>();

function known(metadata: Readonly<Record<string, string>>): Known {
  const before = read.get(metadata);
  if (before !== undefined) return before;
  const concepts = JSON.parse(metadata.vocabulary) as readonly Concept[];
  const found = { facts: servingFacts(metadata.facts), concepts, numbers: numbersByKey(concepts) };
  read.set(metadata, found);
  return found;
}

async function decode(
  request: PatientRequest,
  models: Models,
  config: HeartFailureConfig,
): Promise<DecodedRequest> {
  const classifier = classifierFor(request, models);
  const { facts, concepts, numbers } = known(await models.metadata(classifier.ids[0]));
  const record = patientRecord(
    { ...request, events: request.events.map((event, i) => ({ ...event, where: `event ${i + 1}` })) },
    'the record',
  );
  const last = record.events[record.events.length - 1];
  const asOf = request.asOf === undefined ? (last?.day ?? 0) + 1 : dayOf(request.asOf, 'asOf');
  const groups = await groupsOf(config);
  const seen = seeRecord(record, asOf, facts, numbers, groups(facts.representation));
  const parts = occlusions(seen.steps);
  const context: Context = {
    facts,
    concepts,
    steps: seen.steps,
    parts,
    asOf,
    warnings: [...(request.notes ?? []), ...record.notes, ...warningsOf(record, asOf, seen, facts)],
  };
  return {
    models: classifier.ids,
    inputs: sequenceInputs([seen.steps, ...parts.map(({ steps }) => steps)], facts),
    context,
  };
}

/** Means over the networks, row by row. */
function meanOf(outputs: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(
    outputs[0],
    (_, i) => outputs.reduce((sum, own) => sum + own[i], 0) / outputs.length,
  );
}

function named({ visits, codes }: Contributions, { concepts, asOf }: Context) {
  const text = (number: number): string => concepts[number - 1].name ?? concepts[number - 1].code;
  return {
    visits: visits.map(({ days, contribution, codes: own }) => ({
      date: dateText(asOf - days),
      contribution,
      codes: own.map(text),
    })),
    codes: [...codes]
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
      .slice(0, mostCodes)
      .map(({ code, contribution }) => {
        const { code: own, system, name } = concepts[code - 1];
        return { code: own, system, ...(name === undefined ? {} : { name }), contribution };
      }),
  };
}

export const predict: Prediction<HeartFailureConfig, PatientRequest, PatientAnswer> = {
  request: patientRequest,
  answer: patientAnswer,
  accepts:
    'patients as .csv of dated codes (columns subject, date, code, and where known system, kind, birth_date, sex), as .json, or as a FHIR Bundle',
  reads: ['.csv', '.json', '.ndjson'],
  read: readRequests,
  decode,
  encode(outputs, request, config, given) {
    const context = given as Context;
    const members = outputs.map(({ [logitOutput]: { data } }) => data as Float32Array);
    const logits = meanOf(members);
    const [error] = meanOf(outputs.map(({ [errorOutput]: { data } }) => data as Float32Array));
    const spread =
      members.reduce((sum, own) => sum + (own[0] - logits[0]) ** 2, 0) / Math.max(1, members.length - 1);
    // Of each that is an ensemble itself.
    const within = outputs.reduce((sum, own) => sum + (spreadOfOutput(own, logitOutput)?.[0] ?? 0) ** 2, 0);
    const half = normalQuantile(0.975) * Math.sqrt(error ** 2 + spread + within / outputs.length);
    const incidence = request.incidence ?? config.evaluation.incidence;
    const nothing = context.steps.length === 0;
    const corrected = (logit: number): number | null =>
      nothing ? null : logistic(correctPrior(logit, context.facts.caseShare, incidence));
    return {
      risk: corrected(logits[0]),
      low: corrected(logits[0] - half),
      high: corrected(logits[0] + half),
      incidence,
      riskInStudy: nothing ? null : logistic(logits[0]),
      ...named(readContributions(context.steps, context.parts, logits), context),
      warnings: [...context.warnings],
      notice,
    };
  },
  describe({ risk, low, high, codes, warnings }) {
    if (risk === null || low === null || high === null)
      return `no answer: ${warnings.at(-1) ?? 'the record holds nothing that is known'}`;
    const percent = (p: number): string => `${(100 * p).toPrecision(2)} %`;
    const [first] = codes;
    const why =
      first === undefined
        ? ''
        : `; most: ${first.name ?? first.code} (${first.contribution >= 0 ? '+' : ''}${first.contribution.toFixed(2)})`;
    const careful = warnings.length === 0 ? '' : `; warnings: ${warnings.length}, in the whole answer`;
    return `risk ${percent(risk)} (${percent(low)} to ${percent(high)})${why}${careful}`;
  },
  show: ({ answer }) => showPatient(answer),
  examples,
};
