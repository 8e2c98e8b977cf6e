import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Where .ci/run wants the outcome as JSON. */
const report = process.env.DEEPFIELD_TEST_REPORT;

/** The doors of the package, as examples/ import them: from the sources, so that nothing has to be compiled. */
const doors = {
  'deepfield/engine': 'core/engine',
  'deepfield/data-adapters': 'data-adapters',
  'deepfield/server': 'server',
  deepfield: 'pipelines',
};

export default defineConfig({
  resolve: {
    alias: Object.entries(doors).map(([name, folder]) => ({
      find: new RegExp(`^${name}$`),
      replacement: fileURLToPath(new URL(`${folder}/index.ts`, import.meta.url)),
    })),
  },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/temporary-folder.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // One less by default, which of two is half.
    maxWorkers: availableParallelism(),
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
