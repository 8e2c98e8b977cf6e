// The settings of the principal components.
import { z } from 'zod';

const count = z.int().positive();

export const pcaSettings = z
  .strictObject({
    sizes: z
      .array(z.int().min(4).max(100).multipleOf(2))
      .min(1)
      .default([20, 40])
      .describe('linear sizes L; the covariance matrix has L^4 elements'),
    training: count
      .default(100)
      .describe("lattices at each of the paper's 40 temperatures that the components are made of"),
    test: count.default(50).describe('lattices at each that they are measured on'),
  })
  .prefault({})
  .describe('principal components');
