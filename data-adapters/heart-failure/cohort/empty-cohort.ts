// A cohort that nobody is left in: the funnel in one line, and the rule that emptied it.
import { UserError } from '../../../core/errors.ts';
import type { FunnelStep } from '../cohort.ts';

const numbers = ({ subjects, cases, controls }: FunnelStep): string =>
  [
    ...(subjects === undefined ? [] : [`${subjects}`]),
    ...(cases === undefined ? [] : [`${cases} cases`]),
    ...(controls === undefined ? [] : [`${controls} controls`]),
  ].join(' and ');

/** `everybody in the source: 2694 > a qualifying code: 0 cases`. */
export const funnelLine = (funnel: readonly FunnelStep[]): string =>
  funnel.map((step) => `${step.rule}: ${numbers(step)}`).join(' > ');

/** The rule after which nobody was left, if there is one. */
export const emptying = (funnel: readonly FunnelStep[]): FunnelStep | undefined =>
  funnel.find(({ subjects, cases, controls }) => subjects === 0 || cases === 0 || controls === 0);

/** The error of a cohort without cases or without controls. */
export function emptyCohort(funnel: readonly FunnelStep[], where: string): UserError {
  const step = emptying(funnel) ?? funnel[funnel.length - 1];
  const who = step.controls === 0 ? 'control' : 'case';
  return new UserError({
    what: `no ${who} is left after the rule “${step.rule}” (${funnelLine(funnel)})`,
    where,
    how:
      step.rule === 'a qualifying code'
        ? 'check cohort.codes against the codes of the source'
        : 'loosen that rule in the section cohort: small sets need occurrences: 1, short records a smaller coverage',
  });
}
