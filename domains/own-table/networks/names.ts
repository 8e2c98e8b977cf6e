// Names of the networks of a run, and of their input and outputs as they stand in the model files.

/** From the plainest to the one that answers. */
export const networkIds = ['linear', 'network'] as const;
export type NetworkId = (typeof networkIds)[number];

/** Features as the settings list them: numbers, days since 1970, codes of words from 0, NaN where missing; [rows, features]. */
export const featuresInput = 'features';
/** Of each class, [rows, classes]. */
export const probabilityOutput = 'probability';
/** In the unit of the target, [rows, 1]. */
export const valueOutput = 'value';
