// The reader of pages itself: what it sees, what it refuses, and what its comparisons let pass.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registry } from '../../domains/registry.ts';
import { root } from '../house/sources.ts';
import { checkCommand } from './check-command.ts';
import { firstDifference } from './compare-output.ts';
import { blocksOf, domainPage, inlineCode, pages, parseRule, readPage } from './pages.ts';
import { commandsOf } from './shell.ts';

const fence = '```';

describe('blocks', () => {
  it('have their rules from the comments right before them', () => {
    const page = `Text.\n\n<!-- check "data fetch": no network -->\n<!-- run -->\n${fence}sh\na\nb\n${fence}\n`;
    expect(blocksOf('p.md', page)).toEqual([
      {
        page: 'p.md',
        line: 5,
        language: 'sh',
        text: 'a\nb\n',
        rules: [
          { kind: 'check', text: 'data fetch', anyNumber: false, rest: 'no network' },
          { kind: 'run', anyNumber: false, rest: '' },
        ],
      },
    ]);
    const apart = page.replace('-->\n```', '-->\n\n```');
    expect(blocksOf('p.md', apart)[0].rules).toEqual([]);
  });

  it('that never end are refused, and comments that are no rules', () => {
    expect(() => blocksOf('p.md', `${fence}sh\na\n`)).toThrow('p.md:1: the block never ends');
    for (const wrong of ['runs', 'run: now', 'check', 'text', 'file', 'output: x', 'small ~', 'later'])
      expect(() => parseRule(wrong, 'p.md:7'), wrong).toThrow('p.md:7');
  });

  it('hold no inline code', () => {
    expect(inlineCode(`a \`b\`\n${fence}sh\n\`c\`\n${fence}\n\`d\ne\``)).toEqual([
      { line: 1, code: 'b' },
      { line: 5, code: 'd e' },
    ]);
  });
});

describe('commands', () => {
  it('end with their line, unless it is continued or in quotes', () => {
    const block = `# first\na --b 'c # d'  # e\nf \\\n  g "h\ni" | j > k\n\nl x#y\n`;
    expect(commandsOf(block).map(({ words }) => words)).toEqual([
      ['a', '--b', 'c # d'],
      ['f', 'g', 'h\ni'],
      ['l', 'x#y'],
    ]);
    expect(commandsOf(block)[0].text).toBe("a --b 'c # d'");
    expect(() => commandsOf("a 'b")).toThrow('never ends');
  });

  it.each([
    'npx deepfield run galaxies --set images.size=64 --seed 3',
    'npx deepfield evaluate <run> --source <folder>',
    'npx deepfield sweep ... --launcher slurm',
    'npx deepfield data fetch mnist --cache /scratch',
    'npx deepfield help serve',
    'npm run benchmark -- lenet5',
    'npx tsx benchmarks/serve.ts',
  ])('%s can be', async (text) => {
    await expect(checkCommand(text.split(' '))).resolves.not.toThrow();
  });

  it.each([
    ['npx deepfield runn galaxies', 'runn'],
    ['npx deepfield run galaxy', 'galaxy'],
    ['npx deepfield run galaxies --sed 3', '--sed'],
    ['npx deepfield run galaxies --seed x', 'whole number'],
    ['npx deepfield run galaxies --set images.sise=64', 'images.sise'],
    ['npx deepfield run galaxies --set images.size=big', 'images.size'],
    ['npx deepfield run galaxies --preset fast', 'fast'],
    ['npx deepfield run', 'domain'],
    ['npx deepfield sweep ... --lanucher slurm', '--lanucher'],
    ['npx deepfield data fetch', 'name'],
    ['npm run nothing', 'nothing'],
    ['npx tsx benchmarks/nothing.ts', 'nothing'],
    ['wegt x', 'wegt'],
  ])('%s cannot', async (text, name) => {
    await expect(checkCommand(text.split(' '))).rejects.toThrow(name);
  });

  it('may name a domain that the page makes, whose settings nobody knows', async () => {
    const words = 'npx deepfield run tree-rings --set rings=3'.split(' ');
    await expect(checkCommand(words, undefined, new Set(['tree-rings']))).resolves.toBe('tree-rings');
    await expect(checkCommand(words)).rejects.toThrow('tree-rings');
  });

  it('of predictions have the options of the domain before them', async () => {
    const domain = await checkCommand('npx deepfield run galaxies'.split(' '));
    await expect(
      checkCommand('npx deepfield predict latest a.fits --fwhm 2'.split(' '), domain),
    ).resolves.toBe('galaxies');
    await expect(
      checkCommand('npx deepfield predict latest a.fits --fhwm 2'.split(' '), domain),
    ).rejects.toThrow('--fhwm');
  });
});

describe('outputs', () => {
  const printed =
    'start\nname   value\n  a    1.5  [1, 2]\n  b    2.5  [2, 3]\nrun    runs/x/20260101T000000Z-1\n';
  const strict = { anyNumber: false };
  const loose = { anyNumber: true };

  it('may begin and end anywhere and leave lines out where they say so', () => {
    expect(firstDifference('name value\n a 1.5 [1, 2]\n', printed, strict)).toBeUndefined();
    expect(firstDifference('name value\n...\nrun ...', printed, strict)).toBeUndefined();
    expect(firstDifference('...\nrun runs/...-1', printed, strict)).toBeUndefined();
  });

  it('differ by a line that is another, missing or in another place', () => {
    expect(firstDifference('name value\n a 1.6 [1, 2]', printed, strict)).toBe(' a 1.6 [1, 2]');
    expect(firstDifference('name value\n b 2.5 [2, 3]', printed, strict)).toBe(' b 2.5 [2, 3]');
    expect(firstDifference('b 2.5 [2, 3]\n...\na 1.5 [1, 2]', printed, strict)).toBe('a 1.5 [1, 2]');
    expect(firstDifference('run ... end', printed, strict)).toBe('run ... end');
  });

  it('with any numbers differ by their words and columns alone', () => {
    expect(
      firstDifference('a -1,203.75 [.5, 1e-3]\nb 7 [8, 9]\nrun runs/x/20301224T101112Z-7', printed, loose),
    ).toBeUndefined();
    expect(firstDifference('a 1.5', printed, loose)).toBe('a 1.5');
    expect(firstDifference('c 1.5 [1, 2]', printed, loose)).toBe('c 1.5 [1, 2]');
  });
});

describe('pages', () => {
  it('of the domains hold the same four parts in the same order', () => {
    const parts = [
      'The science in ten sentences',
      "The paper's figures beside ours",
      'Files it reads',
      'On real data',
    ];
    for (const { name } of registry) {
      const titles = [...readPage(domainPage(name)).matchAll(/^## (.*)$/gm)].map(([, title]) => title);
      expect(
        titles.filter((title) => parts.includes(title)),
        name,
      ).toEqual(parts);
    }
  });

  it('link to files that are there, and to headings that they have', () => {
    const anchor = (heading: string): string =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replace(/ /g, '-');
    const lost = [...pages, 'CHANGELOG.md'].flatMap((page) =>
      [
        ...readPage(page)
          .replace(/^```[\s\S]*?^```$/gm, '')
          .matchAll(/\]\(([^)\s:]+)\)/g),
      ]
        .map(([, target]) => target.split('#'))
        .filter(([path, heading]) => {
          const file = path === '' ? page : join(dirname(page), path);
          if (!existsSync(join(root, file))) return true;
          if (heading === undefined) return false;
          return ![...readPage(file).matchAll(/^#+ (.*)$/gm)].some(([, title]) => anchor(title) === heading);
        })
        .map((target) => `${page}: ${target.join('#')}`),
    );
    expect(lost).toEqual([]);
  });

  it('are all linked to from the index', () => {
    const index = readPage('docs/README.md');
    const lost = pages.filter(
      (page) =>
        page !== 'docs/README.md' &&
        !index.includes(`](${page.startsWith('docs/') ? page.slice(5) : `../${page}`})`),
    );
    expect(lost).toEqual([]);
  });
});
