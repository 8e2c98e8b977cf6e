// The README promises nothing that the program does not have.
import { existsSync, readFileSync } from 'node:fs';
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
  it('shows commands that exist, with options that they have', () => {
    const lines = [...readme.matchAll(/npx deepfield ([^`\n#]+)/g)].map(([, line]) =>
      line.trim().split(/\s+/),
    );
    expect(lines.length).toBeGreaterThan(4);
    for (const [verb, ...words] of lines) {
      const top = program.commands.find((known) => known.name() === verb);
      expect(top, verb).toBeDefined();
      const command =
        top?.commands.length === 0 ? top : top?.commands.find((known) => known.name() === words[0]);
      expect(command, `${verb} ${words[0]}`).toBeDefined();
      for (const word of words.filter((each) => each.startsWith('--'))) {
        expect(
          command?.options.map(({ long }) => long),
          `${verb} ${word}`,
        ).toContain(word);
      }
    }
  });

  it('names every verb and every domain', () => {
    for (const command of program.commands) expect(readme).toContain(`\`${command.name()}`);
    for (const { name } of registry) expect(readme).toContain(`| \`${name}\` |`);
  });

  it('describes every file of a run', () => {
    const layout = runLayout('');
    const listed = { ...layout, lock: '', root: '', evaluations: '' };
    for (const path of Object.values(listed)) expect(readme).toContain(path);
  });

  it('links to files that are there', () => {
    for (const document of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']) {
      for (const [, target] of read(document).matchAll(/\]\(([^):]+)\)/g)) {
        expect(existsSync(join(root, target)), `${document}: ${target}`).toBe(true);
      }
    }
  });
});
