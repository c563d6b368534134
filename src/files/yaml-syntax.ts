import { type Document, type ErrorCode, isAlias, isNode, isScalar, type Pair, visit } from 'yaml';

/** Something that is wrong with a file as YAML: the offset in its text, and what was expected there. */
export interface SyntaxMistake {
  readonly offset: number;
  readonly expected: string;
}

/**
 * All syntax mistakes, at most one a line: what follows on the line is mostly a consequence.
 *
 * @param documents what is in the text: there has to be one
 */
export function syntaxMistakes(
  [document, another]: readonly Document.Parsed[],
  lineOf: (offset: number) => number,
  text: string,
): SyntaxMistake[] {
  if (!document) return [];
  const found: SyntaxMistake[] = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
    offset: pos[0],
    expected: text.startsWith('${', pos[0] - 1) ? quotedReference : syntaxText(code),
  }));
  if (another) found.push({ offset: another.range[0], expected: 'one document in the file' });
  // A document with errors has a tree that cannot be trusted.
  const all = found.length > 0 ? found : refusedNodes(document);
  const lines = new Set<number>();
  return all.filter(({ offset }) => !lines.has(lineOf(offset)) && lines.add(lineOf(offset)));
}

const quotedReference = 'quotes around ${NAME} inside { … } or [ … ]: "${NAME}"';

const noAlias =
  'the value itself; anchors (&) and aliases (*) are not supported, and text that begins with one needs quotes';

/** Our own sentences: those of the library can quote the file, and the file may hold a secret. */
const texts: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: noAlias,
  BAD_DQ_ESCAPE: 'a known escape after the backslash; single quotes take text as it is',
  BAD_INDENT: 'the same indentation as the lines that it belongs to, and closed brackets',
  BAD_SCALAR_START: 'quotes around text that begins with @, ` or another reserved character',
  BLOCK_AS_IMPLICIT_KEY: 'one key a line, and quotes around text that holds ": "',
  BLOCK_IN_FLOW: 'no block inside { … } or [ … ]',
  DUPLICATE_KEY: 'each key once',
  MISSING_CHAR: 'a closing quote, bracket or comma',
  MULTILINE_IMPLICIT_KEY: 'a key on one line, with a colon',
  TAB_AS_INDENT: 'spaces for indentation, not tabs',
  TAG_RESOLVE_FAILED: 'no tags (words that begin with !); text that begins with one needs quotes',
};

function syntaxText(code: ErrorCode): string {
  return texts[code] ?? `valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
}

/** What YAML allows and we do not: it makes a file's size, shape or places unclear. */
function refusedNodes(document: Document.Parsed): SyntaxMistake[] {
  const refused: SyntaxMistake[] = [];
  visit(document, {
    Pair(_, { key }: Pair) {
      if (!isScalar(key)) refused.push({ offset: startOf(key), expected: 'a key that is plain text' });
    },
    Node(_, node) {
      if (isAlias(node) || node.anchor !== undefined) {
        refused.push({ offset: startOf(node), expected: noAlias });
      }
    },
  });
  return refused;
}

/** Where a node begins in the text. */
export function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
