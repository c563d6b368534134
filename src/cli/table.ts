/** How wide a table may be. */
const width = 100;

const indent = '    ';
const gap = '  ';

/**
 * Rows as lines of columns that are as wide as what is in them. The last column gets what is left, and is broken
 * between words where that is too little.
 */
export function table(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: Math.max(0, columns) }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const before = [indent, ...widths.map((one) => ' '.repeat(one) + gap)].join('');
  return rows.flatMap((row) => {
    const heads = widths.map((one, column) => (row[column] ?? '').padEnd(one) + gap);
    const [first = '', ...further] = broken(row[columns] ?? '', width - before.length);
    return [`${indent}${heads.join('')}${first}`.trimEnd(), ...further.map((line) => `${before}${line}`)];
  });
}

/** A text in lines of so many signs; a word that is longer gets a line of its own. */
function broken(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
