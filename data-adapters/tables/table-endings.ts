// Files that are tables, as far as a name tells; formatOf tells by the first bytes.

/** The longest first, where one ends in another. */
export const tableEndings = [
  '.csv.gz',
  '.csv',
  '.tsv.gz',
  '.tsv',
  '.txt',
  '.parquet',
  '.arrow',
  '.feather',
  '.h5',
  '.hdf5',
  '.root',
] as const;

/** Where items come as tables or as JSON: whatever is not called JSON is a table, so that one of any name is tried. */
export const isNoJson = (path: string): boolean => !/\.json$/i.test(path);
