/** What can be changed while the system runs, through POST /instellingen. */
export interface Settings {
  /** Whether reading one record gives an ETag and answers If-None-Match: some installations do. */
  etag: boolean;
  /** The largest page that a search gives, in records. */
  largestPage: number;
}

/** How the system starts. */
export function usualSettings(): Settings {
  return { etag: false, largestPage: 50 };
}

/**
 * Takes over the settings from a body such as `{"etag": true, "grootte": 100}`.
 *
 * @returns false, with nothing changed, when one of them has a value that makes no sense
 */
export function changeSettings(settings: Settings, body: Readonly<Record<string, unknown>>): boolean {
  const { etag = settings.etag, grootte = settings.largestPage } = body;
  if (typeof etag !== 'boolean' || typeof grootte !== 'number') return false;
  if (!Number.isSafeInteger(grootte) || grootte < 1) return false;
  settings.etag = etag;
  settings.largestPage = grootte;
  return true;
}
