// A batch of requests for a domain's answers, each with one item as JSON or a list of them. All items are asked about together;
// one that is bad fails alone.
import { UserError } from '../../core/errors.ts';
import { parseItem } from '../../pipelines/stages/parse-item.ts';
import { type Outcome, predictEach } from '../../pipelines/stages/predict.ts';
import { parseJson } from '../parse-json.ts';
import type { PredictionEntry, Predictions } from '../schemas/predictions.ts';
import { type Answered, answeredJson, attempt } from './answered.ts';
import type { ServedRun } from './open-runs.ts';
import type { ItemsMeta } from './task.ts';

/** Answers of one request that panels are made for. */
export const mostShown = 24;

/** What comes of items as they came, in their order. @param shown whether each is to have panels */
async function outcomesOf(
  served: ServedRun,
  items: readonly unknown[],
  shown: readonly boolean[],
): Promise<Outcome[]> {
  const { domain, config, models } = served;
  const outcomes: Outcome[] = new Array(items.length);
  const good: { readonly at: number; readonly request: unknown }[] = [];
  for (const [at, item] of items.entries()) {
    try {
      good.push({ at, request: parseItem(domain.predict.request, item) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      outcomes[at] = { mistake: error };
    }
  }
  const answered = await predictEach(
    domain,
    config,
    models,
    good.map(({ request }) => request),
    shown.includes(true)
      ? { wants: (i) => shown[good[i].at], evaluation: await served.evaluation() }
      : undefined,
  );
  for (const [i, { at }] of good.entries()) outcomes[at] = answered[i];
  return outcomes;
}

export function entryOf({ domain }: ServedRun, outcome: Outcome, index: number): PredictionEntry {
  if ('mistake' in outcome) return { index, error: outcome.mistake.message };
  const { answer, panels } = outcome;
  return {
    index,
    answer,
    text: domain.predict.describe(answer),
    ...(panels === undefined ? {} : { panels: [...panels] }),
  };
}

/** The body of an answer. */
export function predictionsBody(
  { domain }: ServedRun,
  version: string,
  predictions: PredictionEntry[],
): Predictions {
  const failed = predictions.filter(({ error }) => error !== undefined).length;
  return { domain: domain.name, version, predictions, failed };
}

export async function predictItems(
  served: ServedRun,
  metas: readonly ItemsMeta[],
  bodies: readonly Uint8Array[],
): Promise<Answered[]> {
  const answers: Answered[] = new Array(bodies.length);
  const asked: { readonly at: number; readonly single: boolean; readonly items: readonly unknown[] }[] = [];
  for (const [at, body] of bodies.entries()) {
    const parsed = await attempt(() => parseJson(body));
    if ('mistake' in parsed) answers[at] = parsed.mistake;
    else {
      const single = !Array.isArray(parsed.result);
      asked.push({ at, single, items: single ? [parsed.result] : (parsed.result as unknown[]) });
    }
  }
  const outcomes = await outcomesOf(
    served,
    asked.flatMap(({ items }) => items),
    asked.flatMap(({ at, items }) => items.map((_, i) => metas[at].panels && i < mostShown)),
  );
  let start = 0;
  for (const { at, single, items } of asked) {
    const own = outcomes.slice(start, start + items.length);
    start += items.length;
    const alone = await attempt(() => {
      if (single && 'mistake' in own[0]) throw own[0].mistake;
    });
    const entries = own.map((outcome, index) => entryOf(served, outcome, index));
    answers[at] =
      'mistake' in alone
        ? alone.mistake
        : answeredJson(predictionsBody(served, metas[at].version, entries), items.length);
  }
  return answers;
}
