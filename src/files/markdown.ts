/**
 * Replaces what stands between `<!-- marker -->` and `<!-- /marker -->` in a Markdown text; undefined when they are not
 * there. Prettier leaves it alone: it would pad every cell of a table to the widest one.
 */
export function putBetweenMarks(text: string, marker: string, content: string): string | undefined {
  const marked = new RegExp(`(<!-- ${marker} -->\\r?\\n).*?(<!-- /${marker} -->)`, 's');
  if (!marked.test(text)) return undefined;
  const kept = `\n<!-- prettier-ignore-start -->\n${content}\n<!-- prettier-ignore-end -->\n\n`;
  return text.replace(marked, (_, begin: string, end: string) => `${begin}${kept}${end}`);
}

/** A table in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
