/**
 * The API of the older standard, which shows the records of the other three in words of its own. Its name in the
 * configuration, in paths, and as a component of the Autorisaties API.
 */
export const kicApi = 'kic';

/** An API as people call it: `Klanten API`. */
export function apiTitle(api: string): string {
  const spoken = api === kicApi ? 'klantinteracties' : api;
  return `${spoken.slice(0, 1).toUpperCase()}${spoken.slice(1)} API`;
}

/**
 * How the configuration names a scope of an API: `klanten.lezen`. The older API has the same words, and they open
 * more there, contactmomenten and verzoeken too: it is `kic:klanten.lezen` that allows that.
 */
export function grantName(api: string, scope: string): string {
  return api === kicApi ? `${kicApi}:${scope}` : scope;
}
