import type { CST } from 'yaml';

/** As deep as anything that a person writes, and far from where a parser that calls itself runs out of stack. */
const deepest = 100;

/**
 * The offset at which YAML nests deeper than we read; undefined when it nowhere does. To be asked first: what composes a
 * document calls itself for each level, and a process that is out of stack may be ended by its engine.
 *
 * @param tokens what the library's parser makes of a text
 */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  for (const token of tokens) {
    const open: { readonly token: CST.Token; readonly depth: number }[] = [{ token, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { token: here, depth } = next;
      if (depth > deepest) return here.offset;
      open.push(...inside(here).map((part) => ({ token: part, depth: depth + 1 })));
    }
  }
  return undefined;
}

function inside(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((part) => part !== null && part !== undefined),
  );
}
