// Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): how much worse a figure gets when the values of
// some columns are dealt anew among the rows. A group's columns move together, so that correlated ones do not stand in for
// each other. It says what this model uses, not what another could do without.
import type { RandomStream } from '../random.ts';

export interface PermutationImportanceOptions {
  /** Row-major, rows x columns. It is not changed. */
  readonly inputs: Float32Array;
  readonly columns: number;
  /** Columns that are moved together, by name; for single features one each. */
  readonly groups: Readonly<Record<string, readonly number[]>>;
  /** Scores of all rows of changed inputs. */
  readonly score: (inputs: Float32Array) => ArrayLike<number> | Promise<ArrayLike<number>>;
  /** More is better: a weighted AUC, say. Labels and weights stay with their rows. */
  readonly figure: (scores: ArrayLike<number>) => number;
  readonly random: RandomStream;
  /** Permutations of each group. Default 5. */
  readonly repeats?: number;
}

export interface Importance {
  readonly name: string;
  /** Mean loss of the figure. */
  readonly value: number;
  /** Standard deviation over the permutations; NaN for a single one. */
  readonly deviation: number;
}

/**
 * @returns one for each group, in their order
 * @throws RangeError for inputs that are not whole rows, or a column that is not there
 */
export async function permutationImportance(options: PermutationImportanceOptions): Promise<Importance[]> {
  const { inputs, columns, groups, score, figure, random, repeats = 5 } = options;
  const rows = inputs.length / columns;
  if (!Number.isInteger(rows))
    throw new RangeError(
      `permutationImportance: expected rows of ${columns} columns, got ${inputs.length} numbers`,
    );
  for (const [name, members] of Object.entries(groups)) {
    const wrong = members.find((c) => !Number.isInteger(c) || c < 0 || c >= columns);
    if (wrong !== undefined)
      throw new RangeError(`permutationImportance: group ${name} has column ${wrong}, there are ${columns}`);
  }
  const intact = figure(await score(inputs));
  const changed = inputs.slice();
  const result: Importance[] = [];
  for (const [name, members] of Object.entries(groups)) {
    const losses: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      const from = random.split(name, repeat).permutation(rows);
      for (let row = 0; row < rows; row++)
        for (const c of members) changed[row * columns + c] = inputs[from[row] * columns + c];
      losses.push(intact - figure(await score(changed)));
    }
    changed.set(inputs);
    const value = losses.reduce((sum, loss) => sum + loss, 0) / repeats;
    const squares = losses.reduce((sum, loss) => sum + (loss - value) ** 2, 0);
    result.push({ name, value, deviation: Math.sqrt(squares / (repeats - 1)) });
  }
  return result;
}
