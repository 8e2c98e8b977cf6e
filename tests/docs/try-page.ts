// Tests of one page: a test for each block, in the order of the page and in one folder, by the rule that stands before it.
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { registry } from '../../domains/registry.ts';
import { root } from '../house/sources.ts';
import { checkCommand } from './check-command.ts';
import { firstDifference } from './compare-output.ts';
import { type Block, blocksOf, inlineCode, type Rule, readPage } from './pages.ts';
import { type Command, commandsOf } from './shell.ts';
import { standIn } from './stand-ins.ts';
import { Workshop } from './workshop.ts';

interface Printed {
  readonly command: string;
  readonly output: string;
}

/** What the blocks of a page share. */
class Trial {
  readonly printed: Printed[] = [];
  domain: string | undefined;
  /** Domains that the page makes. */
  readonly made: ReadonlySet<string>;
  #workshop: Workshop | undefined;

  constructor(page: string, markdown: string) {
    this.made = new Set([...markdown.matchAll(/deepfield new ([\w-]+)/g)].map(([, name]) => name));
    this.domain = registry.find(({ name }) => page === `domains/${name}/README.md`)?.name;
  }

  get workshop(): Workshop {
    this.#workshop ??= new Workshop();
    return this.#workshop;
  }

  async close(): Promise<void> {
    await this.#workshop?.close();
  }

  /** A command at a size that takes seconds. */
  #small({ text, words }: Command, added: string): string {
    const [, , verb, domain] = words;
    const name = verb === 'fit' ? 'own-table' : domain;
    if (
      !['run', 'prepare', 'simulate', 'train', 'fit', 'sweep'].includes(verb) ||
      !registry.some((entry) => entry.name === name)
    )
      return text;
    const settings = words.includes('--config')
      ? ''
      : ` --config ${join(root, 'tests', 'docs', 'small', `${name}.yaml`)}`;
    return `${text}${settings} ${added}`;
  }

  async command(command: Command, { kind, rest }: Rule, context: TestContext): Promise<void> {
    const { words, text } = command;
    this.domain = await checkCommand(words, this.domain, this.made).catch((error) => {
      throw new Error(`${text}: ${(error as Error).message}`, { cause: error });
    });
    if (kind === 'check') return;
    if (words[0] === 'curl' && !this.workshop.has('curl', '--version')) context.skip('no curl here');
    for (const word of words.slice(1)) await standIn(word, this.workshop);
    const outcome =
      words[1] === 'deepfield' && words[2] === 'serve'
        ? await this.workshop.serve(words.slice(2))
        : await this.workshop.shell(kind === 'small' ? this.#small(command, rest) : text);
    expect(outcome.code, `${text}\n${outcome.output}`).toBe(0);
    this.printed.push({ command: text, output: outcome.output });
  }

  async python(text: string, context: TestContext): Promise<void> {
    const modules = [...text.matchAll(/^(?:import|from) ([^\n#]+)/gm)].flatMap(([, names]) =>
      names
        .replace(/ import .*/, '')
        .split(',')
        .map((name) =>
          name
            .trim()
            .replace(/ as .*/, '')
            .replace(/\..*/, ''),
        ),
    );
    const python = process.env.DEEPFIELD_PYTHON ?? 'python3';
    if (!this.workshop.has(python, '-c', `import ${modules.join(', ')}`))
      context.skip(`no Python with ${modules.join(', ')} here`);
    const { code, output } = await this.workshop.run(python, ['-c', this.workshop.addressed(text)]);
    expect(code, output).toBe(0);
    this.printed.push({ command: 'python', output });
  }

  output(shown: string, { text = '', anyNumber }: Rule): void {
    const of = this.printed.findLast(({ command }) => command.includes(text));
    if (of === undefined)
      throw new Error(`no command before it ${text === '' ? 'was run' : `has "${text}"`}`);
    const different = firstDifference(shown, of.output, { anyNumber });
    expect(
      different,
      `${of.command} does not print this line here; it prints:\n${of.output}`,
    ).toBeUndefined();
  }

  async block({ language, text, rules }: Block, context: TestContext): Promise<void> {
    const [first] = rules;
    if (first.kind === 'text') return;
    if (first.kind === 'output') return this.output(text, first);
    if (first.kind === 'file') this.workshop.write(first.rest, text);
    if (language === 'sh') {
      if (first.kind === 'file') return;
      for (const command of commandsOf(text)) {
        const rule = rules.find((each) => each.text === undefined || command.text.includes(each.text));
        if (rule === undefined) throw new Error(`no rule is for the command ${command.text}`);
        await this.command(command, rule, context);
      }
      const unused = rules.find((each) => each.text !== undefined && !text.includes(each.text));
      if (unused !== undefined) throw new Error(`no command has "${unused.text}"`);
    } else if (language === 'ts') {
      // Those that run do so in tests/package/tarball.test.ts, as programs of somebody who has installed the package.
      transformSync(text, { loader: 'ts', format: 'esm' });
    } else if (language === 'python') {
      if (first.kind === 'run') await this.python(text, context);
    } else if (language === 'yaml' || language === 'json') parseYaml(text);
    else throw new Error(`nobody knows how to try a block of "${language}"`);
  }
}

/** Why a block cannot be tried at all. */
function wrongBlock({ language, rules }: Block): string | undefined {
  if (rules.length === 0) return 'has no rule before it';
  const kinds = new Set(rules.map(({ kind }) => kind));
  const single = kinds.has('output') || kinds.has('text') || kinds.has('file');
  if (single && rules.length > 1) return 'has two rules that exclude each other';
  if (kinds.has('output') && language !== '' && language !== 'json') return 'is an output with a language';
  if (language === '' && !kinds.has('output') && !kinds.has('text') && !kinds.has('file'))
    return 'has no language';
  if (language === 'sh' && kinds.has('text')) return 'has commands: write "check: ..."';
  return undefined;
}

/** Inline code that is a command, or settings of one of this page's domain. */
const inlineCommand = (code: string, domain: string | undefined): string | undefined => {
  if (/^npx (deepfield|tsx) \S/.test(code) || /^npm run \S/.test(code)) return code;
  return domain !== undefined && /^--(set|preset|seed) /.test(code)
    ? `npx deepfield run ${domain} ${code}`
    : undefined;
};

/** Defines the tests of a page. */
export function tryPage(page: string): void {
  describe(page, () => {
    const markdown = readPage(page);
    const blocks = blocksOf(page, markdown);
    const trial = new Trial(page, markdown);
    afterAll(() => trial.close());

    it('says of each block how it is tried', () => {
      expect(blocks.map((block) => [block.line, wrongBlock(block)]).filter(([, wrong]) => wrong)).toEqual([]);
      // Indented code would be seen by nobody here.
      expect(markdown.match(/^ {4,}(npx|npm|node|pip|curl) .*$/m)?.[0]).toBeUndefined();
    });

    it('names commands and settings that exist in its text', async () => {
      const wrong: string[] = [];
      for (const { line, code } of inlineCode(markdown)) {
        const text = inlineCommand(code, trial.domain);
        if (text === undefined) continue;
        const [{ words }] = commandsOf(text.replace(/\\\|/g, '|'));
        await checkCommand(words, trial.domain, trial.made).catch((error) =>
          wrong.push(`${line}: ${code}: ${error.message}`),
        );
      }
      expect(wrong).toEqual([]);
    });

    for (const block of blocks) {
      if (block.rules.length === 0) continue;
      const [head] = block.text.split('\n');
      const how = block.rules
        .map(({ kind, text }) => (text === undefined ? kind : `${kind} "${text}"`))
        .join(', ');
      it(`line ${block.line}, ${how}: ${head}`, (context) => trial.block(block, context), 300_000);
    }
  });
}
