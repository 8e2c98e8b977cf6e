// How long work tells whoever watches how far it is. The rooms of the house only know this interface; what a bar
// looks like is the business of the CLI.

/** One piece of work with a known number of units. */
export interface ProgressTask {
  /** Reports `units` more done and, when given, the latest metrics (shown beside the bar). */
  advance(units?: number, metrics?: Readonly<Record<string, number>>): void;
  /** The work is over; further calls do nothing. */
  end(): void;
}

/** A place to report progress to. */
export interface Progress {
  /** Starts a task. @param label shown to the user; @param total units of work; @param unit name of one unit, plural */
  task(label: string, total: number, unit?: string): ProgressTask;
}

/** Reports to nobody. */
export const silent: Progress = {
  task: () => ({ advance: () => {}, end: () => {} }),
};
