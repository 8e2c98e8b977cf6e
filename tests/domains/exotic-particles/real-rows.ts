// Rows of the real UCI sets, where they are present (../shared/data; SOURCES.md there says whose they are).
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { toPhysical, type UciColumn } from '../../../domains/exotic-particles/features/uci-units.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/exotic-particles', import.meta.url));
export const pathOf = (name: string): string => `${folder}/${name}`;
export const present = (name: string): boolean => existsSync(pathOf(name));

export const higgsRows = 'higgs_uci_train_pool.csv.gz';
export const higgsSources = 'higgs_uci_train_pool.sources.txt.gz';
export const susyRows = 'susy_uci_train6000.csv.gz';

export const readLines = (name: string): string[] =>
  gunzipSync(readFileSync(pathOf(name)))
    .toString()
    .trimEnd()
    .split('\n');

/** Features in physical units, without the label, of the lines for which `keep` holds. */
export function physicalRows(
  name: string,
  columns: readonly UciColumn[],
  keep: (line: number) => boolean = () => true,
): Float64Array[] {
  return readLines(name)
    .filter((_, line) => keep(line))
    .map((line) => toPhysical(columns, line.split(',').slice(1).map(Number)));
}

/** The share of `values` for which `test` holds. */
export const share = <T>(values: readonly T[], test: (value: T) => boolean): number =>
  values.filter(test).length / values.length;
