// A tensor as plain numbers: what goes into a program and what comes out, whatever the device.

export type DType = 'float32' | 'int32' | 'bool';

/** Numbers with a shape, row-major. `bool` is held as 0 and 1. */
export interface TensorData {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** Number of elements of a shape; 1 for a scalar. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
