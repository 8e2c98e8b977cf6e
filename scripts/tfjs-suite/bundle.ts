// Bundles the specs with the backends, so that all of them hold one tfjs-core: the package's ES modules.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @returns path of the bundle, below node_modules so that it finds onnxruntime-node */
export async function bundleSpecs(): Promise<string> {
  const folder = join(root, 'node_modules', '.cache', 'tfjs-suite');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'specs.mjs');
  await build({
    entryPoints: [join(root, 'scripts', 'tfjs-suite', 'specs.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    // tfjs-core's list of files with side effects leaves its tests out.
    ignoreAnnotations: true,
    external: ['onnxruntime-node', 'onnxruntime-node/*', 'jasmine-core', 'jasmine-core/*'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
}
