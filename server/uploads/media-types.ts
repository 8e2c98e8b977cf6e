// Media types of the files that domains read and write, by ending. A domain knows endings alone.
const types: Readonly<Record<string, readonly string[]>> = {
  '.csv': ['text/csv'],
  '.tsv': ['text/tab-separated-values'],
  '.txt': ['text/plain'],
  '.json': ['application/json', 'application/fhir+json'],
  '.ndjson': ['application/x-ndjson', 'application/fhir+ndjson'],
  '.parquet': ['application/vnd.apache.parquet'],
  '.arrow': ['application/vnd.apache.arrow.file'],
  '.h5': ['application/x-hdf5'],
  '.root': ['application/x-root'],
  '.npy': ['application/x-npy'],
  '.npz': ['application/x-npz'],
  '.zip': ['application/zip'],
  '.fits': ['image/fits', 'application/fits'],
  '.png': ['image/png'],
  '.jpg': ['image/jpeg'],
  '.jpeg': ['image/jpeg'],
  '.webp': ['image/webp'],
  '.gif': ['image/gif'],
  '.tif': ['image/tiff'],
  '.tiff': ['image/tiff'],
  '.bmp': ['image/bmp'],
  '.avif': ['image/avif'],
};

/** The type that a file of that ending is sent as. */
export const mediaTypeOf = (ending: string): string => types[ending]?.[0] ?? 'application/octet-stream';

/** Every type that stands for one of the endings. */
export const mediaTypesOf = (endings: readonly string[]): string[] => [
  ...new Set(endings.flatMap((ending) => types[ending] ?? [])),
];

/** The first of the endings that a type stands for. */
export const endingOf = (type: string, endings: readonly string[]): string | undefined =>
  endings.find((ending) => types[ending]?.includes(type));
