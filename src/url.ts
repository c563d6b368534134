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
