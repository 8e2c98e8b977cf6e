// The domains that "npx deepfield" knows in this folder besides its own, by name.
import { defineConfig } from 'deepfield';

export default defineConfig({ domains: { 'my-science': './domain.ts' } });
