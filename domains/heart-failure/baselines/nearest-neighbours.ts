// The k nearest neighbours of a record among those of the training set, by the cosine of their codes, weighed as words are in
// the search for texts (Salton and Buckley 1988). Records hold few of all codes, so that only those that share one are
// compared: an inverted index.
import type { ObservedCohort } from '../records/observed-cohort.ts';

/** A record as the codes that it has and ln(1 + n) ln(N / N_code) of each, at length 1. */
interface SparseRow {
  readonly codes: Int32Array;
  readonly values: Float32Array;
}

function sparseRow({ cohort, vocabulary }: ObservedCohort, row: number, rarity: Float64Array): SparseRow {
  const counts = new Map<number, number>();
  for (const concept of cohort.members[row].concepts) {
    const number = vocabulary.numbers[concept];
    if (number > 0) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  const values = Float32Array.from(counts, ([code, n]) => Math.log1p(n) * rarity[code]);
  const norm = Math.hypot(...values) || 1;
  return { codes: Int32Array.from(counts.keys()), values: values.map((v) => v / norm) };
}

function rarityOf({ cohort, vocabulary }: ObservedCohort, rows: Uint32Array): Float64Array {
  const patients = new Float64Array(vocabulary.concepts.length + 1);
  for (const row of rows)
    for (const number of new Set(
      Array.from(cohort.members[row].concepts, (concept) => vocabulary.numbers[concept]),
    ))
      patients[number]++;
  return patients.map((n) => Math.log((rows.length + 1) / (n + 1)));
}

export class NearestNeighbours {
  private readonly places: Uint32Array[];
  private readonly values: Float32Array[];
  private readonly labels: Uint8Array;
  /** ln(N / N_code), by number of the code. */
  private readonly rarity: Float64Array;

  /** @param labels 1 for a case, by row of the cohort */
  constructor(
    private readonly observed: ObservedCohort,
    rows: Uint32Array,
    labels: ArrayLike<number>,
  ) {
    this.rarity = rarityOf(observed, rows);
    const lists = Array.from({ length: observed.vocabulary.concepts.length + 1 }, () => ({
      places: [] as number[],
      values: [] as number[],
    }));
    rows.forEach((row, place) => {
      const { codes, values } = sparseRow(observed, row, this.rarity);
      codes.forEach((code, i) => {
        lists[code].places.push(place);
        lists[code].values.push(values[i]);
      });
    });
    this.places = lists.map(({ places }) => Uint32Array.from(places));
    this.values = lists.map(({ values }) => Float32Array.from(values));
    this.labels = Uint8Array.from(rows, (row) => labels[row]);
  }

  /**
   * For each k the share of cases among the k nearest, each counted by its cosine. Records that share no code are at
   * cosine 0.
   *
   * @param ks ascending
   */
  scores(row: number, ks: readonly number[]): number[] {
    const cosine = new Float32Array(this.labels.length);
    const { codes, values } = sparseRow(this.observed, row, this.rarity);
    codes.forEach((code, i) => {
      const [places, others] = [this.places[code], this.values[code]];
      for (let j = 0; j < places.length; j++) cosine[places[j]] += values[i] * others[j];
    });
    const most = Math.min(ks[ks.length - 1], cosine.length);
    const threshold = cosine.slice().sort()[cosine.length - most];
    const near: number[] = [];
    for (let i = 0; i < cosine.length; i++) if (cosine[i] >= threshold) near.push(i);
    near.sort((a, b) => cosine[b] - cosine[a]);
    return ks.map((k) => {
      let [cases, all] = [0, 0];
      for (const i of near.slice(0, k)) {
        cases += this.labels[i] * cosine[i];
        all += cosine[i];
      }
      return all > 0 ? cases / all : 0;
    });
  }
}
