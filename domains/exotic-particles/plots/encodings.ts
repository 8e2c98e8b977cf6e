// Encodings that several plots share.

export const groupColour = {
  field: 'group',
  type: 'nominal',
  title: 'features',
  scale: { domain: ['low', 'high', 'complete'] },
} as const;

export const kindDash = { field: 'kind', type: 'nominal', title: 'network' } as const;

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
