// The child process of webgpu-operators.ts: reads graphs of one operator from stdin, and prints for each in turn whether the
// WebGPU provider takes it, leaves it to the processor, or takes it and fails to run it.
import { readFileSync } from 'node:fs';
import ort from 'onnxruntime-node';
import { emptyTensor } from '../core/engine/graph/session.ts';
import type { ElementType } from '../core/engine/graph/value.ts';

/** A graph of one operator and what it is fed. */
export interface Question {
  /** ModelProto in base64. */
  readonly model: string;
  readonly feeds: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly dtype: ElementType;
  }[];
}

async function judge({ model, feeds }: Question): Promise<string> {
  const options = {
    executionProviders: ['webgpu'],
    logSeverityLevel: 4 as const,
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  };
  let session: ort.InferenceSession | undefined;
  try {
    session = await ort.InferenceSession.create(Buffer.from(model, 'base64'), options);
    await session.run(
      Object.fromEntries(feeds.map(({ name, shape, dtype }) => [name, emptyTensor(shape, dtype)])),
    );
    return 'taken';
  } catch {
    return session ? 'fails' : 'left';
  }
}

for (const question of JSON.parse(readFileSync(0, 'utf8')) as Question[]) {
  process.stdout.write(`${await judge(question)}\n`);
}
