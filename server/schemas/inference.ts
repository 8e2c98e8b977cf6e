// The Open Inference Protocol, version 2 (https://github.com/kserve/open-inference-protocol), and Triton's binary tensor data
// extension: requests and answers of /v2.
import { z } from 'zod';

export const parameters = z.record(z.string(), z.unknown());

const datatype = z.string().describe('BOOL, INT32 or FP32');
const shape = z.array(z.int()).describe('-1 for a dimension of any size');

export const serverMetadata = z.object({
  name: z.string(),
  version: z.string(),
  extensions: z.array(z.string()),
});

export const serverLive = z.object({ live: z.boolean() });
export const serverReady = z.object({ ready: z.boolean() });
export const modelReady = z.object({ name: z.string(), version: z.string(), ready: z.boolean() });

const port = z.object({ name: z.string(), datatype, shape });

export const modelMetadata = z.object({
  name: z.string(),
  versions: z.array(z.string()),
  platform: z.string(),
  inputs: z.array(port),
  outputs: z.array(port),
});

export const repositoryRequest = z.looseObject({
  ready: z.boolean().optional().describe('only those that are ready'),
});
export const repositoryIndex = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    state: z.string(),
    reason: z.string(),
  }),
);

/** A list of anything: whoever makes a tensor of it looks at each number, and zod would do so before, for longer. */
const tensorData = z.custom<readonly unknown[]>(Array.isArray, 'expected a list').meta({
  type: 'array',
  items: {},
  description: 'row-major, flat or nested; left out where the tensor is sent as bytes',
});

export const inferRequest = z.looseObject({
  id: z.string().optional().describe('comes back with the answer'),
  parameters: parameters.optional().describe('binary_data_output: answer all outputs as bytes'),
  inputs: z
    .array(
      z.looseObject({
        name: z.string(),
        shape: z.array(z.int().min(0)),
        datatype,
        parameters: parameters.optional().describe('binary_data_size: bytes of the tensor after the JSON'),
        data: tensorData.optional(),
      }),
    )
    .min(1),
  outputs: z
    .array(
      z.looseObject({
        name: z.string(),
        parameters: parameters.optional().describe('binary_data: answer as bytes'),
      }),
    )
    .optional()
    .describe('all when left out'),
});
export type InferRequest = z.infer<typeof inferRequest>;

export const inferResponse = z.object({
  model_name: z.string(),
  model_version: z.string(),
  id: z.string().optional(),
  outputs: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.int()),
      datatype,
      parameters: parameters.optional(),
      data: z
        .array(z.union([z.number(), z.boolean(), z.null()]))
        .optional()
        .describe('row-major, flat; null for what is no number'),
    }),
  ),
});
export type InferResponse = z.infer<typeof inferResponse>;
