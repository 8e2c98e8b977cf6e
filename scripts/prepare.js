// Compiles deepfield when npm installs or packs it (package.json's `prepare`; plain JavaScript, since it may run before
// anything is installed). npx runs it too when it first meets a checkout: then there is nothing to do, and to fail would
// be bad, for npx 11 keeps a half-made folder of the attempt and refuses ever after.
import { spawnSync } from 'node:child_process';

if (process.env.npm_command !== 'exec') {
  const { status } = spawnSync('npm run build', { stdio: 'inherit', shell: true });
  process.exitCode = status ?? 1;
}
