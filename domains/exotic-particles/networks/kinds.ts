// Kinds of networks, from the simplest to the strongest. They stand apart from the networks so that settings can be read
// without loading tensors.

/** `logistic`: no hidden layer; `shallow` and `deep`: the paper's; `standard`: the house's own. */
export const networkKinds = ['logistic', 'shallow', 'deep', 'standard'] as const;
export type NetworkKind = (typeof networkKinds)[number];
