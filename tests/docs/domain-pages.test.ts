// The pages of the other domains, tried block by block.
import { registry } from '../../domains/registry.ts';
import { domainPage } from './pages.ts';
import { tryPage } from './try-page.ts';

for (const { name } of registry.slice(2).filter((d) => !process.env.DOCS_ONLY || d.name.includes(process.env.DOCS_ONLY))) tryPage(domainPage(name));
