import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { topics } from '../../../domains/topics.ts';
import { deepfield, enterEmptyFolder } from '../harness.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

describe('deepfield explain', () => {
  it('lists its topics', async () => {
    const { code, stdout } = await deepfield(['explain']);
    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(topics.map(({ name }) => name));
  });

  it('prints a topic in lines that fit a terminal', async () => {
    const { code, stdout } = await deepfield(['explain', 'convolution']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Feature map, by tfjs\n +1 +2 +3\n +1 +4 +3 +4\n/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('writes a page that needs nothing else, with its plots', async () => {
    const { code, stdout } = await deepfield(['explain', 'learning-rate', '--html', 'page.html']);
    expect(code).toBe(0);
    expect(stdout).toBe('page     page.html\n');
    const page = readFileSync('page.html', 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page).not.toMatch(/<script|src="http|href="http|undefined|NaN/);
  });

  it('answers in JSON', async () => {
    const { stdout } = await deepfield(['explain', 'pooling', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'pooling', title: 'Pooling' });
    const { stdout: list } = await deepfield(['explain', '--json']);
    expect(JSON.parse(list).topics).toHaveLength(topics.length);
  });

  it.each([
    [['explain', 'poling'], /no topic "poling"; did you mean pooling\?/],
    [['explain', 'quantum'], /no topic "quantum"; there are: model, layer/],
    [['explain', '--html', 'page.html'], /--html: no topic to write a page of/],
    [['explain', 'model', '--html', 'none/page.html'], /none/],
  ])('refuses %j in one line', async (words, expected) => {
    const { code, stderr } = await deepfield(words);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(expected);
    expect(existsSync('page.html')).toBe(false);
  });
});
