// Temperatures as people write them into names: of a column or an array (`T`, `temperatures`), and of a file that
// holds configurations of one temperature (`spins_T2.27.npy`, `T=2.27.txt`).

/** Whether a column or array of this name holds temperatures. */
export const isTemperatureName = (name: string): boolean => /^t(emp(erature)?s?)?$/i.test(name.trim());

/** Whether a file of this name (without its ending) holds the temperatures of configurations beside it. */
export const isTemperatureFile = (stem: string): boolean => /(^|[_\-. ])temperatures?$/i.test(stem);

const inName = /(?:^|[^A-Za-z]|[a-z](?=T))(?:[Tt]emp(?:erature)?|[Tt])[=_]?(-?\d+(?:\.\d+)?)(?![\d.]*\d)/g;

/** The temperature in a file's name (without its ending); undefined when there is none or more than one. */
export function temperatureInName(stem: string): number | undefined {
  const found = [...stem.matchAll(inName)].map(([, number]) => Number(number));
  return found.length === 1 ? found[0] : undefined;
}

/** The lattice's side in a file's name: `L30`, `L=30`, `L_30`. */
export function sizeInName(stem: string): number | undefined {
  const found = [...stem.matchAll(/(?:^|[^A-Za-z])L[=_]?(\d+)(?!\.?\d)/g)].map(([, number]) =>
    Number(number),
  );
  return found.length === 1 ? found[0] : undefined;
}
