// The domains that a deepfield.config.ts names. The file is read, the domains are not.
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { domainName } from './check-domain.ts';
import type { DeepfieldConfig } from './define-config.ts';
import { importModule } from './import-module.ts';
import type { OwnDomain } from './own-domain.ts';

const configSchema: z.ZodType<DeepfieldConfig> = z.strictObject({
  domains: z.record(z.string().regex(domainName), z.string().min(1)),
});

/** @param path of the file @throws UserError where it does not load or has another shape */
export async function configDomains(path: string): Promise<OwnDomain[]> {
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
