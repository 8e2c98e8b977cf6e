// What a public data set says of itself, as data: where its files are, whose they are, how to know them. The entries stand with
// the domains that read them; fetching is done by others, in one way for all.
import type { z } from 'zod';

export interface PublicFile {
  /** Where it is put, within the folder of its set. */
  readonly name: string;
  /** Addresses of the same bytes, tried in this order: http, https or file. */
  readonly urls: readonly string[];
  readonly bytes?: number;
  /**
   * SHA-256 in hex of the published bytes. Where it is not known the first fetch records what came, and later ones must agree;
   * nobody vouches for the first.
   */
  readonly sha256?: string;
  /** A zip archive whose files are wanted: unpacked into a folder of its name beside it. */
  readonly unpack?: boolean;
}

/** Data that are made to order by a server. */
// biome-ignore lint/suspicious/noExplicitAny: queries of every set
export interface PublicQuery<Query = any> {
  /** Strict, with units in the descriptions: each key is given by `--query key=value`. */
  readonly schema: z.ZodType<Query>;
  /** Folder for the files of a query within that of the set. */
  folder(query: Query): string;
  /**
   * The files that answer it.
   * @param ask gets a short text, of the first of several addresses that answers
   * @throws UserError when nothing does
   */
  files(query: Query, ask: (url: string) => Promise<string>): Promise<PublicFile[]>;
}

export interface PublicDataset {
  /** kebab-case, one of a kind among all domains. */
  readonly name: string;
  readonly title: string;
  /** As its publisher states it, and where that is not known, that it is not. */
  readonly licence: string;
  /** The page that tells of it. */
  readonly home: string;
  /** One of the two: fixed files, or a query. */
  readonly files?: readonly PublicFile[];
  readonly query?: PublicQuery;
  /** What to give to `--source`, within the folder of the set; the folder itself by default. */
  readonly source?: string;
  /** What to know before it is used, a sentence. */
  readonly note?: string;
}

/** Bytes of all files; undefined where one is not known. */
export function bytesOf({ files }: PublicDataset): number | undefined {
  const sizes = (files ?? []).map(({ bytes }) => bytes);
  return sizes.length === 0 || sizes.includes(undefined)
    ? undefined
    : sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
}

/** Checks the type of a query's functions where they are written. */
export const publicQuery = <Query>(query: PublicQuery<Query>): PublicQuery<Query> => query;
