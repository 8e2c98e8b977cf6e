// What the server has to know of a run to tell of it and to pass requests on: plain data, made by a worker thread, so that the
// thread that listens loads no science.
import type { Paper, PresetName } from '../../domains/domain.ts';
import type { Results } from '../../pipelines/run-directory/results.ts';
import type { JsonSchema } from '../schemas/json-schema.ts';

/** An input or output of a network, in the words of the Open Inference Protocol. */
export interface PortFacts {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

export interface NetworkFacts {
  readonly id: string;
  readonly bytes: number;
  readonly primary: boolean;
  readonly inputs: readonly PortFacts[];
  readonly outputs: readonly PortFacts[];
}

/** What a domain says of itself. */
export interface DomainFacts {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly paper?: Paper;
  readonly accepts: string;
  readonly reads: readonly string[];
  readonly request: JsonSchema;
  readonly answer: JsonSchema;
  /** Files that answer files. */
  readonly files?: { readonly endings: readonly string[]; readonly options?: JsonSchema };
}

export interface RunFacts {
  readonly domain: DomainFacts;
  /** Examples of the domain that the networks of this run answer. */
  readonly examples: readonly unknown[];
  readonly created: string;
  readonly preset: PresetName;
  readonly seed: number;
  /** Name of the data, without the folder that they lie in. */
  readonly source: string | null;
  readonly networks: readonly NetworkFacts[];
  /** Undefined where the run is not evaluated. */
  readonly results?: Results;
}
