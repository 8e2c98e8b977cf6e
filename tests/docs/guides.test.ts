// The pages of docs/, tried block by block.
import { guides } from './pages.ts';
import { tryPage } from './try-page.ts';

for (const page of guides.filter((each) => process.env.DOCS_ONLY === undefined || each.includes(process.env.DOCS_ONLY))) tryPage(page);
