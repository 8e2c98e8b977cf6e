// An execution provider of ONNX Runtime as the engine uses it: its name, where it keeps state, and what of a graph it
// wants written otherwise.
import { type BlockedGraph, blockChannels, type KeptState } from '../graph/blocked/block-channels.ts';
import type { Form } from '../graph/blocked/forms.ts';
import type { Value } from '../graph/value.ts';
import { HostStore } from './host-state.ts';
import type { StateStore } from './state-store.ts';

/** A graph by its outputs. */
export type Outputs = Readonly<Record<string, Value>>;

export interface Provider {
  /** ONNX Runtime's name of it. */
  readonly name: 'cpu' | 'cuda' | 'webgpu';
  /** Outputs go into tensors that are given: see runInto. */
  readonly intoGiven: boolean;
  newStore(): StateStore;
  /** The same graph in operators that the provider runs, and the forms that it keeps the states in. */
  adapt(outputs: Outputs, states: readonly KeptState[]): BlockedGraph;
}

/** The processor. */
export const cpuProvider: Provider = {
  name: 'cpu',
  intoGiven: true,
  newStore: () => new HostStore(),
  adapt: blockChannels,
};

/** States as they are. */
export const plainForms = (states: readonly KeptState[]): Form[] => states.map(() => 'plain');

/** An NVIDIA card. The Node binding leaves outputs on the card for WebGPU only, so state comes to the host at every call. */
export const cudaProvider: Provider = {
  ...cpuProvider,
  name: 'cuda',
  intoGiven: false,
  adapt: (outputs, states) => ({ outputs, forms: plainForms(states) }),
};
