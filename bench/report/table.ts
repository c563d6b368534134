/** Something measured, to be read as text or as Markdown. */
export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a reader should know of it. */
  readonly about?: string;
}

/** For a terminal: columns under each other, numbers to the right. */
export function asText({ title, columns, rows, about }: Section): string {
  const lines = aligned([columns, ...rows]).map((cells) => `  ${cells.join('  ').trimEnd()}`);
  return [title, ...lines, ...(about ? [`  ${about}`] : []), '', ''].join('\n');
}

/** For a page, below a heading of its own. */
export function asMarkdown({ title, columns, rows, about }: Section): string {
  const [head = [], ...body] = aligned([columns, ...rows], 3);
  const rule = head.map((cell, column) =>
    column === 0 ? '-'.repeat(cell.length) : `${'-'.repeat(cell.length - 1)}:`,
  );
  const lines = [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`);
  return [`## ${title}`, '', ...lines, '', ...(about ? [about, ''] : [])].join('\n');
}

/** Every cell as wide as the widest of its column. */
function aligned(lines: readonly (readonly string[])[], atLeast = 0): string[][] {
  const widthOf = (column: number): number =>
    Math.max(atLeast, ...lines.map((line) => line[column]?.length ?? 0));
  return lines.map((line) =>
    line.map((cell, column) => {
      const width = widthOf(column);
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    }),
  );
}
