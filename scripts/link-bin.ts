// Puts the compiled command line where npx looks first, so that `npx deepfield` works in a checkout right after
// `npm ci`, at once and without a network. npm does this for dependencies only, not for the package itself.
import { chmodSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const program = join('..', '..', 'dist', 'pipelines', 'cli', 'main.js');

if (existsSync(bin)) {
  const link = join(bin, 'deepfield');
  rmSync(link, { force: true });
  if (process.platform === 'win32') writeFileSync(`${link}.cmd`, `@node "%~dp0\\${program}" %*\r\n`);
  else {
    chmodSync(join(bin, program), 0o755);
    symlinkSync(program, link);
  }
}
