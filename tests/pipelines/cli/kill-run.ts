// Runs the tests' domain into a folder and kills its own process, without warning, at a step of a network:
// node --import tsx kill-run.ts <out> <network> <step>
import { deepfield } from '../harness.ts';
import { hooks } from '../noisy-line.ts';

const [out, network, last] = process.argv.slice(2);
hooks.onStep = (id, step) => {
  if (id === network && step === Number(last)) process.kill(process.pid, 'SIGKILL');
};
await deepfield(['run', 'noisy-line', '--out', out]);
