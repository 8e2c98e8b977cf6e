// What a domain's settings are, read from its schema: every key with its type, default and description. From it come
// `deepfield info`, the comments in config.yaml and the words of an error.
import { z } from 'zod';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** One setting of a domain. */
export interface ConfigKey {
  /** Path as `--set` takes it: `training.steps`. */
  readonly path: string;
  /** What it must be: `whole number >= 1`. */
  readonly type: string;
  readonly default: unknown;
  /** What it means and its unit. */
  readonly description: string;
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: JsonSchema): string {
  const parts: string[] = [];
  // JSON Schema writes the safe-integer range for z.int(): no bound that anybody set.
  if (exclusiveMinimum !== undefined) parts.push(`> ${exclusiveMinimum}`);
  else if (minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER) parts.push(`>= ${minimum}`);
  if (exclusiveMaximum !== undefined) parts.push(`< ${exclusiveMaximum}`);
  else if (maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER) parts.push(`<= ${maximum}`);
  if (multipleOf !== undefined) parts.push(`a multiple of ${multipleOf}`);
  return parts.length > 0 ? ` ${parts.join(' and ')}` : '';
}

function count({ minItems, maxItems }: JsonSchema): string {
  if (minItems !== undefined && minItems === maxItems) return ` of ${minItems}`;
  if (minItems !== undefined && minItems > 0) return ` of at least ${minItems}`;
  return maxItems === undefined ? '' : ` of at most ${maxItems}`;
}

/** A type in words. */
function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeText).join(' or ');
  if (typeof schema.type === 'object')
    return schema.type.map((type) => typeText({ ...schema, type })).join(' or ');
  switch (schema.type) {
    case 'integer':
      return `whole number${bounds(schema)}`;
    case 'number':
      return `number${bounds(schema)}`;
    case 'boolean':
      return 'true | false';
    case 'string':
      return 'text';
    case 'null':
      return 'null';
    case 'array':
      if (schema.prefixItems) return `list [${schema.prefixItems.map(typeText).join(', ')}]`;
      return `list${count(schema)}${schema.items ? `: ${typeText(schema.items)}` : ''}`;
    case 'object':
      return 'section';
    default:
      return 'value';
  }
}

const toJsonSchema = (config: z.ZodType): JsonSchema =>
  z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }) as unknown as JsonSchema;

function walk(schema: JsonSchema, path: string, inherited: unknown, keys: ConfigKey[]): void {
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`;
    const value =
      child.default ?? (inherited as Readonly<Record<string, unknown>> | undefined | null)?.[name];
    if (child.properties) walk(child, at, value, keys);
    else keys.push({ path: at, type: typeText(child), default: value, description: child.description ?? '' });
  }
}

/** Every setting of a schema, in its order; sections are opened. */
export function configKeys(config: z.ZodType): ConfigKey[] {
  const keys: ConfigKey[] = [];
  const schema = toJsonSchema(config);
  walk(schema, '', schema.default, keys);
  return keys;
}

function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema | undefined {
  let at: JsonSchema | undefined = schema;
  for (const part of path) {
    if (at === undefined) return undefined;
    at = typeof part === 'number' ? (at.prefixItems?.[part] ?? at.items) : at.properties?.[String(part)];
  }
  return at;
}

/** What the schema wants at a path, in words; undefined where it says nothing. */
export function expectedAt(config: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  const schema = schemaAt(toJsonSchema(config), path);
  return schema && typeText(schema);
}

/** Names of the keys of the section at a path. */
export function keysAt(config: z.ZodType, path: readonly PropertyKey[]): string[] {
  return Object.keys(schemaAt(toJsonSchema(config), path)?.properties ?? {});
}
