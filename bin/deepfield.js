#!/usr/bin/env node
// Starts the compiled command line. It is not compiled itself, so that it can be executed whatever a build does, and
// says what to do in a checkout that is not built yet.
import { existsSync } from 'node:fs';

const program = new URL('../dist/server/main.js', import.meta.url);

if (existsSync(program)) await import(program.href);
else {
  process.stderr.write('error: deepfield is not compiled yet; run npm ci\n');
  process.exitCode = 2;
}
