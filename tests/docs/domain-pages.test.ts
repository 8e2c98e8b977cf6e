// The pages of the other domains, tried block by block.
import { groups } from './pages.ts';
import { tryPage } from './try-page.ts';

for (const page of groups.domains) tryPage(page);
