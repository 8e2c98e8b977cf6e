// The pages of the domains of physics, tried block by block.
import { domainPage } from './pages.ts';
import { tryPage } from './try-page.ts';

for (const domain of ['phases-of-matter', 'exotic-particles'].filter((d) => !process.env.DOCS_ONLY || d.includes(process.env.DOCS_ONLY))) tryPage(domainPage(domain));
