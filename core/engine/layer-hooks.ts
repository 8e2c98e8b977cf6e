// What the tracer needs to know of tfjs-layers: which layer is at work (its name goes into errors), and which layers
// draw random numbers or keep state in JavaScript, where a trace would bake them in.
import { layers } from '@tensorflow/tfjs-layers';
import { withOrigin } from './graph/value.ts';

/** A step that cannot be compiled as it is written. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}

type Layer = layers.Layer;

const remedies: Readonly<Record<string, string>> = {
  Dropout: 'use dropout() of deepfield/engine',
  GaussianNoise: 'use gaussianNoise() of deepfield/engine',
};

let tracing = false;

/** Throws for layers of tfjs that draw their own random numbers while training. */
function refuseStochastic(layer: Layer, training: boolean): void {
  const className = layer.getClassName();
  const stochastic =
    /Dropout|GaussianNoise/.test(className) &&
    (layer as { enginesOwnRandomness?: boolean }).enginesOwnRandomness !== true;
  const { dropout = 0, recurrentDropout = 0 } = layer as { dropout?: number; recurrentDropout?: number };
  if (training && (stochastic || dropout > 0 || recurrentDropout > 0)) {
    const remedy = remedies[className] ?? 'build it from randomUniform() of deepfield/engine';
    throw new TraceError(
      `layer ${layer.name} (tfjs ${className}) draws its random numbers in JavaScript, which a compiled step would repeat for ever; ${remedy}`,
    );
  }
}

/** Throws for recurrent layers that keep their state from call to call in a tensor of their own. */
function refuseStateful(layer: Layer): void {
  // A model answers `stateful` for the layers inside it; the flag itself is only the layer's own.
  if ((layer as unknown as { _stateful?: boolean })._stateful === true) {
    throw new TraceError(
      `layer ${layer.name} (tfjs ${layer.getClassName()}) is stateful, which a compiled step cannot be; build it with returnState, and feed the state in`,
    );
  }
}

const original = layers.Layer.prototype.apply;
layers.Layer.prototype.apply = function (this: Layer, inputs, kwargs) {
  if (!tracing) return original.call(this, inputs, kwargs);
  refuseStochastic(this, kwargs?.training === true);
  refuseStateful(this);
  return withOrigin(this.name, () => original.call(this, inputs, kwargs));
};

/** Runs `work` as a trace: layers are named in what they record, and randomness drawn in JavaScript is refused. */
export function whileTracing<T>(work: () => T): T {
  const drawOutside = Math.random;
  Math.random = () => {
    throw new TraceError(
      'the step draws random numbers in JavaScript, which a compiled step would repeat for ever; use randomUniform() or randomNormal() of deepfield/engine',
    );
  };
  tracing = true;
  try {
    return work();
  } finally {
    tracing = false;
    Math.random = drawOutside;
  }
}
