// What the labels of a set in MNIST's files mean. The files do not say; their names do, or those of their folder. Fashion-MNIST:
// H. Xiao, K. Rasul, R. Vollgraf, arXiv:1708.07747. EMNIST: G. Cohen et al., arXiv:1702.05373; its images are stored column by
// column, and its `letters` count from 1. Kuzushiji-MNIST: T. Clanuwat et al., arXiv:1812.01718.

const digits = [...'0123456789'];
const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const fashion = [
  'T-shirt/top',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
];

export interface Naming {
  readonly classes: readonly string[];
  /** Label of the first class. */
  readonly first: number;
  /** Whether the images lie on their side: columns stored as rows. */
  readonly transposed: boolean;
}

const upright = (classes: readonly string[]): Naming => ({ classes, first: 0, transposed: false });
const lying = (classes: readonly string[], first = 0): Naming => ({ classes, first, transposed: true });

const sets: readonly (readonly [RegExp, Naming])[] = [
  [/emnist[-_]?letters/i, lying(capitals, 1)],
  [/emnist[-_]?byclass/i, lying([...digits, ...capitals, ...'abcdefghijklmnopqrstuvwxyz'])],
  [/emnist[-_]?(balanced|bymerge)/i, lying([...digits, ...capitals, ...'abdefghnqrt'])],
  [/emnist/i, lying(digits)],
  [/fashion/i, upright(fashion)],
  [/kmnist|kuzushiji/i, upright([...'おきすつなはまやれを'])],
];

/**
 * How a set is to be read.
 *
 * @param names of its files, then of their folder: the first that is known counts; MNIST where none is
 */
export function namingOf(...names: readonly string[]): Naming {
  for (const name of names) {
    const found = sets.find(([pattern]) => pattern.test(name));
    if (found !== undefined) return found[1];
  }
  return upright(digits);
}
