// environment.json: the machine and the software that a run was made with. It asks no version control and no network.
import { existsSync, readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../package-root.ts';

export const environmentSchema = z.object({
  deepfield: z.string(),
  node: z.string(),
  platform: z.string(),
  cpu: z.string(),
  /** Logical processors that the process may use. */
  processors: z.number(),
  memoryGiB: z.number(),
  threads: z.number(),
  device: z.string(),
  packages: z.record(z.string(), z.string()),
});
export type Environment = z.infer<typeof environmentSchema>;

interface PackageFile {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const readPackage = (folder: string): PackageFile =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile;

/** Version of an installed package as Node would find it from `folder`; the declared one when it is not found. */
function installedVersion(folder: string, name: string, declared: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return readPackage(candidate).version ?? declared;
    if (dirname(at) === at) return declared;
  }
}

export function describeEnvironment(device: string, threads: number): Environment {
  const root = packageRoot();
  const own = readPackage(root);
  return {
    deepfield: own.version ?? 'unknown',
    node: process.version,
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    processors: availableParallelism(),
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    threads,
    device,
    packages: Object.fromEntries(
      Object.entries(own.dependencies ?? {}).map(([name, version]) => [
        name,
        installedVersion(root, name, version),
      ]),
    ),
  };
}
