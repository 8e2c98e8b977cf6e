// Arrays (.npy, .npz) to configurations. In a .npz the roles are found by shape, and by name where shapes leave a
// choice.
import { UserError } from '../../core/errors.ts';
import type { NpyArray } from '../formats/npy.ts';
import { type NpzEntry, openNpz } from '../formats/npz.ts';
import { type Configurations, countOf, latticeSizeOfArray, type ShapeHints } from './configurations.ts';
import { arrayToSpins } from './spins.ts';
import { isTemperatureName } from './temperature-names.ts';

/** The configurations in an array. @throws UserError for a shape that is none of lattices, and values that are no spins */
export function arrayToConfigurations(array: NpyArray, hints: ShapeHints, where: string): Configurations {
  const size = latticeSizeOfArray(array.shape, hints, where);
  return { where, size, spins: arrayToSpins(array.data, array.shape, where) };
}

const isLatticeName = (name: string): boolean =>
  /^(lattices?|spins?|spin_?configurations?|configurations?|configs?|states?|samples?|images?|data|x)$/i.test(
    name,
  );

/** A vector, also when written as one column. */
const isVector = ({ shape }: NpzEntry): boolean =>
  shape.length === 1 || (shape.length === 2 && shape[1] === 1);

function onlyOne(entries: readonly NpzEntry[], isNamed: (key: string) => boolean): NpzEntry | undefined {
  if (entries.length === 1) return entries[0];
  const named = entries.filter(({ key }) => isNamed(key));
  return named.length === 1 ? named[0] : undefined;
}

function findRoles(
  entries: readonly NpzEntry[],
  where: string,
): { lattices: NpzEntry; temperatures?: NpzEntry } {
  const listed = entries.map(({ key, shape, descr }) => `${key} (${shape.join(', ')}) ${descr}`).join('; ');
  const lattices = onlyOne(
    entries.filter((entry) => entry.shape.length >= 2 && !isVector(entry)),
    isLatticeName,
  );
  if (lattices === undefined) {
    throw new UserError({
      what: `cannot tell which array holds the configurations; there are ${listed}`,
      where,
      how: "save them as 'lattices' (n, L, L) with 'temperatures' (n,)",
    });
  }
  const vectors = entries.filter(isVector);
  const fitting = vectors.filter(({ shape }) => shape[0] === lattices.shape[0]);
  const temperatures = onlyOne(fitting, isTemperatureName);
  const misfit = vectors.find(({ key }) => isTemperatureName(key));
  if (temperatures === undefined && misfit !== undefined) {
    throw new UserError({
      what: `${misfit.key} holds ${misfit.shape[0]} temperatures for ${lattices.shape[0]} configurations in ${lattices.key}`,
      where,
      how: 'save one temperature for each configuration',
    });
  }
  if (temperatures === undefined && fitting.length > 1) {
    throw new UserError({
      what: `cannot tell which array holds the temperatures; there are ${listed}`,
      where,
      how: "save them as 'temperatures'",
    });
  }
  return { lattices, temperatures };
}

/**
 * The configurations in a .npz file, and their temperatures when it holds them.
 *
 * @throws UserError listing the arrays when it cannot be told which is which
 */
export async function npzToConfigurations(path: string, hints: ShapeHints): Promise<Configurations> {
  const archive = await openNpz(path);
  try {
    const { lattices, temperatures } = findRoles(archive.entries, path);
    const values =
      temperatures === undefined ? undefined : Float64Array.from((await temperatures.read()).data);
    const own = { ...hints, temperatures: values?.length ?? hints.temperatures };
    const found = arrayToConfigurations(await lattices.read(), own, `${path}: ${lattices.key}`);
    if (values !== undefined && values.length !== countOf(found)) {
      throw new UserError({
        what: `${temperatures?.key} holds ${values.length} temperatures for ${countOf(found)} configurations in ${lattices.key}`,
        where: path,
        how: 'save one temperature for each configuration',
      });
    }
    return { ...found, temperatures: values };
  } finally {
    await archive.close();
  }
}
