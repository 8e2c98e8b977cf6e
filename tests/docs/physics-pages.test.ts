// The pages of the first two domains, tried block by block.
import { groups } from './pages.ts';
import { tryPage } from './try-page.ts';

for (const page of groups.physics) tryPage(page);
