// How a tfjs kernel becomes ONNX operators: one function a kernel, kept by name. The families beside this file fill
// the table; backend.ts registers it with tfjs.
import type { Value } from '../graph/value.ts';

/**
 * Turns a kernel's inputs (by their tfjs names) and attributes into recorded values.
 * `all` lists the inputs in order, for kernels whose inputs are a plain list (Concat, Pack, AddN).
 */
export type Lowering<Attributes> = (
  inputs: Readonly<Record<string, Value>>,
  attributes: Attributes,
  all: readonly Value[],
) => Value | Value[];

/** A family of kernels. Attribute types differ from kernel to kernel, so the table forgets them. */
export type Family = Readonly<Record<string, Lowering<never>>>;

/** Axes as tfjs passes them (a number, a list, negative from the end) as sorted non-negative numbers. */
export function normaliseAxes(axis: number | readonly number[] | null | undefined, rank: number): number[] {
  const axes =
    axis === null || axis === undefined ? Array.from({ length: rank }, (_, i) => i) : [axis].flat();
  return axes.map((a) => (a < 0 ? a + rank : a)).sort((a, b) => a - b);
}
