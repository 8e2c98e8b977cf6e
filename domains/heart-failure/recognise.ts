// What a path is to this domain: health records of a layout that is known.
import { recogniseRecords } from '../../data-adapters/heart-failure/open-cohort.ts';

export async function recognise(path: string): Promise<string | undefined> {
  const { layout, tables } = await recogniseRecords(path);
  return `health records, ${layout}: ${tables.join(', ')}`;
}
