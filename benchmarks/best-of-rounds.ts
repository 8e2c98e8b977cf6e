// Contenders in alternating rounds, so that all meet the same noise of the machine; of each its fastest round.
export interface RoundContender<Outcome> {
  readonly title: string;
  /** Undefined when it is not installed here, which is said. */
  run(path: string): Promise<Outcome | undefined>;
}

export async function bestOfRounds<Outcome extends { readonly seconds: number }>(
  contenders: readonly RoundContender<Outcome>[],
  path: string,
  rounds: number,
): Promise<Map<RoundContender<Outcome>, Outcome>> {
  const best = new Map<RoundContender<Outcome>, Outcome>();
  const absent = new Set<RoundContender<Outcome>>();
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      if (absent.has(contender)) continue;
      const found = await contender.run(path);
      if (found === undefined) {
        absent.add(contender);
        console.log(`no figures of ${contender.title}: Python has it not (set DEEPFIELD_PYTHON)`);
        continue;
      }
      const before = best.get(contender);
      if (before === undefined || found.seconds < before.seconds) best.set(contender, found);
    }
  }
  return best;
}
