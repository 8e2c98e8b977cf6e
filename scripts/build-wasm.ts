// Writes the compiled kernel of the multi-spin Metropolis sampler.
import { writeFileSync } from 'node:fs';
import { generatedFile, generatedText } from './wasm-module.ts';

writeFileSync(generatedFile, await generatedText());
