// results.json: every figure of a run with its interval, beside the paper's, the exact value and the baselines'. One
// shape for every domain; reports, the server and outsiders read nothing else.
import { z } from 'zod';
import { type Figure, presetNames } from '../../domains/domain.ts';
import type { RunStatus } from './run-status.ts';

const estimate = { value: z.number(), low: z.number(), high: z.number() };

export const figureSchema = z.object({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a kebab-case id'),
  label: z.string(),
  ...estimate,
  level: z.number().gt(0).lt(1),
  unit: z.string().optional(),
  n: z.number().optional(),
  paper: z.object({ value: z.number(), error: z.number().optional() }).optional(),
  exact: z.number().optional(),
  baselines: z.array(z.object({ id: z.string(), label: z.string(), ...estimate })).optional(),
  note: z.string().optional(),
});

export const resultsSchema = z.object({
  domain: z.string(),
  preset: z.enum(presetNames),
  seed: z.number(),
  device: z.string(),
  /** Seconds of work, over all stages and resumes. */
  wallSeconds: z.number(),
  figures: z.array(figureSchema),
});
export type Results = z.infer<typeof resultsSchema>;

export const evaluationSchema = z.object({
  figures: z.array(figureSchema),
  curves: z.record(z.string(), z.unknown()),
});

/**
 * The content of results.json.
 * @throws RangeError when a figure is no number or its id stands twice: the domain is at fault
 */
export function makeResults(
  { domain, preset, seed }: Pick<RunStatus, 'domain' | 'preset' | 'seed'>,
  { device, wallSeconds }: { readonly device: string; readonly wallSeconds: number },
  figures: readonly Figure[],
): Results {
  const seen = new Set<string>();
  for (const figure of figures) {
    const parsed = figureSchema.safeParse(figure);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0];
      throw new RangeError(`figure ${figure.id}, ${path.join('.')}: ${message}`);
    }
    if (seen.has(figure.id)) throw new RangeError(`figure ${figure.id} stands twice`);
    seen.add(figure.id);
  }
  return resultsSchema.parse({
    domain,
    preset,
    seed,
    device,
    wallSeconds: Math.round(wallSeconds * 100) / 100,
    figures,
  });
}
