// deepfield explain: a topic of the course, computed as it is asked for: as text, as a page, or as JSON.
import { UserError } from '../../../core/errors.ts';
import { writeFileAtomic } from '../../../core/files/atomic-write.ts';
import { nearest } from '../../../core/suggest.ts';
import { topics } from '../../../domains/topics.ts';
import { explanationText } from '../../format/explanation-text.ts';
import { textTable } from '../../format/text-table.ts';
import type { CliContext } from '../context.ts';

export interface ExplainOptions {
  readonly html?: string;
  readonly json?: boolean;
}

/** @throws UserError with the nearest topic, or the list, when there is none of that name */
export async function explain(
  cli: CliContext,
  name: string | undefined,
  { html, json }: ExplainOptions,
): Promise<void> {
  const known = topics.map(({ name: topic, summary }) => ({ name: topic, summary }));
  if (name === undefined) {
    if (html !== undefined) {
      throw new UserError({
        what: 'no topic to write a page of',
        where: '--html',
        how: 'name one: deepfield explain',
      });
    }
    if (json) return cli.showJson({ topics: known });
    return cli.show(textTable(known.map(({ name: topic, summary }) => [topic, summary])));
  }
  const topic = topics.find((each) => each.name === name);
  if (topic === undefined) {
    const names = known.map((each) => each.name);
    const near = nearest(name, names);
    throw new UserError({
      what: `no topic ${JSON.stringify(name)}`,
      how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${names.join(', ')}`,
    });
  }
  const explanation = await topic.explain();
  if (html !== undefined) {
    const { explanationPage } = await import('../../report/explanation-page.ts');
    await writeFileAtomic(html, await explanationPage(explanation));
    cli.show(`page     ${html}\n`, { json });
  }
  if (json) cli.showJson({ name, ...explanation });
  else if (html === undefined) cli.show(explanationText(explanation));
}
