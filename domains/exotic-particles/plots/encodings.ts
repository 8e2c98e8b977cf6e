// Encodings that several plots share.

export const groupColour = {
  field: 'group',
  type: 'nominal',
  title: 'features',
  scale: { domain: ['low', 'high', 'complete'] },
} as const;

/** Solid for the strongest kind there is, broken for weaker ones. */
export const kindDash = {
  field: 'kind',
  type: 'nominal',
  title: 'network',
  scale: {
    domain: ['standard', 'deep', 'shallow', 'logistic'],
    range: [
      [10, 3, 2, 3],
      [1, 0],
      [7, 5],
      [1.5, 4],
    ],
  },
} as const;

export const truthColour = {
  field: 'truth',
  type: 'nominal',
  title: 'truth',
  scale: { domain: ['background', 'signal'] },
} as const;

export const signalEfficiency = {
  field: 'signalEfficiency',
  type: 'quantitative',
  title: 'signal efficiency',
  scale: { domain: [0, 1] },
} as const;

/** `0.0123` as `0.0123`, small ones as `3e-9`. */
export const pText = (p: number): string => (p < 1e-4 ? p.toExponential(0) : p.toPrecision(2));
