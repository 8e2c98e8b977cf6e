// Engines that run a step as it is, on one of tfjs's own backends. The `reference` device is tfjs's plain-JavaScript CPU
// backend: slow, simple, and what everything else is held against.
import { getBackend, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { checkFeeds, feedArray } from '../feeds.ts';
import type { CompileOptions, Engine, Feeds, InputSpecs, Program, Results, Step } from '../program.ts';
import { randomClock } from '../random-op.ts';
import type { DType, TensorData } from '../tensor-data.ts';
import '../tfjs.ts';

class EagerProgram implements Program {
  step = 0;

  constructor(
    readonly name: string,
    readonly stepsPerCall: number,
    private readonly backend: string,
    private readonly body: Step,
    private readonly inputs: InputSpecs,
  ) {}

  async run(...feeds: readonly Feeds[]): Promise<Results[]> {
    checkFeeds(this.name, this.inputs, feeds, this.stepsPerCall);
    return feeds.map((feed) => this.runOnce(feed));
  }

  private runOnce(feed: Feeds): Results {
    const previous = getBackend();
    void setBackend(this.backend);
    randomClock.step = this.step;
    randomClock.calls = 0;
    try {
      const results: Results = {};
      tidy(() => {
        const tensors: Record<string, Tensor> = {};
        for (const [name, spec] of Object.entries(this.inputs)) {
          const array = feedArray(this.name, name, spec, feed);
          const { dtype = 'float32' } = spec;
          const values = dtype === 'float32' ? Float32Array.from(array) : Int32Array.from(array);
          tensors[name] = tensor(values, [...spec.shape], dtype);
        }
        for (const [key, value] of Object.entries(this.body(tensors))) results[key] = read(value);
      });
      this.step += 1;
      return results;
    } finally {
      void setBackend(previous);
    }
  }

  async dispose(): Promise<void> {}
}

const read = (value: Tensor): TensorData => ({
  dtype: value.dtype as DType,
  shape: value.shape,
  data: value.dataSync().slice() as Float32Array,
});

/** An engine that runs steps eagerly; its variables are the tf.Variables themselves. */
export class EagerEngine implements Engine {
  constructor(
    readonly device: string,
    private readonly backend: string,
  ) {}

  async compile(step: Step, inputs: InputSpecs, options: CompileOptions = {}): Promise<Program> {
    const { name = 'step', stepsPerCall = 1 } = options;
    return new EagerProgram(name, stepsPerCall, this.backend, step, inputs);
  }

  async pull(): Promise<void> {}
  async push(): Promise<void> {}
  async dispose(): Promise<void> {}
}
