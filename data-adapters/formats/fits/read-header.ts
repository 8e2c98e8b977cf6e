// Finds the END of a header: the first card that is END and nothing else. ENDTIME is none, nor is an END within a string.
import { lineLength } from './card.ts';
import { type FitsBytes, readBytes } from './fits-bytes.ts';
import { damaged, quoted } from './fits-error.ts';
import { blockBytes, FitsHeader } from './header.ts';

/** Longest header read; the longest of real files are some hundred kilobytes. */
const longest = 5825 * blockBytes;

export interface HeaderInFile {
  readonly header: FitsHeader;
  /** First byte after it. */
  readonly end: number;
}

const endLine = /^END[ \0]*$/;

/** Offset of the END card among the lines from `from` on, or -1. */
function findEnd(text: string, from: number): number {
  for (let at = from; at + 3 <= text.length; at += lineLength) {
    if (text.startsWith('END', at) && endLine.test(text.slice(at, at + lineLength))) return at;
  }
  return -1;
}

/**
 * The header that begins at `start`.
 *
 * @throws UserError when no END is found before the end of the file, or within 16 MiB
 */
export async function readHeader(bytes: FitsBytes, start: number, where: string): Promise<HeaderInFile> {
  let text = '';
  for (let length = 2 * blockBytes; ; length *= 2) {
    const from = text.length;
    const more = Math.min(length, longest, bytes.size - start) - from;
    text += (await readBytes(bytes, start + from, more)).toString('latin1');
    if (from === 0) checkFirst(text, where);
    const end = findEnd(text, from);
    if (end >= 0) {
      const next = Math.ceil((end + lineLength) / blockBytes) * blockBytes;
      return { header: FitsHeader.parse(text.slice(0, end), where), end: Math.min(start + next, bytes.size) };
    }
    if (start + text.length >= bytes.size) throw damaged(where, 'its header is cut off: it has no END card');
    if (text.length >= longest) throw damaged(where, `its header has no END card within ${longest} bytes`);
  }
}

function checkFirst(text: string, where: string): void {
  if (/^(SIMPLE {2}|XTENSION)=/.test(text)) return;
  if (text.trim() === '') throw damaged(where, 'is empty, expected a FITS file');
  throw damaged(
    where,
    `begins with ${quoted(text.slice(0, 16))}, expected 'SIMPLE  ='`,
    'give a FITS file (.fits, .fit, .fts), which may be packed by gzip, bzip2 or compress',
  );
}
