/** What can be changed while the systems run, through POST /instellingen. */
export interface Settings {
  /** Whether Documenten asks the owner of an object about a relation before it writes it down or removes it. */
  terugbellen: boolean;
  /** What all four registers say in the header API-version; null: each its own version. */
  apiVersion: string | null;
  /** How many applications Autorisaties puts on a page. */
  paginagrootte: number;
}

/** How the systems start. */
export function usualSettings(): Settings {
  return { terugbellen: false, apiVersion: null, paginagrootte: 100 };
}

/**
 * Takes over the settings from a body such as `{"terugbellen": true, "apiVersion": "1.0.0"}`.
 *
 * @returns false, with nothing changed, when one of them has a value that makes no sense
 */
export function changeSettings(settings: Settings, body: Readonly<Record<string, unknown>>): boolean {
  const {
    terugbellen = settings.terugbellen,
    apiVersion = settings.apiVersion,
    paginagrootte = settings.paginagrootte,
  } = body;
  if (typeof terugbellen !== 'boolean' || typeof paginagrootte !== 'number') return false;
  if (typeof apiVersion !== 'string' && apiVersion !== null) return false;
  if (!Number.isSafeInteger(paginagrootte) || paginagrootte < 1) return false;
  settings.terugbellen = terugbellen;
  settings.apiVersion = apiVersion;
  settings.paginagrootte = paginagrootte;
  return true;
}
