// Which columns of a table are the momenta of particles: what a network must be told to compute with them as a physicist
// would. Angles and momenta are recovered from the file's units by a linear rule for each column.

/** A column and its unit: physical value = scale x stored value + offset. */
export interface MomentumColumn {
  readonly index: number;
  readonly scale: number;
  readonly offset: number;
}

/** Transverse momentum in GeV, pseudorapidity, azimuth in radians. The mass is taken as 0. */
export interface VisibleParticle {
  readonly pt: MomentumColumn;
  readonly eta: MomentumColumn;
  readonly phi: MomentumColumn;
}

export interface ParticleLayout {
  /** At least two; angles are told from the first. */
  readonly visible: readonly VisibleParticle[];
  /** Missing transverse momentum: magnitude and azimuth. */
  readonly missing: { readonly pt: MomentumColumn; readonly phi: MomentumColumn };
}

/** Units of a column, as the tables of units of the problems have them. */
interface Units {
  readonly name: string;
  readonly scale: number;
  readonly offset: number;
}

/**
 * The layout of a problem by the names of the UCI sets: `<particle>_pT` or `_pt`, `_eta`, `_phi`, and
 * `missing_energy_magnitude`, `missing_energy_phi`. Undefined for columns without two whole particles and missing momentum.
 */
export function particleLayout(columns: readonly Units[]): ParticleLayout | undefined {
  const find = (name: string): MomentumColumn | undefined => {
    const index = columns.findIndex((column) => column.name === name);
    if (index < 0) return undefined;
    const { scale, offset } = columns[index];
    return { index, scale, offset };
  };
  const visible = columns.flatMap(({ name }): VisibleParticle[] => {
    const stem = /^(.*)_p[tT]$/.exec(name)?.[1];
    if (stem === undefined) return [];
    const [pt, eta, phi] = [find(name), find(`${stem}_eta`), find(`${stem}_phi`)];
    return pt && eta && phi ? [{ pt, eta, phi }] : [];
  });
  const [pt, phi] = [find('missing_energy_magnitude'), find('missing_energy_phi')];
  return visible.length >= 2 && pt && phi ? { visible, missing: { pt, phi } } : undefined;
}
