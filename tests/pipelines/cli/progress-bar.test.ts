import { describe, expect, it } from 'vitest';
import { ProgressBar } from '../../../pipelines/cli/progress-bar.ts';

/** A terminal that understands the two codes that the bar uses: up n lines, and clear to the end. */
function screen(isTTY: boolean, columns = 100) {
  const lines: string[] = [''];
  let time = 0;
  const output = {
    isTTY,
    columns,
    write(text: string) {
      const [up, rest] = text.split('A\u001b[J');
      if (rest === '') lines.splice(lines.length - 1 - Number(up.slice(2)), Number.POSITIVE_INFINITY, '');
      else {
        const [first, ...more] = text.split('\n');
        lines[lines.length - 1] += first;
        lines.push(...more);
      }
    },
  };
  const bar = new ProgressBar(output, () => time);
  return { bar, lines: () => lines.filter((line) => line !== ''), pass: (ms: number) => (time += ms) };
}

describe('ProgressBar on a terminal', () => {
  it('shows done, total, rate, time left and metrics, in place', () => {
    const { bar, lines, pass } = screen(true);
    const task = bar.task('training', 4000, 'steps');
    task.advance(0);
    for (let i = 0; i < 10; i++) {
      pass(500);
      task.advance(100, { loss: 0.123456 });
    }
    // 1,000 steps in 5 s: 200/s, and 3,000 left take 15 s.
    expect(lines()).toEqual([
      'training █████░░░░░░░░░░░░░░░ 1,000/4,000 steps  200/s  15 s left  loss 0.1235',
    ]);
    pass(15_000);
    task.advance(3000, { loss: 0.01 });
    task.end();
    expect(lines()).toEqual(['training: 4,000 steps in 20 s, loss 0.01']);
  });

  it('does not take the jump of a resumed task for speed', () => {
    const { bar, lines, pass } = screen(true);
    const task = bar.task('training', 4000);
    task.advance(3000);
    pass(1000);
    task.advance(10);
    expect(lines()[0]).toContain('3,010/4,000  10/s');
  });

  it('shows several tasks at once, and lines of text above them', () => {
    const { bar, lines, pass } = screen(true);
    const [a, b] = [bar.task('L10', 2), bar.task('L100', 2)];
    a.advance();
    pass(150);
    b.advance();
    bar.print('a word');
    expect(lines()).toEqual(['a word', expect.stringMatching(/^L10 {2}█/), expect.stringMatching(/^L100 █/)]);
    a.end();
    a.end();
    expect(lines()).toEqual(['a word', 'L10: 1 in 0.1 s', expect.stringMatching(/^L100/)]);
    bar.clear();
    expect(lines()).toEqual(['a word', 'L10: 1 in 0.1 s']);
  });

  it('never writes a line wider than the terminal', () => {
    const { bar, lines } = screen(true, 30);
    bar.task('a task with a long name', 100, 'units').advance(1, { accuracy: 0.5 });
    expect(lines()[0].length).toBeLessThan(30);
  });
});

describe('ProgressBar where there is no terminal', () => {
  it('writes the first line, one every five seconds, and the last', () => {
    const { bar, lines, pass } = screen(false);
    const task = bar.task('training', 100, 'steps');
    for (let i = 0; i < 100; i++) {
      task.advance(1, { loss: 0.5 });
      pass(125);
    }
    task.end();
    expect(lines()).toEqual([
      'training: 1/100 steps, loss 0.5',
      'training: 41/100 steps, 8/s, 7.4 s left, loss 0.5',
      'training: 81/100 steps, 8/s, 2.4 s left, loss 0.5',
      'training: 100 steps in 13 s, loss 0.5',
    ]);
  });
});
