import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { startOf } from './yaml-syntax.ts';

/** How wide a value may be beside its key before it gets lines of its own. */
const width = 100;

/** A piece of the text and what comes in its place; an edit of something comes before those of what is inside it. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A key with its value, or an item of a list: where it begins, with its dash, and where its value ends. */
interface Entry {
  readonly name: string | number;
  readonly from: number;
  /** Where its key ends; for an item, where its value begins. */
  readonly head: number;
  readonly to: number;
  readonly node: unknown;
}

/**
 * Changes a text of YAML so that it says another value. Only what differs is written anew: comments, layout and the
 * order of everything else stay as they are.
 *
 * @param text YAML that `readYaml` takes, with a section at its top
 * @param value what it has to say
 */
export function patchYaml(text: string, value: JsonObject): string {
  const { contents } = parseDocument(text);
  const before = plainOf(contents);
  if (isDeepStrictEqual(before, value)) return text;
  if (!canBePatched(before, value)) return stringify(value, { lineWidth: 0, singleQuote: true });
  const edits = editsOf(text, contents, value);
  // From the end to the beginning, so that places stay what they are; of two at one place, the one that takes away.
  return [...edits]
    .sort((one, other) => other.from - one.from || other.to - one.to)
    .reduce((patched, edit) => patched.slice(0, edit.from) + edit.text + patched.slice(edit.to), text);
}

/** What has to change in a section or a list, so that it says what is wanted. */
function editsOf(text: string, node: unknown, wanted: JsonObject | readonly Json[]): Edit[] {
  if (!isMap(node) && !isSeq(node)) return [];
  const entries = entriesOf(text, node);
  const values = valuesFor(node, entries, wanted);
  const isGone = entries.map((_, index) => values.kept[index] === undefined);
  const last = isGone.lastIndexOf(false);
  const added = values.added.map(([name, value]) => entryText(node, name, value, indentOf(text, entries)));
  const changed = entries.flatMap((entry, index) => {
    const value = values.kept[index];
    return value === undefined ? [] : valueEdits(text, node, entry, value, indentOf(text, entries));
  });
  return [
    ...(added.length === 0 ? [] : [insertion(text, node, entries[last], added, indentOf(text, entries))]),
    ...removals(text, node, entries, isGone),
    ...changed,
  ];
}

/** Which value each entry gets, undefined for none; and what there is besides. */
function valuesFor(
  node: YAMLMap | YAMLSeq,
  entries: readonly Entry[],
  wanted: JsonObject | readonly Json[],
): { kept: (Json | undefined)[]; added: [string, Json][] } {
  if (isObject(wanted)) {
    const names = entries.map(({ name }) => String(name));
    const added = Object.entries(wanted).filter(([name]) => !names.includes(name));
    return { kept: names.map((name) => (Object.hasOwn(wanted, name) ? wanted[name] : undefined)), added };
  }
  const before = plainOf(node);
  const items = [...wanted];
  const surplus = Math.max(0, entries.length - items.length);
  const same = Array.isArray(before)
    ? before.findIndex((item, at) => !isDeepStrictEqual(item, items[at]))
    : 0;
  // The first that differs are the ones to go: what comes after them moves up with its comments.
  const kept = entries.map((_, at) =>
    at < same || surplus === 0 ? items[at] : at < same + surplus ? undefined : items[at - surplus],
  );
  return { kept, added: items.slice(entries.length).map((item) => ['', item]) };
}

function valueEdits(
  text: string,
  parent: YAMLMap | YAMLSeq,
  { name, head, to, node }: Entry,
  value: Json,
  indent: string,
): Edit[] {
  const before = plainOf(node);
  if (isDeepStrictEqual(before, value)) return [];
  const bothFilled = canBePatched(before, value);
  if (bothFilled) return editsOf(text, node, value as JsonObject | Json[]);
  if (isMap(parent)) {
    const written = entryText(parent, String(name), value, indent);
    return [{ from: head, to, text: written.slice(keyText(String(name)).length) }];
  }
  const written = entryText(parent, '', value, indent);
  return [{ from: head, to, text: parent.flow === true ? written : written.slice(2) }];
}

/** Whether one can become the other by its parts: both sections or both lists, and something of it stays. */
function canBePatched(before: unknown, value: Json): boolean {
  if (Array.isArray(before) && Array.isArray(value)) return before.length > 0 && value.length > 0;
  if (!isObject(before) || !isObject(value)) return false;
  return Object.keys(before).some((name) => Object.hasOwn(value, name));
}

function removals(
  text: string,
  parent: YAMLMap | YAMLSeq,
  entries: readonly Entry[],
  isGone: readonly boolean[],
): Edit[] {
  return entries.flatMap((entry, index): Edit[] => {
    if (!isGone[index] || isGone[index - 1] === true) return [];
    const end = isGone.indexOf(false, index);
    const [before, after] = [entries[index - 1], end < 0 ? undefined : entries[end]];
    const lastGone = entries[(end < 0 ? entries.length : end) - 1] ?? entry;
    const lineStart = text.lastIndexOf('\n', entry.from - 1);
    const ownLines =
      parent.flow !== true && lineStart >= 0 && text.slice(lineStart, entry.from).trim() === '';
    if (ownLines) return [{ from: lineStart, to: lineEnd(text, lastGone.to), text: '' }];
    if (after) return [{ from: entry.from, to: after.from, text: '' }];
    return [{ from: before?.to ?? entry.from, to: lastGone.to, text: '' }];
  });
}

function insertion(
  text: string,
  parent: YAMLMap | YAMLSeq,
  last: Entry | undefined,
  added: readonly string[],
  indent: string,
): Edit {
  const end = last?.to ?? 0;
  const from = parent.flow === true ? end : lineEnd(text, end);
  const between = parent.flow === true ? ', ' : `\n${indent}`;
  return { from, to: from, text: added.map((entry) => `${between}${entry}`).join('') };
}

/** One entry as it is written: on one line where it fits there, or has to. */
function entryText(parent: YAMLMap | YAMLSeq, name: string, value: Json, indent: string): string {
  const head = isMap(parent) ? `${keyText(name)}: ` : parent.flow === true ? '' : '- ';
  const line = `${head}${onOneLine(value)}`;
  const isBlock = parent.flow !== true && typeof value === 'object' && value !== null;
  if (!isBlock || indent.length + line.length <= width) return line;
  // Text of several lines is quoted: what a block of it means depends on the lines around it.
  const block = stringify(value, { lineWidth: 0, singleQuote: true, blockQuote: false }).trimEnd();
  const inner = block.replaceAll(/\n(?=.)/g, `\n${indent}  `);
  return isMap(parent) ? `${keyText(name)}:\n${indent}  ${inner}` : `- ${inner}`;
}

function keyText(name: string): string {
  return onOneLine(name);
}

/** As it may stand inside brackets, which is right everywhere. */
function onOneLine(value: Json): string {
  const text = stringify([value], { collectionStyle: 'flow', lineWidth: 0, singleQuote: true }).trim();
  return text.slice(1, -1).trim();
}

function entriesOf(text: string, node: YAMLMap | YAMLSeq): Entry[] {
  const entries: Entry[] = [];
  for (const item of node.items as readonly unknown[]) {
    entries.push(
      isMap(node) ? pairEntry(text, item as YAMLMap['items'][number]) : itemEntry(text, node, entries, item),
    );
  }
  return entries;
}

function pairEntry(text: string, { key, value }: YAMLMap['items'][number]): Entry {
  const head = contentEnd(text, key, 0);
  const name = isScalar(key) ? String(key.value) : '';
  return { name, from: startOf(key), head, to: contentEnd(text, value, head), node: value };
}

function itemEntry(text: string, list: YAMLMap | YAMLSeq, before: readonly Entry[], node: unknown): Entry {
  const start = startOf(node);
  const place = { name: before.length, head: start, to: contentEnd(text, node, start), node };
  if (list.flow === true) return { ...place, from: start };
  const previous = before.at(-1);
  if (!previous) return { ...place, from: startOf(list) };
  // A comment in between may hold a dash too, but not as the first sign of its line.
  const dash = new RegExp(`\n {${columnOf(text, startOf(list))}}-`, 'g');
  dash.lastIndex = previous.to;
  return { ...place, from: (dash.exec(text)?.index ?? start) + columnOf(text, startOf(list)) + 1 };
}

/** Where the content of a node ends: what follows is blank, a comment, or of something else. */
function contentEnd(text: string, node: unknown, otherwise: number): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    if (isMap(node)) {
      const pair = last as YAMLMap['items'][number];
      return contentEnd(text, pair.value, contentEnd(text, pair.key, otherwise));
    }
    return contentEnd(text, last, otherwise);
  }
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return otherwise;
  const end = Math.max(node.range?.[1] ?? otherwise, otherwise);
  const isBlockText = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
  return isBlockText && text[end - 1] === '\n' ? end - 1 : end;
}

function plainOf(node: unknown): unknown {
  return isMap(node) || isSeq(node) || isScalar(node) ? (node.toJSON() as unknown) : null;
}

function columnOf(text: string, offset: number): number {
  return offset - text.lastIndexOf('\n', offset - 1) - 1;
}

function indentOf(text: string, [first]: readonly Entry[]): string {
  return ' '.repeat(first ? columnOf(text, first.from) : 0);
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
