// Checks what is fed to a program against what it was compiled for.
import type { Feeds, InputSpec, InputSpecs } from './program.ts';
import { sizeOf } from './tensor-data.ts';

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/**
 * The numbers of one input as an array of its type.
 * @throws RangeError naming program and input when they are missing, of the wrong type or count
 */
export function feedArray(
  program: string,
  name: string,
  { shape, dtype = 'float32' }: InputSpec,
  feeds: Feeds,
): Float32Array | Int32Array | Uint8Array {
  const given = feeds[name];
  const type = arrays[dtype];
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
