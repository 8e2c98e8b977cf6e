// Ctrl-C and SIGTERM: the first asks the work to stop at its next safe point, the second stops the process at once.

/** The reason of an abort by a signal. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** Exit code of a program that was stopped by Ctrl-C: 128 + SIGINT. */
export const stoppedCode = 130;

/** Listens to this process's signals. @returns what the first of them aborts */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(stoppedCode);
    process.stderr.write('\nstopping at the next safe point; Ctrl-C again stops at once\n');
    controller.abort(new Interruption('stopped by a signal'));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
