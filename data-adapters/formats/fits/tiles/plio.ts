// PLIO_1: runs of equal pixels, as IRAF keeps its masks (pixel list I/O). FITS standard 4.0, section 10.4.3.
// A list of 16-bit words: a header that gives its length, then instructions of 4 bits with an operand of 12.

const operand = 0xfff;

/**
 * The pixels of a tile; those after the end of the list are 0.
 *
 * @param words the list, in native order
 * @throws Error when the list is cut off or has more pixels than the tile
 */
export function unpackPlio(words: Int16Array, count: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(count);
  if (words.length < 3) throw new Error('its list has no header');
  // The third word is positive in the older of the two headers, and is the length itself there.
  const isOld = words[2] > 0;
  if (!isOld && words.length < 5) throw new Error('its list has no header');
  const length = isOld ? words[2] : (words[4] << 15) + words[3];
  const start = isOld ? 3 : words[1];
  if (start < 3 || length > words.length) throw new Error('its list is cut off');
  let value = 1;
  let at = 0;
  const run = (pixels: number, pixel: number): void => {
    if (at + pixels > count) throw new Error('its list has more pixels than the tile');
    if (pixel !== 0) out.fill(pixel, at, at + pixels);
    at += pixels;
  };
  for (let i = start; i < length; i++) {
    const word = words[i] & 0xffff;
    const data = word & operand;
    switch (word >> 12) {
      case 0:
        run(data, 0);
        break;
      case 1:
        if (i + 1 >= length) throw new Error('its list is cut off');
        i += 1;
        value = (words[i] << 12) + data;
        break;
      case 2:
        value += data;
        break;
      case 3:
        value -= data;
        break;
      case 4:
        run(data, value);
        break;
      case 5:
        // A run of zeros whose last pixel is not.
        run(Math.max(0, data - 1), 0);
        run(Math.min(1, data), value);
        break;
      case 6:
        value += data;
        run(1, value);
        break;
      case 7:
        value -= data;
        run(1, value);
        break;
      default:
        throw new Error(`its list has the unknown instruction ${word >> 12}`);
    }
  }
  return out;
}
