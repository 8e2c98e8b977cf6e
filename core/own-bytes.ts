// Structured cloning copies the whole buffer that a typed array is a view of: to send one image of a thousand that share a
// buffer is to send all thousand. What goes to another thread is given buffers of its own size first.

type View = ArrayBufferView & { slice(): ArrayBufferView };

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function withOwnBytes(value: unknown, done: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const before = done.get(value);
  if (before !== undefined) return before;
  if (ArrayBuffer.isView(value)) {
    const whole = value.byteLength === value.buffer.byteLength;
    const own = whole || value.buffer instanceof SharedArrayBuffer || value instanceof DataView;
    // Buffer.slice gives a view, unlike that of the other typed arrays.
    const result = own ? value : Buffer.isBuffer(value) ? new Uint8Array(value) : (value as View).slice();
    done.set(value, result);
    return result;
  }
  if (Array.isArray(value)) {
    const result: unknown[] = [];
    done.set(value, result);
    for (const item of value) result.push(withOwnBytes(item, done));
    return result;
  }
  if (!isPlain(value)) return value;
  const result: Record<string, unknown> = {};
  done.set(value, result);
  for (const [key, item] of Object.entries(value)) result[key] = withOwnBytes(item, done);
  return result;
}

/**
 * The same value with every typed array in its plain objects and arrays copied that is a part of a larger buffer; the rest as it
 * was. Shared buffers are left, since they are not copied by cloning either.
 */
export const ownBytes = <T>(value: T): T => withOwnBytes(value, new Map()) as T;
