// Whether what a user's module exports is a domain, member by member: what TypeScript checks where the domain is written, once more
// where it is loaded, since nobody has to run a type check.
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { type Domain, presetNames } from '../../domains/domain.ts';

export const domainName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const text = z.string().min(1);
const schema = z.custom<z.ZodType>(
  (value) => typeof (value as z.ZodType | undefined)?.safeParse === 'function',
  'expected a zod schema',
);
const method = z.custom<() => unknown>((value) => typeof value === 'function', 'expected a function');

const domainSchema = z.looseObject({
  name: z.string().regex(domainName, 'expected small letters, digits and -, as in my-science'),
  title: text,
  summary: text,
  paper: z.object({ citation: text, doi: text, arxiv: text.optional() }).optional(),
  config: schema,
  presets: z.record(z.enum(presetNames), z.record(z.string(), z.unknown())),
  simulate: method,
  open: method,
  infer: method.optional(),
  sources: z.array(text).min(1),
  recognise: method.optional(),
  publicData: z.array(z.unknown()).optional(),
  train: method,
  evaluate: method,
  figures: method,
  primaryModel: method,
  predict: z.looseObject({
    request: schema,
    answer: schema,
    accepts: text,
    reads: z.array(text).min(1),
    filesIn: method.optional(),
    read: method,
    decode: method,
    encode: method,
    describe: method,
    show: method.optional(),
    examples: z.array(z.unknown()).min(1),
    table: z.looseObject({}).optional(),
    files: z.looseObject({}).optional(),
  }),
});

/** @throws UserError that names the member which is wrong */
export function checkDomain(value: unknown, where: string): Domain {
  const parsed = domainSchema.safeParse(value);
  if (parsed.success) return value as Domain;
  const [{ path, message }] = parsed.error.issues;
  const member = path.join('.');
  throw new UserError({
    what: member === '' ? 'its default export is no domain' : `its ${member} is wrong: ${message}`,
    where,
    how: 'export default defineDomain({ ... }), whose members domains/domain.ts explains',
  });
}
