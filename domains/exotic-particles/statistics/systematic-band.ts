// What systematic uncertainties do to a figure of the score: each source's inputs are shifted up and down by one standard
// deviation, the shifted events are scored anew, and the shifts of the figure are added in quadrature. The figure may be a
// histogram, a list of efficiencies or a significance: any list of numbers.

/** Events to be scored: rows of features, row-major, and what the figure needs besides. */
export interface Events {
  readonly features: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** One source of uncertainty, as its change of the events by +1 and -1 standard deviation. Rows may be reweighted or leave. */
export interface Variation {
  /** `jet-energy-scale`, `background-normalisation`, ... */
  readonly name: string;
  readonly up: (nominal: Events) => Events;
  readonly down: (nominal: Events) => Events;
}

export interface SystematicBandOptions {
  readonly events: Events;
  readonly variations: readonly Variation[];
  /** Scores of rows of features, one each. */
  readonly score: (features: Float32Array) => Float32Array | Promise<Float32Array>;
  /** What is looked at, the same count of numbers for any events. */
  readonly figure: (scores: Float32Array, events: Events) => ArrayLike<number>;
}

export interface VariedFigure {
  readonly name: string;
  readonly up: Float64Array;
  readonly down: Float64Array;
}

export interface SystematicBand {
  readonly nominal: Float64Array;
  /** Ends of the band: nominal with the quadratic sums of the shifts towards either side. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly variations: readonly VariedFigure[];
}

/** @throws RangeError when a variation changes the length of the figure */
export async function systematicBand(options: SystematicBandOptions): Promise<SystematicBand> {
  const { events, variations, score, figure } = options;
  const figureOf = async (given: Events): Promise<Float64Array> =>
    // A reweighting leaves the features as they are: their scores are the nominal ones.
    Float64Array.from(figure(given.features === events.features ? own : await score(given.features), given));
  const own = await score(events.features);
  const nominal = await figureOf(events);
  const below = new Float64Array(nominal.length);
  const above = new Float64Array(nominal.length);
  const varied: VariedFigure[] = [];
  for (const { name, up, down } of variations) {
    const result = { name, up: await figureOf(up(events)), down: await figureOf(down(events)) };
    for (const side of [result.up, result.down]) {
      if (side.length !== nominal.length)
        throw new RangeError(
          `systematicBand: ${name} gives ${side.length} numbers where the events as they are give ${nominal.length}`,
        );
    }
    for (let i = 0; i < nominal.length; i++) {
      const shifts = [result.up[i] - nominal[i], result.down[i] - nominal[i]];
      above[i] += Math.max(0, ...shifts) ** 2;
      below[i] += Math.min(0, ...shifts) ** 2;
    }
    varied.push(result);
  }
  return {
    nominal,
    low: nominal.map((v, i) => v - Math.sqrt(below[i])),
    high: nominal.map((v, i) => v + Math.sqrt(above[i])),
    variations: varied,
  };
}

/** Multiplies the weights of background rows (label 0) by 1 +- `relative`. */
export function backgroundNormalisation(relative: number): Variation {
  const scaled =
    (factor: number) =>
    (nominal: Events): Events => ({
      ...nominal,
      weights: Float64Array.from(nominal.weights, (w, i) => (nominal.labels[i] === 0 ? factor * w : w)),
    });
  return { name: 'background-normalisation', up: scaled(1 + relative), down: scaled(1 - relative) };
}
