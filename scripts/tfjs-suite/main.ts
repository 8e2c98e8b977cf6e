// Holds the engine's backend against tfjs-core's own test suite: `npm run tfjs-suite [--all]`. tfjs's CPU backend goes
// first, as a check of the set-up; then `onnx`. Prints specs run, passed, failed by suite, and those that do not apply
// with the reason; `--all` lists every failed spec with its message.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backendName } from '../../core/engine/backend.ts';
import { bundleSpecs } from './bundle.ts';
import { inapplicable, type SpecOutcome, tally } from './outcomes.ts';

/** What tfjs 4.22's CPU backend gives; the five others are marked as pending by tfjs itself. */
const onCpu = { passed: 4227, specs: 4232 };
/** Least share of the applicable specs that must pass. */
const wanted = 0.95;

function run(bundle: string, backend: string): SpecOutcome[] {
  const file = join(dirname(bundle), `${backend}.json`);
  execFileSync(process.execPath, [bundle, backend, file], { stdio: ['ignore', 'ignore', 'inherit'] });
  return JSON.parse(readFileSync(file, 'utf8')) as SpecOutcome[];
}

const having = (outcomes: readonly SpecOutcome[], status: SpecOutcome['status']): SpecOutcome[] =>
  outcomes.filter((outcome) => outcome.status === status);

const print = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

const bundle = await bundleSpecs();

const reference = run(bundle, 'cpu');
const onReference = { passed: having(reference, 'passed').length, specs: reference.length };
print(`tfjs cpu: ${onReference.passed} of ${onReference.specs} specs pass`);
const setUp = onReference.passed === onCpu.passed && onReference.specs === onCpu.specs;
if (!setUp) print(`  expected ${onCpu.passed} of ${onCpu.specs}`);

const outcomes = run(bundle, backendName);
const passed = having(outcomes, 'passed');
const failed = having(outcomes, 'failed');
const pending = having(outcomes, 'pending');
const missed = failed.filter((outcome) => inapplicable(outcome) === undefined);
const outside = failed.flatMap((outcome) => inapplicable(outcome) ?? []);
const share = passed.length / (passed.length + missed.length);

print(`${backendName}: ${passed.length} of ${outcomes.length} specs pass`);
print(`  ${pending.length} are pending in tfjs itself`);
print(`  ${outside.length} do not apply:`);
for (const [why, count] of tally(outside)) print(`    ${count} ${why}`);
print(`  ${missed.length} fail:`);
for (const [suite, count] of tally(missed.map((outcome) => outcome.suite))) {
  print(`    ${count} ${suite}`);
  if (!process.argv.includes('--all')) continue;
  for (const { spec, messages } of missed.filter((outcome) => outcome.suite === suite)) {
    print(`        ${spec}: ${messages[0].split('\n')[0].slice(0, 200)}`);
  }
}
print(`  ${(100 * share).toFixed(1)} % of those that apply pass`);
if (!setUp || share < wanted) process.exitCode = 1;
