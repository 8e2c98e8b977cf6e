// Every route there is, in the order in which the document lists them; the files of the page are left out there.
import { docsRoutes } from './docs.ts';
import { domainRoutes } from './domains.ts';
import { healthRoutes } from './health.ts';
import { homeFiles, homeRoute } from './home.ts';
import { metricsRoute } from './metrics.ts';
import { modelRoutes } from './models.ts';
import { predictRoute } from './predict.ts';
import { repositoryRoutes } from './repository.ts';
import type { Route } from './route.ts';
import { runRoutes } from './runs.ts';

/** Routes for one server. */
export function allRoutes(): readonly Route[] {
  const described = [
    ...domainRoutes,
    ...runRoutes,
    ...healthRoutes,
    ...modelRoutes,
    ...repositoryRoutes,
    metricsRoute,
    homeRoute,
  ];
  return [...described, ...docsRoutes(described), ...homeFiles(), predictRoute];
}
