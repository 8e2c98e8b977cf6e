// The likelihood of a histogram with a signal of unknown strength over a background that is uncertain bin by bin: the
// simplest HistFactory model (Cranmer et al., CERN-OPEN-2012-016; pyhf's `uncorrelated_background`):
//
//   L(mu, gamma) = prod_i Poisson(n_i | mu s_i + gamma_i b_i) Poisson(m_i | gamma_i a_i),   a_i = (b_i / sigma_i)^2
//
// with an auxiliary measurement m_i of each bin's background. Given mu, each gamma_i solves a quadratic equation, so that
// the profile likelihood is exact; its negative logarithm is convex in mu, so that the best mu is found by bisection.

/** Expected events in each bin. */
export interface BinnedModel {
  /** s_i at mu = 1, >= 0. */
  readonly signal: readonly number[];
  /** b_i, >= 0. */
  readonly background: readonly number[];
  /** sigma_i, standard error of b_i in events; 0 for one that is known. */
  readonly uncertainty: readonly number[];
}

/** What was seen: events n_i, and auxiliary measurements m_i. They need not be whole numbers. */
export interface BinnedData {
  readonly events: readonly number[];
  readonly auxiliary: readonly number[];
}

/** a_i, the auxiliary events expected; 0 for a bin without uncertainty, whose gamma is 1. */
const auxiliaryScale = ({ background, uncertainty }: BinnedModel, i: number): number =>
  uncertainty[i] > 0 && background[i] > 0 ? (background[i] / uncertainty[i]) ** 2 : 0;

/** @throws RangeError naming the first thing that does not fit */
export function requireModel(
  { signal, background, uncertainty }: BinnedModel,
  events: readonly number[],
): void {
  const lengths = [signal.length, background.length, uncertainty.length, events.length];
  if (signal.length === 0 || new Set(lengths).size > 1)
    throw new RangeError(
      `binned likelihood: expected as many bins of signal, background, uncertainty and events, got ${lengths.join(', ')}`,
    );
  for (let i = 0; i < signal.length; i++) {
    for (const [name, value] of Object.entries({
      signal: signal[i],
      background: background[i],
      uncertainty: uncertainty[i],
      events: events[i],
    })) {
      if (!(value >= 0 && Number.isFinite(value)))
        throw new RangeError(`binned likelihood: expected ${name} of at least 0 in bin ${i}, got ${value}`);
    }
    if (events[i] > 0 && background[i] === 0)
      throw new RangeError(`binned likelihood: bin ${i} has events and no background; join it with another`);
  }
  if (!signal.some((s) => s > 0)) throw new RangeError('binned likelihood: there is no signal in any bin');
}

/** The data as observed: auxiliary measurements at their expectation. */
export const observedData = (model: BinnedModel, events: readonly number[]): BinnedData => ({
  events,
  auxiliary: model.signal.map((_, i) => auxiliaryScale(model, i)),
});

/** gamma_i that maximises the likelihood at this mu: the root of (a + b) b g^2 + [(a + b) mu s - (n + m) b] g - m mu s. */
export function bestGammas(model: BinnedModel, { events, auxiliary }: BinnedData, mu: number): number[] {
  return model.signal.map((s, i) => {
    const a = auxiliaryScale(model, i);
    if (a === 0) return 1;
    const b = model.background[i];
    const square = (a + b) * b;
    const linear = (a + b) * mu * s - (events[i] + auxiliary[i]) * b;
    const constant = auxiliary[i] * mu * s;
    const root = Math.sqrt(linear * linear + 4 * square * constant);
    return linear > 0 ? (2 * constant) / (linear + root) : (root - linear) / (2 * square);
  });
}

/** Events expected in each bin. */
const expected = (model: BinnedModel, gammas: readonly number[], mu: number): number[] =>
  model.signal.map((s, i) => mu * s + gammas[i] * model.background[i]);

/** Data that equal their expectation for mu, the background as these data have it at that mu (the Asimov data set). */
export function asimovData(model: BinnedModel, data: BinnedData, mu: number): BinnedData {
  const gammas = bestGammas(model, data, mu);
  return {
    events: expected(model, gammas, mu),
    auxiliary: gammas.map((gamma, i) => gamma * auxiliaryScale(model, i)),
  };
}

/** -ln of Poisson(n | nu), without what depends on n only. */
const poisson = (n: number, nu: number): number => nu - (n === 0 ? 0 : n * Math.log(nu));

/** -ln L(mu, best gammas), up to a constant of the data. */
export function profiledNegativeLog(model: BinnedModel, data: BinnedData, mu: number): number {
  const gammas = bestGammas(model, data, mu);
  return expected(model, gammas, mu).reduce((sum, nu, i) => {
    const a = auxiliaryScale(model, i);
    const constraint = a === 0 ? 0 : poisson(data.auxiliary[i], gammas[i] * a);
    return sum + poisson(data.events[i], nu) + constraint;
  }, 0);
}

/** d(-ln L) / d mu along the profile: sum_i s_i (1 - n_i / nu_i), rising with mu. */
function slope(model: BinnedModel, data: BinnedData, mu: number): number {
  return expected(model, bestGammas(model, data, mu), mu).reduce(
    (sum, nu, i) => sum + (model.signal[i] === 0 ? 0 : model.signal[i] * (1 - data.events[i] / nu)),
    0,
  );
}

/** Where a function that rises through 0 within [low, high] does so, to rounding. */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 200; i++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if (f(middle) > 0) b = middle;
    else a = middle;
  }
  return (a + b) / 2;
}

/** The mu >= 0 of greatest likelihood. */
export function bestStrength(model: BinnedModel, data: BinnedData): number {
  if (slope(model, data, 0) >= 0) return 0;
  let high = 1;
  while (slope(model, data, high) < 0) high *= 2;
  return bisect((mu) => slope(model, data, mu), 0, high);
}
