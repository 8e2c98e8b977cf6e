// One run that is served: a version of its domain's networks.
import type { RunLayout } from '../../pipelines/run-directory/layout.ts';
import type { RunReference } from '../worker/task.ts';
import type { NetworkFacts, RunFacts } from './run-facts.ts';

export interface Version {
  readonly paths: RunLayout;
  readonly run: RunReference;
  readonly facts: RunFacts;
  /** Its name: that of the run directory. */
  readonly name: string;
}

/** A network of a version under one of its names. */
export interface ServedModel {
  readonly version: Version;
  readonly network: NetworkFacts;
}

/** `digits` stands for the domain's primary network, `digits.lenet5` for one by its own name. */
export const modelName = (domain: string, network: string): string => `${domain}.${network}`;
