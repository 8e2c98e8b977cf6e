// The list of domains, one line each. A domain is loaded when it is asked for, so that `deepfield --help` never waits
// for tensors. Adding a domain is adding its folder, its adapter and a line here.
import type { Domain } from './domain.ts';

/** A domain by name, and the way to load it. */
export interface DomainEntry {
  /** kebab-case, equal to the loaded domain's own name. */
  readonly name: string;
  readonly title: string;
  /** Whether it has {@link Domain.infer}, so that `deepfield fit` runs it. */
  readonly infers?: true;
  /** Absolute path of the module, of a domain that is the user's own. */
  readonly from?: string;
  load(): Promise<Domain>;
}

export type Registry = readonly DomainEntry[];

export const registry: Registry = [
  {
    name: 'phases-of-matter',
    title: 'Machine learning phases of matter',
    load: async () => (await import('./phases-of-matter/index.ts')).domain,
  },
  {
    name: 'exotic-particles',
    title: 'Searching for exotic particles in high-energy physics',
    load: async () => (await import('./exotic-particles/index.ts')).domain,
  },
  {
    name: 'galaxies',
    title: 'Recovering features in images of galaxies beyond the deconvolution limit',
    load: async () => (await import('./galaxies/index.ts')).domain,
  },
  {
    name: 'heart-failure',
    title: 'Predicting the onset of heart failure from the order of records',
    load: async () => (await import('./heart-failure/index.ts')).domain,
  },
  {
    name: 'digits',
    title: 'Handwritten digits: autoencoders, LeNet-5 and a committee',
    load: async () => (await import('./digits/index.ts')).domain,
  },
  {
    name: 'own-table',
    title: 'A table of your own: one column predicted from the others',
    infers: true,
    load: async () => (await import('./own-table/index.ts')).domain,
  },
];
