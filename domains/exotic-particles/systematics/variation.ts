// One way in which the detector may differ from the one that the events were recorded with.

/** Events after a variation. */
export interface ShiftedEvents {
  /** Rows in UCI's columns and units, as many as before; the array given is not changed. */
  readonly features: Float32Array;
  /** For each row the factor by which it counts; without it every row counts once. */
  readonly weight?: Float32Array;
}

export interface Variation {
  /** Unique among those of a process: `jet-energy-scale-up`. */
  readonly name: string;
  /** For reports, with its size: `jet energy scale +3 %`. */
  readonly label: string;
  /** @param features rows in UCI's columns and units, row by row */
  apply(features: Float32Array): ShiftedEvents;
}

/** Both directions of one source of uncertainty. */
export interface SystematicVariation {
  readonly name: string;
  readonly label: string;
  readonly up: Variation;
  readonly down: Variation;
}

/** `+3 %` and `-3 %`. */
export const percent = (change: number): string =>
  `${change < 0 ? '-' : '+'}${+(100 * Math.abs(change)).toFixed(2)} %`;
