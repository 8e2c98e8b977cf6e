// The README leaves out nothing that the program has; that its commands work is tried by tests/docs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registry } from '../../domains/registry.ts';
import { CliContext } from '../../pipelines/cli/context.ts';
import { makeProgram } from '../../pipelines/cli/program.ts';
import { runLayout } from '../../pipelines/run-directory/layout.ts';
import { addServe } from '../../server/cli/add-serve.ts';
import { root } from './sources.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const readme = read('README.md');

const nowhere = { write: () => {} };
const terminal = { stdout: nowhere, stderr: nowhere, signal: new AbortController().signal };
const program = makeProgram(
  new CliContext(terminal, registry, () => Promise.reject(new Error('no engine'))),
  '0.0.0',
  [addServe],
);

describe('README.md', () => {
  it('names every verb and every domain', () => {
    for (const command of program.commands) expect(readme).toContain(`\`${command.name()}`);
    for (const { name } of registry) expect(readme).toContain(`| \`${name}\` |`);
  });

  it('describes every file of a run', () => {
    const layout = runLayout('');
    const listed = { ...layout, lock: '', root: '', evaluations: '' };
    for (const path of Object.values(listed)) expect(readme).toContain(path);
  });
});
