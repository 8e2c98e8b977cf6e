// What an element is by hand: the words of the command that makes the same run.
import { settingText } from './parameter.ts';
import type { SweepElement, SweepPlan } from './sweep-plan.ts';

/** Exit code of an element that was stopped and goes on where it was. */
export const stopExit = 130;

/** The options of `deepfield run` that make an element. */
export interface ElementOptions {
  readonly preset: string;
  readonly config?: string;
  readonly set: readonly string[];
  readonly seed: number;
  readonly source?: string;
  readonly device: string;
}

export function elementOptions(plan: SweepPlan, { seed, values }: SweepElement): ElementOptions {
  const { preset, config, set, source, device } = plan;
  return {
    preset,
    ...(config !== null && { config }),
    set: [...set, ...Object.entries(values).map(([path, value]) => settingText(path, value))],
    seed,
    ...(source !== null && { source }),
    device,
  };
}

/** `npx deepfield run <domain> ...`, one word an entry. */
export function elementCommand(plan: SweepPlan, element: SweepElement): string[] {
  const { preset, config, set, seed, source, device } = elementOptions(plan, element);
  return [
    ...['npx', 'deepfield', 'run', plan.domain, '--preset', preset, '--seed', `${seed}`],
    ...(plan.from === undefined ? [] : ['--domain', plan.from]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(source === undefined ? [] : ['--source', source]),
    ...(device === 'cpu' ? [] : ['--device', device]),
    ...set.flatMap((text) => ['--set', text]),
  ];
}
