// The cases of every kernel.
import { hostCases } from './host-cases.ts';
import { imageCases } from './image-cases.ts';
import { indexingCases } from './indexing-cases.ts';
import { type KernelCase, kernelCases } from './kernel-cases.ts';
import { volumeCases } from './volume-cases.ts';

export const allCases: readonly KernelCase[] = [
  ...kernelCases,
  ...volumeCases,
  ...imageCases,
  ...indexingCases,
  ...hostCases,
];
