// Names by which networks and what they take and answer are kept.

/** Every network's input: pixels 0 ... 255, bright on black, [rows, 28, 28]. */
export const pixelsInput = 'pixels';
/** A classifier's output: the probability of each class, [rows, classes]. */
export const probabilityOutput = 'probability';
/** What an autoencoder, or a number of principal components, gives back: [rows, 784] in 0 ... 1. */
export const reconstructionOutput = 'reconstruction';
/** Its code, [rows, length]. */
export const codeOutput = 'code';
/** Mean squared error of each image, [rows, 1]. */
export const errorOutput = 'squaredError';

/** Keys of the model files' metadata. */
export const parametersKey = 'parameters';
export const thresholdKey = 'strangeAbove';
/** Names of the classes, as JSON. */
export const classesKey = 'classes';
/** Losses after each pass, of networks that learn from few images. */
export const lossesKey = 'losses';
export const lineKey = 'kind';

export const componentsId = (count: number): string => `pca-${count}`;
export const columnId = (member: number): string => `committee-${member + 1}`;
export const isColumn = (id: string): boolean => /^committee-\d+$/.test(id);
export const isComponents = (id: string): boolean => /^pca-\d+$/.test(id);
