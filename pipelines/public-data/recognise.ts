// Which domains would read a path: each looks for itself.
import { UserError } from '../../core/errors.ts';
import type { Registry } from '../../domains/registry.ts';

export interface Reader {
  readonly domain: string;
  /** What it would find there. */
  readonly finds: string;
}

/** In the order of the registry; none where no domain knows what it is. */
export async function readersOf(registry: Registry, path: string): Promise<Reader[]> {
  const readers: Reader[] = [];
  for (const entry of registry) {
    const domain = await entry.load();
    try {
      const finds = await domain.recognise?.(path);
      if (finds !== undefined) readers.push({ domain: domain.name, finds });
    } catch (error) {
      // What it cannot read is not for it.
      if (!(error instanceof UserError)) throw error;
    }
  }
  return readers;
}
