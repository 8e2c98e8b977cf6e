// What is told of domains: enough to build a page, a form or a client from.
import { z } from 'zod';
import { anyJsonSchema } from './json-schema.ts';

const version = z.object({
  version: z.string().describe('name of the run'),
  default: z.boolean(),
  created: z.string(),
});

export const domain = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  paper: z
    .object({ citation: z.string(), doi: z.string(), arxiv: z.string().optional() })
    .optional()
    .describe('the work that it follows, where there is one'),
  version: z.string().describe('the version that all else here is told of'),
  versions: z.array(version).describe('newest first'),
  predict: z.string().describe('path that requests are posted to'),
  accepts: z.string().describe('files that are read, in a sentence'),
  reads: z.array(z.string()).describe('endings of files that are read'),
  request: anyJsonSchema.describe('JSON Schema of one item'),
  answer: anyJsonSchema.describe('JSON Schema of its answer'),
  examples: z.array(z.unknown()).describe('items that this version answers'),
  answersAsFiles: z
    .object({
      endings: z.array(z.string()).describe('kinds of files that files can be answered by'),
      mediaTypes: z.array(z.string()).describe('the same, for the header Accept'),
      options: anyJsonSchema
        .nullable()
        .describe('JSON Schema of the query parameters; null where there are none'),
    })
    .nullable()
    .describe('null where every answer is JSON'),
});

export const domains = z.object({ domains: z.array(domain) });
