// Names that a table has from its reader and not from its file: those of a text without a header.

/** Whether all columns of a table are called by their number. */
export const isUnnamed = (columns: readonly string[]): boolean =>
  columns.every((name) => /^column_\d+$/.test(name));
