// Repeats work, a while after each time it has ended; it keeps no process alive.

/** @param work never rejects */
export function repeat(work: () => Promise<void>, seconds: number): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(() => void work().finally(next), seconds * 1000);
    timer.unref();
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
