// zod schemas as JSON Schema 2020-12, the dialect of OpenAPI 3.1.
import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** @param io `input` for what is sent to the server: keys with defaults may be left out */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest as JsonSchema;
}

/** A JSON Schema as data: it is passed on, and not looked into. */
export const anyJsonSchema = z.record(z.string(), z.unknown());
