// Missing energy disturbed by what is measured badly outside of jets and leptons.
import { mix32 } from '../../../core/random.ts';
import type { Process } from '../generator/block.ts';
import { addMissingEnergy } from './add-missing-energy.ts';
import { shiftHiggs } from './higgs-masses.ts';
import { shiftSusy } from './susy-variables.ts';
import type { Variation } from './variation.ts';

/**
 * Adds to the missing energy a Gaussian vector of standard deviation |`sigma`| GeV for each component, along it for positive
 * `sigma` and reversed for negative. The vector of a row follows from `seed` and from the row's own numbers, so that it does not
 * depend on which rows are shifted together.
 */
export function softMissingEnergy(process: Process, name: string, sigma: number, seed: number): Variation {
  const add = (
    event: { missingEnergy: number; missingEnergyAzimuth: number },
    features: Float32Array,
    offset: number,
  ): void => {
    const [u, v] = uniforms(features, offset, seed);
    const radius = sigma * Math.sqrt(-2 * Math.log(1 - u));
    addMissingEnergy(event, radius * Math.cos(2 * Math.PI * v), radius * Math.sin(2 * Math.PI * v));
  };
  const apply = {
    higgs: (features: Float32Array) => shiftHiggs(features, 1, add),
    susy: (features: Float32Array) => shiftSusy(features, add),
  };
  return {
    name,
    label: `soft missing energy ${Math.abs(sigma)} GeV${sigma < 0 ? ', reversed' : ''}`,
    apply: apply[process],
  };
}

const value = new Float32Array(1);
const bits = new Uint32Array(value.buffer);

/** Two numbers in [0, 1), for Box and Muller's transform, from the row's first five columns. */
function uniforms(features: Float32Array, offset: number, seed: number): [number, number] {
  let hash = mix32(seed);
  for (let i = 0; i < 5; i++) {
    value[0] = features[offset + i];
    hash = mix32(Math.imul(hash, 31) ^ bits[0]);
  }
  return [hash / 4_294_967_296, mix32(hash ^ 0x9e3779b9) / 4_294_967_296];
}
