// The README and the first ten minutes, tried block by block.
import { groups } from './pages.ts';
import { tryPage } from './try-page.ts';

for (const page of groups.first) tryPage(page);
