// The chained form of tfjs's operations, `x.add(y)` for `tf.add(x, y)`. tfjs-core registers it from a file that Node cannot
// import beside the package's own build, so it is given to the same class here; tfjs-layers uses it in places (the
// orthogonal initialiser of recurrent layers). Without fft and its kin, which need complex numbers.
import * as tf from '@tensorflow/tfjs-core';
import type {} from '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';

/** Operations whose first argument becomes the tensor itself. */
const plain = `
  abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh batchToSpaceND batchNorm
  broadcastTo cast ceil clipByValue conv1d conv2d cos cosh cumprod cumsum depthToSpace div divNoNan
  dot elu equal erf euclideanNorm exp expandDims expm1 floor floorDiv gather greater greaterEqual
  isFinite isInf isNaN leakyRelu less lessEqual log log1p logSigmoid logSoftmax logSumExp logicalAnd
  logicalNot logicalOr logicalXor matMul max maximum mean min minimum mirrorPad mod mul neg norm
  notEqual oneHot onesLike pad pool pow prelu prod reciprocal relu relu6 reshape reverse round rsqrt
  selu sigmoid sign sin sinh slice softmax softplus spaceToBatchND split sqrt square squaredDifference
  squeeze step stridedSlice sub sum tan tanh tile topk transpose unique unstack zerosLike
`;

type Operation = (...operands: unknown[]) => unknown;
type Method = (this: never, ...operands: never[]) => unknown;

const operations = tf as unknown as Readonly<Record<string, Operation>>;

const chained: Record<string, Method> = {
  asScalar(this: tf.Tensor) {
    return tf.reshape(this, []);
  },
  asType(this: tf.Tensor, dtype: tf.DataType) {
    return tf.cast(this, dtype);
  },
  flatten(this: tf.Tensor) {
    return tf.reshape(this, [this.size]);
  },
  reshapeAs(this: tf.Tensor, other: tf.Tensor) {
    return tf.reshape(this, other.shape);
  },
  toBool(this: tf.Tensor) {
    return tf.cast(this, 'bool');
  },
  toFloat(this: tf.Tensor) {
    return tf.cast(this, 'float32');
  },
  toInt(this: tf.Tensor) {
    return tf.cast(this, 'int32');
  },
  concat(this: tf.Tensor, others: tf.Tensor | tf.Tensor[], axis?: number) {
    return tf.concat([this, ...[others].flat()], axis);
  },
  stack(this: tf.Tensor, others: tf.Tensor | tf.Tensor[], axis?: number) {
    return tf.stack([this, ...[others].flat()], axis);
  },
  where(this: tf.Tensor, condition: tf.Tensor, otherwise: tf.Tensor) {
    return tf.where(condition, this, otherwise);
  },
  resizeBilinear(this: tf.Tensor3D, size: [number, number], alignCorners?: boolean, pixelCentres?: boolean) {
    return tf.image.resizeBilinear(this, size, alignCorners, pixelCentres);
  },
  resizeNearestNeighbor(
    this: tf.Tensor3D,
    size: [number, number],
    alignCorners?: boolean,
    pixelCentres?: boolean,
  ) {
    return tf.image.resizeNearestNeighbor(this, size, alignCorners, pixelCentres);
  },
};

for (const name of plain.trim().split(/\s+/)) {
  chained[name] = function (this: tf.Tensor, ...operands: never[]) {
    return operations[name](this, ...operands);
  };
}
for (let rank = 1; rank <= 5; rank++) {
  chained[`as${rank}D`] = function (this: tf.Tensor, ...shape: number[]) {
    return tf.reshape(this, rank === 1 ? [this.size] : shape);
  } as Method;
}

Object.assign(tf.Tensor.prototype, chained);
