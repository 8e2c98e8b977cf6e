// The features of ATLAS's HiggsML challenge 2014 (CERN Open Data record 328): derived ones (DER_) and primitive ones
// (PRI_), momenta, masses and energies in GeV, angles in radians.

const derived = [
  'mass_MMC',
  'mass_transverse_met_lep',
  'mass_vis',
  'pt_h',
  'deltaeta_jet_jet',
  'mass_jet_jet',
  'prodeta_jet_jet',
  'deltar_tau_lep',
  'pt_tot',
  'sum_pt',
  'pt_ratio_lep_tau',
  'met_phi_centrality',
  'lep_eta_centrality',
];

const primitive = [
  'tau_pt',
  'tau_eta',
  'tau_phi',
  'lep_pt',
  'lep_eta',
  'lep_phi',
  'met',
  'met_phi',
  'met_sumet',
  'jet_num',
  'jet_leading_pt',
  'jet_leading_eta',
  'jet_leading_phi',
  'jet_subleading_pt',
  'jet_subleading_eta',
  'jet_subleading_phi',
  'jet_all_pt',
];

/** The 30 features in the order of the file. */
export const atlasColumns: readonly string[] = [
  ...derived.map((name) => `DER_${name}`),
  ...primitive.map((name) => `PRI_${name}`),
];
