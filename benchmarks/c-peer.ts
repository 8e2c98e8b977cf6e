// A peer written in C: compiled here and now with cc -O3 -march=native, where there is a compiler.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs a compiled peer with these arguments; the numbers that it prints. */
export type CPeer = (...parameters: (string | number)[]) => number[];

/** Compiles benchmarks/peers/<name>.c, calls `use`, removes the program. Says so when there is no compiler. */
export async function withCPeer<T>(
  name: string,
  use: (peer: CPeer | undefined) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    return await use(compile(name, join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compile(name: string, program: string): CPeer | undefined {
  const source = fileURLToPath(new URL(`peers/${name}.c`, import.meta.url));
  try {
    execFileSync('cc', ['-O3', '-march=native', '-o', program, source, '-lm'], { stdio: 'pipe' });
  } catch {
    console.log('no C compiler (cc) here: no peer to compare with');
    return undefined;
  }
  return (...parameters) =>
    execFileSync(program, parameters.map(String), { encoding: 'utf8' }).trim().split(' ').map(Number);
}
