// One network of several runs as one file: the graphs side by side, as the domain's rule has them averaged, and what the file says of itself.
import { isDeepStrictEqual } from 'node:util';
import { averageModels, MergeError } from '../../core/engine/average-models.ts';
import { modelMetadata } from '../../core/engine/inference.ts';
import { type EnsembleRule, membersKey } from '../../domains/ensemble.ts';

/** Metadata of the members' ensemble. @throws MergeError unless all mean the same */
function sharedMetadata(
  files: readonly Uint8Array[],
  { meaning, metadata, outputs }: EnsembleRule,
): Readonly<Record<string, string>> {
  const all = files.map(modelMetadata);
  const [first, ...others] = all;
  if (!others.every((each) => isDeepStrictEqual(meaning(each), meaning(first)))) {
    throw new MergeError(
      'their inputs or outputs mean something else: other columns, codes, classes or settings',
    );
  }
  const kept = Object.entries(metadata?.(all) ?? first).filter(([key]) => outputs[key] !== 'left-out');
  return { ...Object.fromEntries(kept), [membersKey]: String(files.length) };
}

/** @throws MergeError when the files do not go together */
export const mergeFiles = (files: readonly Uint8Array[], rule: EnsembleRule): Uint8Array =>
  averageModels(files, { outputs: rule.outputs, metadata: sharedMetadata(files, rule) });
