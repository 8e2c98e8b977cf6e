// The logistic function, by which log odds become probabilities.

/** 1 / (1 + e^-x), in [0, 1]. */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
