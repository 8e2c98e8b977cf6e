// Reads a folder of records into a cohort and prints seconds and the most memory that the process had, as JSON; see cohort.ts.
import { readFileSync } from 'node:fs';
import { RandomStream } from '../core/random.ts';
import { cohortDefinition } from '../data-adapters/heart-failure/cohort/definition.ts';
import { openCohort } from '../data-adapters/heart-failure/open-cohort.ts';

/** MB; Linux alone tells of the peak. */
function peakMegabytes(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

const [folder, memory] = process.argv.slice(2);
const started = performance.now();
const cohort = await openCohort(folder, cohortDefinition.parse({}), {
  window: { observation: 365, gap: 182 },
  salt: 'benchmark',
  random: new RandomStream(1),
  threads: 2,
  memory,
});
const cases = cohort.members.filter(({ isCase }) => isCase).length;
console.log(
  JSON.stringify({
    seconds: Math.round((performance.now() - started) / 100) / 10,
    peakMegabytes: peakMegabytes(),
    cases,
    controls: cohort.members.length - cases,
    events: cohort.members.reduce((sum, { concepts }) => sum + concepts.length, 0),
  }),
);
