// Finds the route of a request that needs no express: one whose handler asks for Node's own request and response, at its path
// exactly as it is written. Express takes longer over a request than a small network does; whatever is written otherwise (a
// query, a slash at the end) goes through it to the same handler.
import type { IncomingMessage } from 'node:http';
import type { DirectRoute, Route, RoutedRequest } from './routes/route.ts';

export interface Found {
  readonly route: DirectRoute;
  readonly request: RoutedRequest;
}

/** `/v2/models/{model}` as an expression that has what stands for `{model}` as a group of that name. */
const expressionOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[\\w.-]+)')}$`);

/** @returns undefined where there is none */
export function findDirect(routes: readonly Route[]): (request: IncomingMessage) => Found | undefined {
  const direct = routes
    .filter((route) => route.direct === true)
    .map((route) => ({ route, expression: expressionOf(route.path), method: route.method.toUpperCase() }));
  return (request) => {
    for (const { route, expression, method } of direct) {
      if (request.method !== method) continue;
      const params = expression.exec(request.url ?? '')?.groups;
      if (params !== undefined) return { route, request: Object.assign(request, { params }) };
    }
    return undefined;
  };
}
