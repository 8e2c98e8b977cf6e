#!/usr/bin/env node
// Starts the compiled command line. It is here, and not compiled itself, so that npx finds a program also in a checkout
// that is not built yet: npx remembers a program that it could not find, and would fail for ever after.
import { existsSync } from 'node:fs';

const program = new URL('../dist/pipelines/cli/main.js', import.meta.url);

if (existsSync(program)) await import(program.href);
else {
  process.stderr.write('error: deepfield is not compiled yet; run npm ci\n');
  process.exitCode = 2;
}
