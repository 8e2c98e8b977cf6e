// The README and the first ten minutes, tried block by block.
import { tryPage } from './try-page.ts';

for (const page of ['README.md', 'docs/quickstart.md'].filter((each) => process.env.DOCS_ONLY === undefined || each.includes(process.env.DOCS_ONLY))) tryPage(page);
