// The parts that a stage writes to disk while it makes them; those that a failure leaves open are removed.
import { PartWriter } from '../../data-adapters/stored/part-writer.ts';
import type { PrepareContext } from '../../domains/domain.ts';
import { fileStem } from '../run-directory/layout.ts';

type PartContext = Pick<PrepareContext<unknown>, 'folder' | 'openPart'>;

/** Runs a stage that may write parts into `folder`. @throws what the stage throws, after its files are gone */
export async function withPartWriters<Result>(
  folder: string,
  stage: (context: PartContext) => Promise<Result>,
): Promise<Result> {
  const writers: PartWriter[] = [];
  try {
    return await stage({
      folder,
      async openPart(name, columns) {
        const writer = await PartWriter.open(folder, fileStem(name), columns);
        writers.push(writer);
        return writer;
      },
    });
  } catch (error) {
    for (const writer of writers) await writer.abort();
    throw error;
  }
}
