// The words that go on with a run, for hints where no command line is at hand: a run of somebody's own domain wants its path again.
import { quoted } from '../report/reproduce.ts';
import type { RunLayout } from './layout.ts';
import type { RunStatus } from './run-status.ts';

/** `deepfield resume <run>`, and `--domain <path>` where the domain is the user's own. */
export function resumeWords({
  paths,
  status,
}: {
  readonly paths: RunLayout;
  readonly status: RunStatus;
}): string {
  const own = status.from === undefined ? [] : ['--domain', status.from];
  return ['deepfield', 'resume', paths.root, ...own].map(quoted).join(' ');
}
