import { codeHelpers } from './codes.ts';
import { fingerprintHelpers } from './fingerprint.ts';
import type { Helper, HelperFunction, HelperSettings } from './helper.ts';
import { jsonTextHelpers } from './json-text.ts';
import { linkHelpers } from './links.ts';
import { momentHelpers } from './moments.ts';
import { nameHelpers } from './names.ts';
import { objectenHelpers } from './objecten.ts';
import { pieceHelpers } from './pieces.ts';
import { quotingHelpers } from './quoting.ts';
import { telephoneHelpers } from './telephone.ts';

/**
 * Our own functions that every mapping may use: the bindings, what `check` knows of them, and the table in
 * mappings/README.md follow from this list.
 */
export const helpers: Readonly<Record<string, Helper>> = {
  ...codeHelpers,
  ...momentHelpers,
  ...nameHelpers,
  ...telephoneHelpers,
  ...pieceHelpers,
  ...jsonTextHelpers,
  ...quotingHelpers,
  ...linkHelpers,
  ...objectenHelpers,
  ...fingerprintHelpers,
};

/** The helpers as functions, for one set. */
export function helperFunctions(settings: HelperSettings): Readonly<Record<string, HelperFunction>> {
  return Object.fromEntries(Object.entries(helpers).map(([name, { make }]) => [name, make(settings)]));
}

/** Whether what a helper yields may stand in a query: `check` asks for the helper by its name. */
export function isQuoting(name: string): boolean {
  return Object.hasOwn(helpers, name) && helpers[name]?.isQuoted === true;
}
