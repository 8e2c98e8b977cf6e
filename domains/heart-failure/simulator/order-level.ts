// The part of the signal that lies in order and spacing alone. It moves codes and visits within half years that end on the index
// date, 180 days before, 360 days before and so on, and adds none: in a window of whole half years a bag of codes cannot see it.

/** Days of a half year, within which codes and visits change places. */
export const periodDays = 180;

/** How far the order of a case's codes has changed so many days before the index: rises towards it (tuned). */
export const orderLevel = (day: number): number => Math.exp(-day / 500);
