// Whether an execution provider of ONNX Runtime runs here: a child process runs one product on it.
import { createRequire } from 'node:module';
import { encodeModel } from '../graph/model.ts';
import { record, type Value } from '../graph/value.ts';
import { type Answer, askChild } from './child.ts';

const CODE = `
const [runtime, provider, model] = process.argv.slice(1);
const ort = require(runtime);
process.report.excludeNetwork = true;
(async () => {
  const session = await ort.InferenceSession.create(Buffer.from(model, 'base64'), {
    executionProviders: [provider],
    logSeverityLevel: 4,
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  });
  const { y } = await session.run({ x: new ort.Tensor('float32', Float32Array.of(1, 2, 3), [3]) });
  if (String(y.data) !== '1,4,9') throw new Error('the product of 1,2,3 with itself came out as ' + y.data);
  console.log(JSON.stringify(process.report.getReport().sharedObjects ?? []));
})();
`;

const answers = new Map<string, Promise<Answer<string[]>>>();

/** Runs the provider once per process. @returns the libraries that it loaded, or why it does not run */
export function probe(provider: 'webgpu' | 'cuda'): Promise<Answer<string[]>> {
  const known = answers.get(provider);
  if (known) return known;
  const x: Value = { input: 'x', shape: [3], dtype: 'float32' };
  const { bytes } = encodeModel({ y: record('Mul', [x, x]) });
  const runtime = createRequire(import.meta.url).resolve('onnxruntime-node');
  const answer = askChild<string[]>(CODE, [runtime, provider, Buffer.from(bytes).toString('base64')]);
  answers.set(provider, answer);
  return answer;
}
