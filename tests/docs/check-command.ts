// Holds a command that is shown to the program that there is, without running it: verb, options, domain and settings of
// deepfield; scripts of npm; files that tsx is to run. `<run>` and the like stand for any word, `...` for words left out.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { registry } from '../../domains/registry.ts';
import { CliContext } from '../../pipelines/cli/context.ts';
import { makeProgram } from '../../pipelines/cli/program.ts';
import {
  predictionOptions,
  predictionSwitches,
  splitWords,
} from '../../pipelines/cli/verbs/prediction-options.ts';
import { resolveConfig } from '../../pipelines/config/resolve-config.ts';
import { loadDomain } from '../../pipelines/load-domain.ts';
import { addServe } from '../../server/cli/add-serve.ts';
import { root } from '../house/sources.ts';

const nowhere = { write: () => {} };
const terminal = { stdout: nowhere, stderr: nowhere, signal: new AbortController().signal };

interface Parsed {
  readonly verb: string;
  readonly given: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
}

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap((below) => leaves(below as Command));

/** @throws CommanderError for a verb, an option or an argument that is none */
async function parse(words: readonly string[]): Promise<Parsed> {
  const engine = () => Promise.reject(new Error('nothing is run here'));
  const cli = new CliContext(terminal, registry, engine);
  // Domains of the reader's own are not here.
  cli.openDomains = () => Promise.resolve();
  const program = makeProgram(cli, '0.0.0', [addServe]);
  let parsed: Parsed = { verb: words[0] ?? '', given: [], options: {} };
  const every = (command: Command): Command[] => [
    command,
    ...command.commands.flatMap((below) => every(below as Command)),
  ];
  for (const command of every(program))
    command.exitOverride().configureOutput({ writeOut: () => {}, outputError: () => {} });
  for (const command of leaves(program)) {
    command.action((...all: unknown[]) => {
      parsed = { verb: command.name(), given: all.slice(0, -2), options: command.opts() };
    });
  }
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    // `--help` and `help` end the program with 0.
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  }
  return parsed;
}

/** Verbs whose first argument is a domain, or for `train` may be one. */
const ofDomain = ['run', 'prepare', 'simulate', 'train', 'sweep', 'info'];

/** Reads one deepfield command. @param domain that of the page or of a run before it @returns the domain that later ones are of */
async function checkDeepfield(
  words: readonly string[],
  domain: string | undefined,
  made: ReadonlySet<string>,
): Promise<string | undefined> {
  // What is left out cannot be missed: only the options are looked at.
  if (words.includes('...')) {
    const known = leaves(
      makeProgram(new CliContext(terminal, registry, () => Promise.reject()), '0', [addServe]),
    );
    const options = known.find((command) => command.name() === words[0])?.options.map(({ long }) => long);
    const wrong = words.find((word) => word.startsWith('--') && !options?.includes(word));
    if (options === undefined || wrong !== undefined) throw new Error(`no ${wrong ?? `verb ${words[0]}`}`);
    return domain;
  }
  const { verb, given, options } = await parse(words);
  const [first] = given;
  // A domain of the reader's own: its settings are not known here.
  if (made.has(String(first)) || options.domain !== undefined) return String(first ?? options.domain);
  if (ofDomain.includes(verb) && first === undefined) throw new Error(`${verb} of which domain?`);
  const named =
    ofDomain.includes(verb) && first !== undefined ? String(first) : verb === 'fit' ? 'own-table' : undefined;
  const own =
    registry.some(({ name }) => name === named) || (named !== undefined && verb !== 'train') ? named : domain;
  if (own === undefined || own.startsWith('<') || made.has(own)) return own;
  const loaded = await loadDomain(registry, own);
  if (options.set !== undefined || options.preset !== undefined) {
    const { preset, set } = options as { preset?: string; set?: string[] };
    await resolveConfig(loaded, { preset, set });
  }
  if (verb === 'predict') {
    const [, words] = given as [string, string[]];
    predictionOptions(loaded, splitWords(words, predictionSwitches(loaded.predict)).flags);
  }
  return own;
}

const scripts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
).scripts;
const ofNpm = ['ci', 'cit', 'install', 'pack', 'rebuild', 'test', 'init'];
const others = [
  'cd',
  'pip',
  'apt-get',
  'curl',
  'git',
  'ln',
  'mkdir',
  'cp',
  'du',
  'docker',
  'bash',
  'node',
  'sbatch',
  'printf',
  'cat',
  'head',
  'ls',
];

/**
 * @param domain that of the page or of a run before it
 * @param made domains that the page makes by `deepfield new`
 * @returns the domain that the commands after it are of
 * @throws Error when there is no such thing
 */
export async function checkCommand(
  words: readonly string[],
  domain?: string,
  made: ReadonlySet<string> = new Set(),
): Promise<string | undefined> {
  const [program, first, ...rest] = words;
  if (program === 'npx' && first === 'deepfield') return checkDeepfield(rest, domain, made);
  if (program === 'npx' && first === 'tsx') {
    // `benchmarks/a.ts, b.ts` in a list of several.
    if (!existsSync(join(root, rest[0].replace(/,$/, '')))) throw new Error(`there is no ${rest[0]}`);
    return domain;
  }
  if (program === 'npm' && first === 'run') {
    if (scripts[rest[0]] === undefined) throw new Error(`package.json has no script ${rest[0]}`);
    if (rest[0] === 'deepfield' && rest.length > 2) return checkDeepfield(rest.slice(2), domain, made);
    return domain;
  }
  if (program === 'npm' && ofNpm.includes(first)) return domain;
  if (program === 'npx' && ['node-gyp', 'vitest'].includes(first)) return domain;
  if (others.includes(program) || /^[A-Z]+=/.test(program)) return domain;
  throw new Error(`${program} is no program that is known here`);
}
