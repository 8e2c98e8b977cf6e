// Rates that change while a network learns. A schedule is a plain function of where training stands.

/** Where training stands: steps done, passes begun, and both as they will be at the end when that is known. */
export interface Moment {
  /** Steps done before this one. */
  readonly step: number;
  /** Passes over the data before this one, counted from 0. */
  readonly epoch: number;
  readonly totalSteps: number;
}

export type Schedule = (moment: Moment) => number;

export const constantRate =
  (value: number): Schedule =>
  () =>
    value;

/** initial * factor^step, not below `least`: the paper's decay in Baldi et al. 2014 (factor 1 / 1.0000002). */
export const exponentialDecay =
  (options: { initial: number; factor: number; least?: number }): Schedule =>
  ({ step }) =>
    Math.max(options.least ?? 0, options.initial * options.factor ** step);

/** From `initial` at epoch 0 in a straight line to `final` at epoch `over`, constant afterwards. */
export const linearRamp =
  (options: { initial: number; final: number; over: number }): Schedule =>
  ({ epoch }) =>
    options.initial + (options.final - options.initial) * Math.min(1, epoch / options.over);

/** Half a cosine from `initial` at the first step to `final` at the last (Loshchilov and Hutter 2017). */
export const cosineDecay =
  (options: { initial: number; final?: number }): Schedule =>
  ({ step, totalSteps }) => {
    const { initial, final = 0 } = options;
    return (
      final + ((initial - final) * (1 + Math.cos((Math.PI * Math.min(step, totalSteps)) / totalSteps))) / 2
    );
  };

/**
 * In a straight line from 0 to `peak` over the share `warmUp` of the steps, then half a cosine down to `final` (the shape of
 * Smith and Topin's one-cycle policy, 2018, arXiv:1708.07120).
 */
export const warmUpCosine =
  (options: { peak: number; warmUp?: number; final?: number }): Schedule =>
  ({ step, totalSteps }) => {
    const { peak, warmUp = 0.1, final = 0 } = options;
    const done = Math.min(1, (step + 1) / totalSteps);
    if (done < warmUp) return (peak * done) / warmUp;
    const fallen = warmUp < 1 ? (done - warmUp) / (1 - warmUp) : 0;
    return final + ((peak - final) * (1 + Math.cos(Math.PI * fallen))) / 2;
  };
