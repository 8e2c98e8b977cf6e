// The domains that deepfield.config.ts of the working directory names. The file is read, the domains are not.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { domainName } from './check-domain.ts';
import type { DeepfieldConfig } from './define-config.ts';
import type { OwnDomain } from './own-domain.ts';

const fileNames = [
  'deepfield.config.ts',
  'deepfield.config.mts',
  'deepfield.config.js',
  'deepfield.config.mjs',
];

const configSchema: z.ZodType<DeepfieldConfig> = z.strictObject({
  domains: z.record(z.string().regex(domainName), z.string().min(1)),
});

/** None where there is no such file. @throws UserError for a file that does not load or has another shape */
export async function configDomains(folder = '.'): Promise<OwnDomain[]> {
  const path = fileNames.map((name) => resolve(folder, name)).find((file) => existsSync(file));
  if (path === undefined) return [];
  const { importModule } = await import('./import-module.ts');
  const parsed = configSchema.safeParse((await importModule(path)).default);
  if (!parsed.success) {
    const [{ path: member }] = parsed.error.issues;
    throw new UserError({
      what: member.length > 0 ? `its ${member.join('.')} is wrong` : 'its default export is no configuration',
      where: path,
      how: "write export default defineConfig({ domains: { 'my-science': './domain.ts' } })",
    });
  }
  return Object.entries(parsed.data.domains).map(([name, module]) => ({
    name,
    from: resolve(dirname(path), module),
  }));
}
