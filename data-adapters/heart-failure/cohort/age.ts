// Ages in completed years, as a birthday has them, of days counted since 1970. Pairs of persons are many; hence no Date.

/** `20130523` of a day: the civil calendar by Howard Hinnant's algorithm, https://howardhinnant.github.io/date_algorithms.html. */
export function dateNumber(day: number): number {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const date = ofYear - Math.floor((153 * march + 2) / 5) + 1;
  return (year + era * 400 + Number(month <= 2)) * 10_000 + month * 100 + date;
}

/** Completed years from one day to another; negative before the birth. */
export const completedYears = (birth: number, day: number): number =>
  yearsBetween(dateNumber(birth), dateNumber(day));

/** The same of two days' {@link dateNumber}. */
export const yearsBetween = (birth: number, day: number): number => Math.floor((day - birth) / 10_000);
