// b jets of HIGGS tagged more or less often than thought.
import { higgsColumns } from '../features/uci-units.ts';
import { percent, type Variation } from './variation.ts';

const tagColumns = [8, 12, 16, 20];

/**
 * Weight (1 + `change`)^n for an event with n tagged jets among its four; columns stay. Every event of the set has two tagged
 * jets: one beyond the four is not in the file and not counted, and untagged jets, whose origin is not known, get no weight.
 */
export function tagEfficiency(name: string, change: number): Variation {
  const width = higgsColumns.length;
  return {
    name,
    label: `b-tag efficiency ${percent(change)}`,
    apply: (features) => {
      const weight = new Float32Array(features.length / width);
      for (let row = 0; row < weight.length; row++) {
        // Classes 1 and 2 are stored as about 1.1 to 3.1.
        const tags = tagColumns.filter((column) => features[row * width + column] > 0.5).length;
        weight[row] = (1 + change) ** tags;
      }
      return { features: features.slice(), weight };
    },
  };
}
