// Runs tfjs-core's own specs on one backend and writes what became of each. It is bundled by bundle.ts, so that the specs,
// the backends and tfjs share one tfjs-core, and runs in a process of its own.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '../../core/engine/tfjs.ts';
import '../../core/engine/backend.ts';
import type { SpecOutcome } from './outcomes.ts';

/** What is used of jasmine-core, which comes without types. */
interface JasmineEnvironment {
  configure(options: { random: boolean }): void;
  addReporter(reporter: { specDone(spec: SpecResult): void }): void;
  execute(): Promise<unknown>;
}
interface SpecResult {
  readonly fullName: string;
  readonly description: string;
  readonly status: SpecOutcome['status'];
  readonly failedExpectations: readonly { readonly message: string }[];
}
type JasmineCore = { boot(reinitialize: boolean): { getEnv(): JasmineEnvironment } };

const [backendName, file] = process.argv.slice(2);
// Also puts describe, it and expect where the specs look for them.
const jasmine = (createRequire(import.meta.url)('jasmine-core') as JasmineCore).boot(true);
const environment = jasmine.getEnv();
const outcomes: SpecOutcome[] = [];

environment.configure({ random: false });
environment.addReporter({
  specDone: ({ fullName, description, status, failedExpectations }) => {
    const suite = fullName.slice(0, fullName.length - description.length).trim();
    const messages = failedExpectations.map(({ message }) => message);
    outcomes.push({ suite: suite.replace(/ \{\}/g, ''), spec: description, status, messages });
  },
});

setTestEnvs([{ name: backendName, backendName, isDataSync: true }]);
await import('@tensorflow/tfjs-core/dist/tests.js');
await environment.execute();
writeFileSync(file, JSON.stringify(outcomes));
