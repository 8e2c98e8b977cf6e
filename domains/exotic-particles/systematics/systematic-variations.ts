// The uncertainties of the detector for which reports draw bands, with sizes as they were usual at the LHC in its first run.
import type { Process } from '../generator/block.ts';
import { jetEnergyScale } from './jet-energy-scale.ts';
import { leptonScale } from './lepton-scale.ts';
import { softMissingEnergy } from './soft-missing-energy.ts';
import { tagEfficiency } from './tag-efficiency.ts';
import type { SystematicVariation, Variation } from './variation.ts';

/** Relative changes, and GeV for missing energy. */
const sizes = { jetEnergyScale: 0.03, leptonScale: 0.01, tagEfficiency: 0.05, softMissingEnergy: 5 } as const;
/** Of the vectors added to missing energy. */
const seed = 2014;

const both = (
  name: string,
  label: string,
  size: number,
  make: (name: string, size: number) => Variation,
): SystematicVariation => ({
  name,
  label,
  up: make(`${name}-up`, size),
  down: make(`${name}-down`, -size),
});

const missingEnergy = (process: Process): SystematicVariation =>
  both('soft-missing-energy', 'soft missing energy', sizes.softMissingEnergy, (name, sigma) =>
    softMissingEnergy(process, name, sigma, seed),
  );

const variations: Record<Process, readonly SystematicVariation[]> = {
  higgs: [
    both('jet-energy-scale', 'jet energy scale', sizes.jetEnergyScale, jetEnergyScale),
    missingEnergy('higgs'),
    both('b-tag-efficiency', 'b-tag efficiency', sizes.tagEfficiency, tagEfficiency),
  ],
  susy: [both('lepton-scale', 'lepton scale', sizes.leptonScale, leptonScale), missingEnergy('susy')],
};

/** Up and down variations of a process: `higgs` has jet energy scale, soft missing energy and b-tag efficiency; `susy` lepton scale and soft missing energy. */
export const systematicVariations = (process: Process): readonly SystematicVariation[] => variations[process];
