import type { Failing, Handler } from './call.ts';

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
}

/**
 * Sends each request to the handler of its route.
 *
 * @param table by method and path, in which `:name` is one piece of the path without slashes and brackets:
 *   `GET /objects/:uuid`, `GET /contacts(:id)`. The first one that fits
 * @param failing answers 404 where no path fits, and 405 where only the method does not
 */
export function routes(table: Readonly<Record<string, Handler>>, failing: Failing): Handler {
  const all = Object.entries(table).map(routeOf);
  return (call) => {
    const fitting = all.filter(({ pattern }) => pattern.test(call.path));
    const route = fitting.find(({ method }) => method === call.method);
    if (!route) return failing(fitting.length > 0 ? 405 : 404, `${call.method} ${call.path}`);
    return route.handler({ ...call, params: paramsIn(call.path, route.pattern) });
  };
}

function routeOf([key, handler]: [string, Handler]): Route {
  const [method = '', path = ''] = key.split(' ');
  const pattern = path
    .replace(/[.()$]/g, String.raw`\$&`)
    .replace(/:([a-zA-Z]+)/g, (_, name: string) => `(?<${name}>[^/()]+)`);
  return { method, pattern: new RegExp(`^${pattern}$`), handler };
}

function paramsIn(path: string, pattern: RegExp): Record<string, string> {
  const groups = Object.entries(pattern.exec(path)?.groups ?? {});
  return Object.fromEntries(groups.map(([name, value]) => [name, decodeURIComponent(value)]));
}
