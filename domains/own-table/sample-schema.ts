// The schema of the table that is generated where no file is given.
import type { TableSchema } from '../../data-adapters/own-table/schema.ts';

export const soils = ['clay', 'loam', 'sand'] as const;
export const species = ['barley', 'clover', 'poppy', 'rye'] as const;

export const sampleSchema: TableSchema = {
  target: 'germinated',
  task: 'classification',
  classes: ['no', 'yes'],
  group: '',
  columns: [
    { name: 'temperature', kind: 'number' },
    { name: 'water', kind: 'number' },
    { name: 'depth', kind: 'number' },
    { name: 'soil', kind: 'category', categories: [...soils] },
    { name: 'species', kind: 'category', categories: [...species] },
    { name: 'sown', kind: 'date' },
  ],
};
