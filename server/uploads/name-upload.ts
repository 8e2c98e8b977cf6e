// What a file that is sent is called: here by a name of ours that keeps only the ending the domain reads, and towards the person
// by their own.
import type { Request } from 'express';
import { HttpError } from '../http-error.ts';
import { endingOf } from './media-types.ts';

export interface UploadName {
  /** One of those that the domain reads. */
  readonly ending: string;
  /** For answers and errors; never a path. */
  readonly shown: string;
}

/** The last part of a name, without what no name needs. */
const plainName = (name: string): string =>
  name
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[^\p{L}\p{N} ._()+-]/gu, '')
    .slice(-100);

/** The file name of a header as RFC 6266 writes it: `attachment; filename="m51.fits"`. */
function fromDisposition(header: string | undefined): string | undefined {
  const [, quoted, plain] = /;\s*filename=(?:"([^"]*)"|([^\s;]+))/i.exec(header ?? '') ?? [];
  return quoted ?? plain;
}

/** The name that came with a request: parameter `filename`, or the header Content-Disposition. */
export function givenName(request: Request): string | undefined {
  const { filename } = request.query;
  return typeof filename === 'string' ? filename : fromDisposition(request.get('content-disposition'));
}

/** @throws HttpError when neither name nor type is of a file that the domain reads */
export function nameUpload(request: Request, reads: readonly string[]): UploadName {
  const name = givenName(request);
  const how = `this domain reads ${reads.join(', ')}`;
  if (name !== undefined) {
    const shown = plainName(name);
    const ending = reads.find((each) => shown.toLowerCase().endsWith(each));
    if (ending !== undefined) return { ending, shown };
    throw new HttpError('unsupported type', `${JSON.stringify(shown)} has no ending that is known; ${how}`);
  }
  const type = (request.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
  const ending = endingOf(type, reads);
  if (ending !== undefined) return { ending, shown: `upload${ending}` };
  throw new HttpError(
    'unsupported type',
    `cannot tell what file this is from the type ${JSON.stringify(type)}; name it: ?filename=data${reads[0]}; ${how}`,
  );
}
