/**
 * A URL out of text, against a base where one is given; undefined for what is none.
 *
 * Not `URL.canParse`: on Node 20 it starts to refuse URLs with letters beyond ASCII once it has been called often.
 */
export function parseUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** A URL in its usual spelling: host in lower case, no default port; what is no URL as it is. */
export function normalised(url: string): string {
  return parseUrl(url)?.href ?? url;
}

/** A URL without its query: which version of a document is meant is no part of its identity (ruling R11). */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
