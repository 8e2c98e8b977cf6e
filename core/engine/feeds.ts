// Checks what is fed to a program against what it was compiled for.
import type { FeedArray, Feeds, InputSpec, InputSpecs } from './program.ts';
import { sizeOf } from './tensor-data.ts';

const arrays = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
} as const;

/**
 * The numbers of one input as an array of its type.
 * @throws RangeError naming program and input when they are missing, of the wrong type or count
 */
export function feedArray(
  program: string,
  name: string,
  { shape, dtype = 'float32', storage = dtype as never }: InputSpec,
  feeds: Feeds,
): FeedArray {
  const given = feeds[name];
  const type = arrays[storage as keyof typeof arrays];
  if (given === undefined) throw new RangeError(`${program}: input ${name} is missing`);
  const array = typeof given === 'number' ? type.of(given) : given;
  if (!(array instanceof type)) {
    throw new RangeError(
      `${program}: expected a ${type.name} for input ${name}, got ${array.constructor.name}`,
    );
  }
  if (array.length !== sizeOf(shape)) {
    throw new RangeError(
      `${program}: expected ${sizeOf(shape)} numbers for input ${name} of shape [${shape}], got ${array.length}`,
    );
  }
  return array;
}

/** @throws RangeError unless there is one set of feeds for each step of a call */
export function checkFeeds(program: string, specs: InputSpecs, feeds: readonly Feeds[], steps: number): void {
  if (feeds.length !== steps) {
    throw new RangeError(`${program}: expected feeds for ${steps} steps, got ${feeds.length}`);
  }
  for (const feed of feeds) {
    const unknown = Object.keys(feed).find((name) => !(name in specs));
    if (unknown !== undefined) {
      throw new RangeError(`${program}: no input ${unknown}; there are ${Object.keys(specs).join(', ')}`);
    }
  }
}
