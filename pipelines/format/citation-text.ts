// A paper as one line of text.
import type { Paper } from '../../domains/domain.ts';

export const citationText = ({ citation, doi, arxiv }: Paper): string =>
  `${citation}, doi:${doi}${arxiv === undefined ? '' : `, arXiv:${arxiv}`}`;
