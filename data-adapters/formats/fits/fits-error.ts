// What is wrong with a FITS file, told as the user's to mend.
import { UserError } from '../../../core/errors.ts';

/** A FITS file that cannot be read. @param where the file, and the HDU where one is known: `m31.fits: HDU 2 (SCI)` */
export function damaged(where: string, what: string, how = 'copy or write the file again'): UserError {
  return new UserError({ where, what, how });
}

/** Shortened for a message, on one line. */
export const quoted = (text: string): string => {
  const line = text.replace(/[^\x20-\x7e]/g, '?').trim();
  return `'${line.length > 40 ? `${line.slice(0, 40)}...` : line}'`;
};
