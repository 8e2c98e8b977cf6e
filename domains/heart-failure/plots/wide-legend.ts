// A legend whose entries are sentences.
export const wideLegend = { labelLimit: 300, columns: 2 } as const;
