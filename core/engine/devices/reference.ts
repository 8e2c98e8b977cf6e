// The device `reference`: tfjs's own CPU backend, which everything else is checked against.
import type { Device } from './device.ts';

export const reference: Device = {
  name: 'reference',
  title: "tfjs's plain-JavaScript backend: slow, for checking",
  check: async () => ({}),
  open: async () => {
    const { EagerEngine } = await import('./eager.ts');
    await import('./reference-kernels.ts');
    return new EagerEngine('reference', 'cpu');
  },
};
