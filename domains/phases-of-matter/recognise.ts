// What a path is to this domain: spin configurations, as the first of its files has them.
import { lookAtLattices } from '../../data-adapters/phases-of-matter/index.ts';

export async function recognise(path: string): Promise<string | undefined> {
  const found = await lookAtLattices(path);
  if (found === undefined) return undefined;
  const { size, count, file, temperatures } = found;
  const known = temperatures ? '' : ', their temperatures not told';
  return `spin configurations: ${count.toLocaleString('en')} of L = ${size} in ${file}${known}`;
}
