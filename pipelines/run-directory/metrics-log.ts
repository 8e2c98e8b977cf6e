// metrics.jsonl: one JSON object a line, appended while training. A line is written by one call, so a process killed
// at any moment leaves at most one torn line, which is cut when the file is opened again.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { UserError } from '../../core/errors.ts';
import { writeError } from '../../core/files/write-error.ts';

/** One line of metrics.jsonl. */
export type MetricsLine = Readonly<Record<string, unknown>>;

function parseLine(line: string): MetricsLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as MetricsLine)
      : undefined;
  } catch {
    return undefined;
  }
}

function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w');
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/** Complete lines of the file; what a crash left behind the last of them is dropped. */
function wholeLines(path: string): string[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop();
  while (lines.length > 0 && parseLine(lines[lines.length - 1]) === undefined) lines.pop();
  return lines;
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** The open log of a run. Numbers that are NaN or infinite are written as null. */
export class MetricsLog {
  private file: number;

  /** Opens or makes the file and cuts a torn end. */
  constructor(private readonly path: string) {
    if (existsSync(path)) {
      const sound = joined(wholeLines(path));
      if (sound !== readFileSync(path, 'utf8')) replaceFile(path, sound);
    }
    this.file = openSync(path, 'a');
  }

  /** @throws UserError when the disk is full */
  append(line: MetricsLine): void {
    try {
      writeSync(this.file, `${JSON.stringify(line)}\n`);
    } catch (error) {
      throw writeError(error, this.path);
    }
  }

  /** Keeps only the lines for which `keep` is true. The file is replaced in one step. */
  rewind(keep: (line: MetricsLine) => boolean): void {
    const lines = wholeLines(this.path);
    const kept = lines.filter((line) => {
      const value = parseLine(line);
      return value === undefined || keep(value);
    });
    if (kept.length === lines.length) return;
    closeSync(this.file);
    replaceFile(this.path, joined(kept));
    this.file = openSync(this.path, 'a');
  }

  /** Flushes to disk and closes; the log is not used afterwards. */
  close(): void {
    fsyncSync(this.file);
    closeSync(this.file);
  }
}

/**
 * The lines of a metrics file; none when there is no file. A torn last line is left out.
 * @throws UserError naming a broken line
 */
export function readMetrics(path: string): MetricsLine[] {
  return wholeLines(path).map((line, i) => {
    const value = parseLine(line);
    if (value !== undefined) return value;
    throw new UserError({
      what: 'not a JSON object',
      where: `${path}, line ${i + 1}`,
      how: 'delete the line',
    });
  });
}
