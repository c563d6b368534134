/** A name in a path: plain, or in quotes when it has dots, blanks or quotes in it. */
const name = '(?:[^."\\s]+|"(?:[^"\\\\]|\\\\["\\\\])*")';

/** What a dotted path looks like, as a regular expression: `FOUT.CODE`, `items.0`, `list."@odata.count"`. */
export const pathPattern = `^${name}(?:\\.${name})*$`;

const names = new RegExp(name, 'gu');

/** Each path is of a mapping set, where it stands once for all requests. */
const read = new Map<string, readonly string[]>();
const mostPaths = 10_000;

/**
 * The names in a dotted path: `a."b.c".0` has `a`, `b.c` and `0`. Within quotes, `\"` is a quote and `\\` a backslash. A
 * text that is no path (see `pathPattern`) is one name, which finds nothing that anybody meant.
 */
export function namesIn(path: string): readonly string[] {
  const known = read.get(path);
  if (known) return known;
  if (read.size === mostPaths) read.clear();
  const found = readPath(path);
  read.set(path, found);
  return found;
}

function readPath(path: string): readonly string[] {
  if (!path.includes('"')) return path.split('.');
  if (!isPath.test(path)) return [path];
  return (path.match(names) ?? []).map((piece) =>
    piece.startsWith('"') ? piece.slice(1, -1).replaceAll(/\\(.)/gu, '$1') : piece,
  );
}

const isPath = new RegExp(pathPattern, 'u');
