// The kinds of networks, from the simplest to the strongest, and what they are called.

/** Kinds that read a record as counts of its codes. */
export const countKinds = ['svm', 'logistic', 'mlp'] as const;
/** Kinds that read it step by step. */
export const sequenceKinds = ['retain', 'paper-gru', 'gru'] as const;

export const networkKinds = [...countKinds, ...sequenceKinds] as const;
export type CountKind = (typeof countKinds)[number];
export type SequenceKind = (typeof sequenceKinds)[number];
export type NetworkKind = (typeof networkKinds)[number];

export const isSequenceKind = (kind: NetworkKind): kind is SequenceKind =>
  sequenceKinds.some((other) => other === kind);

export const kindText: Readonly<Record<NetworkKind, string>> = {
  svm: 'support vector machine',
  logistic: 'logistic regression',
  mlp: 'multilayer perceptron',
  retain: 'RETAIN',
  'paper-gru': "GRU, the paper's",
  gru: 'GRU',
};

/** How the codes of a record are told to a network. */
export const representationNames = ['one-hot', 'grouped', 'vectors'] as const;
export type Representation = (typeof representationNames)[number];

export const representationText: Readonly<Record<Representation, string>> = {
  'one-hot': 'codes',
  grouped: 'grouped codes',
  vectors: 'concept vectors',
};
