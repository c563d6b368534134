/** HTML that is safe to put on a page as it is. Only `markup` makes it. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | readonly Markup[];

/** HTML with values in it: markup stays as it is, everything else becomes text. */
export function markup(literal: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: literal.map((text, index) => `${text}${rendered(parts[index] ?? '')}`).join('') };
}

/** A text in which what stands between backticks is code. */
export function prose(text: string): Markup {
  const pieces = text
    .split('`')
    .map((piece, index) => (index % 2 === 1 ? markup`<code>${piece}</code>` : markup`${piece}`));
  return markup`${pieces}`;
}

/** What a page consists of, apart from what all pages have. */
export interface PageParts {
  readonly title: string;
  /** Address of the stylesheets, relative to the page. */
  readonly styles: readonly string[];
  readonly body: Markup;
}

/** A whole page, in Dutch. The blank icon keeps browsers from asking for one elsewhere. */
export function pageText({ title, styles, body }: PageParts): string {
  return markup`<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${styles.map((style) => markup`<link rel="stylesheet" href="${style}">\n`)}</head>
<body>
${body}
</body>
</html>
`.html;
}

function rendered(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
