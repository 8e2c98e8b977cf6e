// Names of a collision network's input and output, as they stand in its model file.

/** All columns of the problem as they stand in its files (UCI units), [rows, columns], whatever the network looks at. */
export const featuresInput = 'features';

/** Probability that the collision is signal, [rows, 1]. */
export const signalOutput = 'signal';
