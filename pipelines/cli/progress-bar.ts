// Progress on the terminal: a bar for each piece of work with done and total, rate, time that remains and the latest
// metrics. Where there is no terminal, plain lines: the first at once, then one every five seconds, and the last.
import type { Progress, ProgressTask } from '../../core/progress.ts';
import { countText, durationText, metricText } from '../format/number-text.ts';

/** The part of a stream that is needed. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Metrics = Readonly<Record<string, number>>;

const redrawEvery = 100;
const lineEvery = 5000;
/** Time over which the rate is taken, in ms: long enough to be steady, short enough to follow. */
const rateWindow = 10_000;
const barWidth = 20;

class Task implements ProgressTask {
  done = 0;
  metrics: Metrics = {};
  ended = false;
  lastLine = Number.NEGATIVE_INFINITY;
  readonly begun: number;
  private readonly samples: { time: number; done: number }[] = [];

  constructor(
    readonly label: string,
    readonly total: number,
    readonly unit: string,
    private readonly bar: ProgressBar,
  ) {
    this.begun = bar.now();
  }

  advance(units = 1, metrics?: Metrics): void {
    if (this.ended) return;
    this.done += units;
    if (metrics) this.metrics = metrics;
    // The first sample is taken after the first advance: on resume that one is a jump, not work.
    const time = this.bar.now();
    this.samples.push({ time, done: this.done });
    while (this.samples.length > 2 && time - this.samples[1].time > rateWindow) this.samples.shift();
    this.bar.update(this);
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.bar.finish(this);
  }

  /** Units a second lately; undefined before it can be known. */
  rate(): number | undefined {
    const [first, last] = [this.samples[0], this.samples.at(-1)];
    if (first === undefined || last === undefined || last.time - first.time < 200) return undefined;
    return (1000 * (last.done - first.done)) / (last.time - first.time);
  }
}

const metricsText = (metrics: Metrics): string =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${metricText(value)}`)
    .join('  ');

function details(task: Task): string[] {
  const rate = task.rate();
  const left = rate ? (task.total - task.done) / rate : undefined;
  return [
    `${countText(task.done)}/${countText(task.total)}${task.unit ? ` ${task.unit}` : ''}`,
    rate === undefined ? '' : `${metricText(Number(rate.toPrecision(3)))}/s`,
    left === undefined || task.done >= task.total ? '' : `${durationText(Math.max(0, left))} left`,
    metricsText(task.metrics),
  ].filter((text) => text !== '');
}

function barText(task: Task): string {
  const fraction = task.total > 0 ? Math.min(1, task.done / task.total) : 1;
  const filled = Math.round(fraction * barWidth);
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
}

/** A {@link Progress} on a stream, which also prints lines of text without disturbing its bars. */
export class ProgressBar implements Progress {
  private readonly active: Task[] = [];
  /** Lines of bars that stand on the terminal now. */
  private drawn = 0;
  private lastDraw = Number.NEGATIVE_INFINITY;

  /** @param now clock in ms */
  constructor(
    private readonly output: Output,
    readonly now: () => number = () => performance.now(),
  ) {}

  task(label: string, total: number, unit = ''): ProgressTask {
    const task = new Task(label, total, unit, this);
    this.active.push(task);
    return task;
  }

  /** Prints a line above the bars. */
  print(line: string): void {
    this.erase();
    this.output.write(`${line}\n`);
    this.draw();
  }

  /** Takes the bars off the terminal; work that goes on draws them again. */
  clear(): void {
    this.erase();
    this.active.length = 0;
  }

  update(task: Task): void {
    const time = this.now();
    if (!this.output.isTTY) {
      if (time - task.lastLine < lineEvery) return;
      task.lastLine = time;
      this.output.write(`${task.label}: ${details(task).join(', ')}\n`);
    } else if (time - this.lastDraw >= redrawEvery) {
      this.erase();
      this.draw();
    }
  }

  finish(task: Task): void {
    const at = this.active.indexOf(task);
    if (at < 0) return;
    this.active.splice(at, 1);
    const seconds = (this.now() - task.begun) / 1000;
    const unit = task.unit ? ` ${task.unit}` : '';
    const metrics = metricsText(task.metrics);
    this.print(
      `${task.label}: ${countText(task.done)}${unit} in ${durationText(seconds)}${metrics ? `, ${metrics}` : ''}`,
    );
  }

  private erase(): void {
    if (this.drawn > 0) this.output.write(`\x1b[${this.drawn}A\x1b[J`);
    this.drawn = 0;
  }

  private draw(): void {
    if (!this.output.isTTY) return;
    this.lastDraw = this.now();
    const columns = this.output.columns ?? 80;
    const width = Math.max(0, ...this.active.map(({ label }) => label.length));
    for (const task of this.active) {
      const line = `${task.label.padEnd(width)} ${barText(task)} ${details(task).join('  ')}`;
      this.output.write(`${[...line].slice(0, columns - 1).join('')}\n`);
    }
    this.drawn = this.active.length;
  }
}
