// The pages that a reader of deepfield finds, their fenced blocks, and what a comment before each says of how it is tried
// (CONTRIBUTING.md, "Documents"). Not a reader of all of Markdown: fences, inline code and comments are what it sees.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../../domains/registry.ts';
import { root } from '../house/sources.ts';

/** How a block, or those of its commands that contain `text`, is tried. */
export interface Rule {
  readonly kind: 'run' | 'small' | 'check' | 'file' | 'output' | 'text';
  /** Of a block of commands, only those that contain it; of an output, the command that it is of. */
  readonly text?: string;
  /** An output in which a number stands for any number. */
  readonly anyNumber: boolean;
  /** Words added to a command, why a block is not run, or the name of a file. */
  readonly rest: string;
}

export interface Block {
  /** From the root of the repository. */
  readonly page: string;
  /** Number of the line of its fence, from 1. */
  readonly line: number;
  /** `sh`, `ts`, `python`, `yaml`, or nothing. */
  readonly language: string;
  readonly text: string;
  readonly rules: readonly Rule[];
}

const reasoned = ['check', 'file', 'text'];
const form = /^(run|small|check|file|output|text)(?: "([^"]+)")?( ~)?(?:: (\S.*))?$/;

/** @throws Error for a comment that is no rule */
export function parseRule(comment: string, where: string): Rule {
  const match = form.exec(comment);
  if (match === null) throw new Error(`${where}: <!-- ${comment} --> is no rule; CONTRIBUTING.md lists them`);
  const [, kind, text, tilde, rest = ''] = match;
  if (
    (tilde !== undefined && kind !== 'output') ||
    (kind === 'run' && rest !== '') ||
    (kind === 'output' && rest !== '')
  ) {
    throw new Error(`${where}: <!-- ${comment} -->: ${kind} takes no such words`);
  }
  if (reasoned.includes(kind) && rest === '')
    throw new Error(`${where}: <!-- ${comment} -->: write "${kind}: ..."`);
  return {
    kind: kind as Rule['kind'],
    ...(text === undefined ? {} : { text }),
    anyNumber: tilde !== undefined,
    rest,
  };
}

/** The fenced blocks of a page, in order. @throws Error for a fence that never ends, or a comment that is no rule */
export function blocksOf(page: string, markdown: string): Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    const fence = /^( *)```(\w*)$/.exec(lines[i]);
    if (fence === null) continue;
    const [, indent, language] = fence;
    const end = lines.findIndex((line, at) => at > i && line === `${indent}\`\`\``);
    if (end < 0) throw new Error(`${page}:${i + 1}: the block never ends`);
    const rules: Rule[] = [];
    for (let at = i - 1; at >= 0; at--) {
      const comment = /^ *<!-- (.*) -->$/.exec(lines[at]);
      if (comment === null) break;
      rules.unshift(parseRule(comment[1], `${page}:${at + 1}`));
    }
    const text = lines
      .slice(i + 1, end)
      .map((line) => line.replace(indent, ''))
      .join('\n');
    blocks.push({ page, line: i + 1, language, text: `${text}\n`, rules });
    i = end;
  }
  return blocks;
}

/** Text between backticks outside of blocks, with the number of its line. */
export function inlineCode(markdown: string): { line: number; code: string }[] {
  const outside = markdown.replace(/^( *)```[\s\S]*?^\1```$/gm, (block) => block.replace(/[^\n]/g, ''));
  return [...outside.matchAll(/`([^`]+)`/g)].map((match) => ({
    line: outside.slice(0, match.index).split('\n').length,
    code: match[1].replace(/\s+/g, ' '),
  }));
}

export const readPage = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Pages in docs/, by name. */
const guides: readonly string[] = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .sort()
  .map((name) => `docs/${name}`);

export const domainPage = (domain: string): string => `domains/${domain}/README.md`;

/** Pages by the file of tests that tries them; files run side by side. */
export const groups = {
  first: ['README.md', 'docs/quickstart.md'],
  guides: [
    'CONTRIBUTING.md',
    'examples/README.md',
    ...guides.filter((page) => page !== 'docs/quickstart.md'),
  ],
  physics: ['phases-of-matter', 'exotic-particles'].map(domainPage),
  domains: registry
    .map(({ name }) => name)
    .filter((name) => !['phases-of-matter', 'exotic-particles'].includes(name))
    .map(domainPage),
} as const;

export const pages: readonly string[] = Object.values(groups).flat();
