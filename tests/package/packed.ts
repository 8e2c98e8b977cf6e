// The package as npm packs it, in the node_modules of a project. The packages that it depends on are linked from this checkout and not
// installed: `npm install --offline` would want all of them in npm's cache.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../house/sources.ts';

export const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

const works = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

/** What this cannot do without. */
export const lacking = [
  ...['npm', 'tar'].filter((command) => !works(command)),
  ...(existsSync(tsc) ? [] : ['tsc']),
];

/** Runs a program to its end. @throws Error with what it wrote when it fails */
export function run(command: string, argv: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${argv.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** The files that npm packs, compiled from the sources as they are now. */
function stage(folder: string): string {
  const staging = join(folder, 'staging');
  mkdirSync(staging);
  for (const name of ['package.json', 'bin', 'templates', 'README.md', 'LICENSE', 'CHANGELOG.md']) {
    cpSync(join(root, name), join(staging, name), { recursive: true });
  }
  const dist = join(staging, 'dist');
  const build = ['-p', 'tsconfig.build.json', '--outDir', dist];
  run(process.execPath, [tsc, ...build, '--tsBuildInfoFile', join(dist, '.tsbuildinfo')], root);
  return staging;
}

/**
 * Packs in a folder, and installs what was packed.
 *
 * @param project made where it is not there
 * @param more packages that it has besides
 */
export function installPacked(folder: string, project: string, more: readonly string[] = []): void {
  const modules = join(project, 'node_modules');
  mkdirSync(modules, { recursive: true });
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], stage(folder));
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  run('tar', ['-xzf', join(folder, tarball), '-C', folder], folder);
  renameSync(join(folder, 'package'), join(modules, 'deepfield'));
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), '@types/node', ...more]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
}
