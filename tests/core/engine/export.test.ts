import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { exportModel } from '../../../core/engine/export.ts';
import { InferenceModel } from '../../../core/engine/inference.ts';
import { mlp } from '../../../core/models/mlp.ts';
import { RandomStream } from '../../../core/random.ts';

const random = new RandomStream(3, 'export');
const network = () =>
  mlp({
    inputs: 9,
    hidden: [7],
    hiddenActivation: 'sigmoid',
    outputs: 2,
    outputActivation: 'sigmoid',
    random,
  });

/** Preprocessing inside: spins -1/1 on an L x L lattice become 0/1 in a row. */
function lattice(model: ReturnType<typeof network>) {
  return exportModel(
    ({ spins }) => {
      const bits = tf.div(tf.add(tf.cast(spins, 'float32'), 1), 2);
      return { phase: model.apply(tf.reshape(bits, [-1, 9])) as tf.Tensor };
    },
    { spins: { shape: [3, 3], dtype: 'int32' } },
    { name: 'lattice', metadata: { labels: 'ordered,disordered' } },
  );
}

const spinsOf = (rows: number) => Int32Array.from({ length: rows * 9 }, () => 2 * random.integer(2) - 1);

it('takes raw inputs in any number of rows, and carries its metadata', async () => {
  const model = network();
  const served = await InferenceModel.open(lattice(model), 'lattice');
  expect(served.inputs).toEqual([{ name: 'spins', dtype: 'int32', shape: [-1, 3, 3] }]);
  expect(served.outputs).toEqual(['phase']);
  expect(served.metadata).toEqual({ labels: 'ordered,disordered' });
  for (const rows of [1, 2, 13]) {
    const data = spinsOf(rows);
    const { phase } = await served.run({ spins: { dtype: 'int32', shape: [rows, 3, 3], data } });
    const bits = tf.tensor(
      Float32Array.from(data, (s) => (s + 1) / 2),
      [rows, 9],
    );
    const expected = (model.predict(bits) as tf.Tensor).dataSync();
    phase.data.forEach((p, i) => {
      expect(Math.abs(p - expected[i])).toBeLessThan(1e-6);
    });
  }
});

it('refuses inputs of another shape or type, naming what it wants', async () => {
  const served = await InferenceModel.open(lattice(network()), 'lattice');
  const run = (dtype: 'int32' | 'float32', shape: number[]) =>
    served.run({ spins: { dtype, shape, data: new Int32Array(shape.reduce((a, b) => a * b)) } });
  await expect(run('int32', [1, 4, 4])).rejects.toThrow(
    'lattice: expected int32 [-1,3,3] for input spins, got int32 [1,4,4]',
  );
  await expect(run('float32', [1, 3, 3])).rejects.toThrow('got float32 [1,3,3]');
});

it('refuses a pass that depends on the number of rows', () => {
  const inputs = { x: { shape: [2] } };
  expect(() => exportModel(({ x }) => ({ y: tf.mul(x, x.shape[0]) }), inputs)).toThrow(
    /depends on the number of rows/,
  );
  const ramp = ({ x }: Record<string, tf.Tensor>) => ({
    y: tf.add(x, tf.reshape(tf.range(0, x.shape[0]), [-1, 1])),
  });
  expect(() => exportModel(ramp, inputs)).toThrow(/depends on the number of rows/);
  // Half the rows, rounded down, grows from two to seven but not from two to three.
  const half = ({ x }: Record<string, tf.Tensor>) => ({ y: tf.slice(x, 0, Math.floor(x.shape[0] / 2)) });
  expect(() => exportModel(half, inputs)).toThrow(/Slice depends on the number of rows/);
});

it('refuses a pass that changes variables', () => {
  const v = tf.variable(tf.scalar(1), false, 'counter');
  const count = ({ x }: Record<string, tf.Tensor>) => {
    v.assign(tf.add(v, 1));
    return { y: tf.mul(x, v) };
  };
  expect(() => exportModel(count, { x: { shape: [2] } })).toThrow('assigns the variable counter');
});

const python = process.env.DEEPFIELD_PYTHON ?? 'python3';
const hasPython = spawnSync(python, ['-c', 'import onnx, onnxruntime']).status === 0;

it.skipIf(!hasPython)(
  `Python's onnx.checker and onnxruntime agree${hasPython ? '' : ' (skipped: no Python with onnx and onnxruntime; set DEEPFIELD_PYTHON)'}`,
  async () => {
    const bytes = lattice(network());
    const path = join(mkdtempSync(join(tmpdir(), 'deepfield-export-')), 'model.onnx');
    writeFileSync(path, bytes);
    const data = spinsOf(5);
    const program = `
import json, sys, numpy, onnx, onnxruntime
onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True)
spins = numpy.array(json.loads(sys.argv[2]), dtype=numpy.int32).reshape(-1, 3, 3)
print(json.dumps(onnxruntime.InferenceSession(sys.argv[1]).run(None, {"spins": spins})[0].ravel().tolist()))`;
    const theirs = JSON.parse(
      execFileSync(python, ['-c', program, path, JSON.stringify(Array.from(data))]).toString(),
    ) as number[];
    const served = await InferenceModel.open(bytes, 'lattice');
    const { phase } = await served.run({ spins: { dtype: 'int32', shape: [5, 3, 3], data } });
    theirs.forEach((p, i) => {
      // The project's bar for an export: 1e-5 in float32.
      expect(Math.abs(p - phase.data[i])).toBeLessThan(1e-5);
    });
  },
);
