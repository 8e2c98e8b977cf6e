// The units of the UCI sets HIGGS and SUSY. Their authors divided each positive column by its mean, and shifted and divided those
// with negative values; the constants were never published. They are recovered from the values themselves: pT was rounded to
// 0.01 GeV, eta and phi to 0.001, so that the lattice of the values gives the divisor (README.md, "Features, exactly").

/** One column of a UCI set: physical value = `scale` x stored value + `offset`. */
export interface UciColumn {
  /** The name in the UCI description. */
  readonly name: string;
  readonly scale: number;
  readonly offset: number;
  readonly unit: 'GeV' | 'rad' | '';
}

const column = (name: string, scale: number, unit: UciColumn['unit'] = '', offset = 0): UciColumn => ({
  name,
  scale,
  offset,
  unit,
});

/** A jet's four columns; the class of its b-tag (0, 1, 2) is stored times `tag`. */
const jet = (i: number, pt: number, eta: number, phi: number, tag: number): UciColumn[] => [
  column(`jet_${i}_pt`, pt, 'GeV'),
  column(`jet_${i}_eta`, eta),
  column(`jet_${i}_phi`, phi, 'rad'),
  column(`jet_${i}_b_tag`, 1 / tag),
];

/** The 28 features of HIGGS in the order of its file: 21 measured ones, then 7 derived masses. */
export const higgsColumns: readonly UciColumn[] = [
  column('lepton_pT', 54.642094, 'GeV'),
  column('lepton_eta', 1.026727),
  column('lepton_phi', 1.80217, 'rad'),
  column('missing_energy_magnitude', 58.2, 'GeV'),
  column('missing_energy_phi', 1.8014, 'rad'),
  ...jet(1, 109.161705, 1.009866, 1.80375, 1.08653808),
  ...jet(2, 79.425911, 1.02947, 1.80227, 1.10743606),
  ...jet(3, 56.940689, 1.098601, 1.80258, 1.27411222),
  ...jet(4, 41.083427, 1.200735, 1.80201, 1.55098069),
  column('m_jj', 87.696, 'GeV'),
  column('m_jjj', 179.688, 'GeV'),
  column('m_lv', 81.42, 'GeV'),
  column('m_jlv', 195.197, 'GeV'),
  column('m_bb', 126.568, 'GeV'),
  column('m_wbb', 336.205, 'GeV'),
  column('m_wwbb', 511.432, 'GeV'),
];

/** The 18 features of SUSY in the order of its file: 8 measured ones, then 10 derived ones. */
export const susyColumns: readonly UciColumn[] = [
  column('lepton_1_pT', 78.5, 'GeV'),
  column('lepton_1_eta', 1.189184, '', 0.000761),
  column('lepton_1_phi', 1.810908, 'rad', 0.005674),
  column('lepton_2_pT', 46.635443, 'GeV'),
  column('lepton_2_eta', 1.213868, '', -0.000277),
  column('lepton_2_phi', 1.811296, 'rad', 0.005281),
  column('missing_energy_magnitude', 87.648735, 'GeV'),
  column('missing_energy_phi', 1.811862, 'rad', -0.006576),
  column('MET_rel', 58.388753, 'GeV'),
  column('axial_MET', 87.227814, 'GeV', -27.599202),
  column('M_R', 150.056869, 'GeV'),
  column('M_TR_2', 73.712935, 'GeV'),
  column('R', 0.553569),
  column('MT2', 33.406871, 'GeV'),
  column('S_R', 299.008673, 'GeV'),
  column('M_Delta_R', 44.91668, 'GeV'),
  column('dPhi_r_b', 1.973783, 'rad'),
  column('cos_theta_r1', 1),
];

/** How many of the columns come first and are measured; the others follow from them. */
export const lowLevelCount = { higgs: 21, susy: 8 } as const;

/** Stored values -> GeV, radians, classes; `values` holds one row and is not changed. */
export function toPhysical(columns: readonly UciColumn[], values: ArrayLike<number>): Float64Array {
  return Float64Array.from(columns, ({ scale, offset }, i) => scale * values[i] + offset);
}

/** GeV, radians, classes -> stored values. */
export function toUci(columns: readonly UciColumn[], values: ArrayLike<number>): Float64Array {
  return Float64Array.from(columns, ({ scale, offset }, i) => (values[i] - offset) / scale);
}
