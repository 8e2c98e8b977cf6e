// What is kept of each event on disk.
import type { StoredColumns } from '../../data-adapters/stored/column-layout.ts';

/**
 * `features`, `label` (1 signal, 0 background), `weight`, and the observers: columns that are kept and not trained on,
 * under their own names behind `observer:`.
 */
export const eventColumns = (features: number, observers: readonly string[] = []): StoredColumns => ({
  features: { type: 'float32', shape: [features] },
  label: { type: 'uint8', shape: [] },
  weight: { type: 'float32', shape: [] },
  ...Object.fromEntries(
    observers.map((name) => [observerColumn(name), { type: 'float64', shape: [] } as const]),
  ),
});

export const observerColumn = (name: string): string => `observer:${name}`;
