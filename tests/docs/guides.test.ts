// The other pages that are of no domain, tried block by block.
import { groups } from './pages.ts';
import { tryPage } from './try-page.ts';

for (const page of groups.guides) tryPage(page);
