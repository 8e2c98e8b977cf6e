// A field of CSV (RFC 4180): quoted when it holds a comma, a quote or the end of a line.

export const csvField = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
