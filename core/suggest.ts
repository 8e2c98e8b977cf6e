// Which known name did the user mean? Damerau and Levenshtein's edit distance (insertion, deletion, substitution and
// the swap of two neighbours, each costs 1; F. J. Damerau, Commun. ACM 7, 171 (1964)), without regard to case.

/** Unrestricted Damerau-Levenshtein distance of two texts; 0 when equal. O(a.length * b.length). */
export function editDistance(a: string, b: string): number {
  const width = b.length + 2;
  const far = a.length + b.length;
  const table = new Int32Array((a.length + 2) * width).fill(far);
  for (let i = 0; i <= a.length; i++) table[(i + 1) * width + 1] = i;
  for (let j = 0; j <= b.length; j++) table[width + j + 1] = j;
  const lastRowOf = new Map<string, number>();
  for (let i = 1; i <= a.length; i++) {
    let lastMatch = 0;
    for (let j = 1; j <= b.length; j++) {
      const row = lastRowOf.get(b[j - 1]) ?? 0;
      const column = lastMatch;
      const same = a[i - 1] === b[j - 1];
      if (same) lastMatch = j;
      table[(i + 1) * width + j + 1] = Math.min(
        table[i * width + j] + (same ? 0 : 1),
        table[(i + 1) * width + j] + 1,
        table[i * width + j + 1] + 1,
        table[row * width + column] + (i - row - 1) + 1 + (j - column - 1),
      );
    }
    lastRowOf.set(a[i - 1], i);
  }
  return table[(a.length + 1) * width + b.length + 1];
}

const longest = 100;

/**
 * Up to three candidates that `name` may be a slip of, nearest first and in their own order among equals.
 * A candidate counts when its distance is at most a third of `name`'s length (at least 1, at most 3), or when
 * `name` has three letters or more and is its beginning (`phases` for `phases-of-matter`).
 *
 * @example nearest('trian', ['train', 'resume', 'evaluate'])   // ['train']
 */
export function nearest(name: string, candidates: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  if (wanted.length === 0 || wanted.length > longest) return [];
  const limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (candidate.length > longest) continue;
    const other = candidate.toLowerCase();
    const begins = wanted.length >= 3 && other.startsWith(wanted);
    const distance =
      Math.abs(other.length - wanted.length) > limit ? Number.POSITIVE_INFINITY : editDistance(wanted, other);
    if (distance <= limit) found.push({ candidate, distance });
    else if (begins) found.push({ candidate, distance: limit + 1 });
  }
  found.sort((a, b) => a.distance - b.distance);
  return found.slice(0, 3).map(({ candidate }) => candidate);
}
