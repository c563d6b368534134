import { type CST, LineCounter, Parser } from 'yaml';

/** As deep as anything that a person writes, and far from where a parser that calls itself runs out of stack. */
const deepest = 100;

/**
 * Where a text of YAML nests deeper than we read; undefined when it nowhere does. To be asked first: what composes a
 * document calls itself for each level, and a process that is out of stack may be ended by its engine.
 */
export function tooDeepAt(text: string): { readonly line: number; readonly column: number } | undefined {
  const lines = new LineCounter();
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    const open: { readonly token: CST.Token; readonly depth: number }[] = [{ token, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { token: here, depth } = next;
      if (depth > deepest) return placeOf(here, lines);
      open.push(...inside(here).map((part) => ({ token: part, depth: depth + 1 })));
    }
  }
  return undefined;
}

function placeOf({ offset }: CST.Token, lines: LineCounter) {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function inside(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((part) => part !== null && part !== undefined),
  );
}
