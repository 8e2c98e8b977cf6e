import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deepfield, enterEmptyFolder, interruption } from '../harness.ts';
import { hooks } from '../noisy-line.ts';

let leave: () => void;
beforeAll(async () => {
  ({ leave } = enterEmptyFolder());
  await deepfield(['run', 'noisy-line', '--out', 'whole']);
});
afterEach(() => {
  hooks.onStep = undefined;
  rmSync('r', { recursive: true, force: true });
});
afterAll(() => leave());

/** The files that must not depend on how often a run was stopped. */
const lasting = [
  'models/line2.onnx',
  'models/line-1.onnx',
  'model.onnx',
  'metrics.jsonl',
  'evaluation.json',
  'data.json',
];

function expectSameAsWhole(run: string): void {
  for (const file of lasting) {
    expect(readFileSync(join(run, file)), file).toEqual(readFileSync(join('whole', file)));
  }
}

describe('Ctrl-C', () => {
  it('stops with a checkpoint, says how to go on, exit 130, and the run goes on to the same end', async () => {
    const { signal, interrupt } = interruption();
    hooks.onStep = (id, step) => {
      if (id === 'line-1' && step === 17) interrupt();
    };
    const { code, stderr } = await deepfield(['run', 'noisy-line', '--out', 'r'], { signal });
    expect(code).toBe(130);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('stopped; go on with: npx deepfield resume r');
    expect(existsSync('r/run.lock')).toBe(false);
    expect(existsSync('r/results.json')).toBe(false);
    hooks.onStep = undefined;
    expect((await deepfield(['resume', 'r'])).code).toBe(0);
    expectSameAsWhole('r');
  });

  it('before any work leaves a run that can be resumed', async () => {
    const { signal, interrupt } = interruption();
    interrupt();
    expect((await deepfield(['run', 'noisy-line', '--out', 'r'], { signal })).code).toBe(130);
    expect((await deepfield(['resume', 'r'])).code).toBe(0);
    expectSameAsWhole('r');
  });
});

describe('a signal to the process', () => {
  /** Sends signals to a run whose steps take a while, each when the output before it was seen. */
  async function send(...signals: readonly NodeJS.Signals[]) {
    const script = fileURLToPath(new URL('./slow-run.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, 'r'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    const awaited = ['training line2', 'stopping at the next safe point'];
    const pending = signals.map((name, i) => ({ name, after: awaited[i] }));
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      if (pending.length > 0 && stderr.includes(pending[0].after)) child.kill(pending.shift()?.name);
    });
    const [code] = await once(child, 'close');
    return { code, stderr };
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('%s stops at a safe point, exit 130', async (name) => {
    const { code, stderr } = await send(name);
    expect(code).toBe(130);
    expect(stderr).toContain('stopping at the next safe point; Ctrl-C again stops at once');
    expect(stderr).toContain('stopped; go on with: npx deepfield resume r');
    expect((await deepfield(['resume', 'r'])).code).toBe(0);
    expectSameAsWhole('r');
  });

  it('a second one stops at once, and the run can be resumed all the same', async () => {
    const { code, stderr } = await send('SIGINT', 'SIGINT');
    expect(code).toBe(130);
    expect(stderr).not.toContain('go on with');
    expect((await deepfield(['resume', 'r'])).code).toBe(0);
    expectSameAsWhole('r');
  });
});

describe('kill -9', () => {
  // A process that kills itself at a step: of the first network, at its checkpoint, and of the second.
  it.each([
    ['line2', 3],
    ['line2', 10],
    ['line-1', 38],
  ])('at step %s %i, and resumed, ends as if nothing had happened', async (id, step) => {
    const script = fileURLToPath(new URL('./kill-run.ts', import.meta.url));
    const child = spawnSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), script, 'r', id, `${step}`],
      {
        encoding: 'utf8',
      },
    );
    expect(child.signal, child.stderr).toBe('SIGKILL');
    expect(existsSync('r/run.lock')).toBe(true);
    expect((await deepfield(['resume', 'r'])).code).toBe(0);
    expectSameAsWhole('r');
  });
});
