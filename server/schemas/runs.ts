// What is told of runs: each is a version of its domain's networks.
import { z } from 'zod';
import { presetNames } from '../../domains/domain.ts';
import { dataRecordSchema } from '../../pipelines/run-directory/data-record.ts';
import { resultsSchema } from '../../pipelines/run-directory/results.ts';

export const network = z.object({
  id: z.string().describe('its name in the run'),
  model: z.string().describe('its name under /v2/models'),
  bytes: z.int().describe('size of its ONNX file'),
  primary: z.boolean().describe("whether it is the one that the domain's own name stands for"),
});

export const runSummary = z.object({
  domain: z.string(),
  version: z.string().describe('name of the run'),
  default: z.boolean().describe('whether requests that name no version are answered by it'),
  title: z.string().describe('of the domain'),
  created: z.string(),
  preset: z.enum(presetNames),
  seed: z.int(),
  source: z
    .string()
    .nullable()
    .describe("name of the data that it was trained on; null for the domain's simulation"),
  networks: z.array(network),
});

export const runs = z.object({
  runs: z.array(runSummary).describe('those of a domain together, newest first'),
});

export const run = runSummary.extend({
  card: z.string().nullable().describe('model card, as Markdown; null where the run has none yet'),
  results: resultsSchema.nullable().describe('every figure with its interval'),
  data: dataRecordSchema.nullable().describe('where the training data came from, and what is in them'),
});
