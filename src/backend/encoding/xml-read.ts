import { SaxesParser, type SaxesAttributeNS, type SaxesTagNS } from 'saxes';
import { namesIn } from '../../dotted-path.ts';
import type { Json, JsonObject } from '../../json.ts';

/** Namespaces whose attributes say something of the element itself. */
const instance = 'http://www.w3.org/2001/XMLSchema-instance';
const stuf: readonly string[] = ['http://www.egem.nl/StUF/StUF0301', 'http://www.egem.nl/StUF/StUF0204'];
const xmlns = 'http://www.w3.org/2000/xmlns/';

/** What the words of XML itself count as white space. */
const data = /[^ \t\r\n]/;

/** Bounds on one document, beside its size in bytes. */
const mostNodes = 300_000;
const deepest = 100;

/** A document that is none, or that is none of ours to read. */
class Unreadable extends Error {}

/** One element while it is read. */
interface Open {
  readonly name: string;
  /** From the root, as it is where lists are declared: its names with slashes in between. */
  readonly path: string;
  /** Says that it has no value. */
  readonly isAbsent: boolean;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: Map<string, { readonly uri: string; readonly values: Json[] }>;
  text: string;
}

/** How a document is read. */
interface ReadOptions {
  /** Elements that are always a list, as dotted paths. */
  readonly lists: readonly string[];
  /** The path of the element from which those count; without it, the document itself. */
  readonly within?: string;
  /** That of the root element; without it, any will do. */
  readonly namespace?: string;
}

/**
 * Reads a document: local names become keys, attributes `@name`. An element with only text is that text; one that
 * has attributes as well has the text in `#text`. Elements that come several times are a list. Those that say that they
 * have no value (`xsi:nil`, StUF's `noValue`) are left out, as are white space between elements, comments, and the
 * attributes that only say something of the document (`xmlns`, those of XML Schema).
 *
 * @returns an object of one key, the root; undefined when it cannot be read: no XML, two elements of one name in
 * different namespaces, a DOCTYPE, a processing instruction, too many nodes
 */
export function readXml(
  text: string,
  { lists, within = '', namespace }: ReadOptions,
): JsonObject | undefined {
  const around = within === '' ? [] : namesIn(within);
  try {
    return parse(text, listsByParent(lists.map((path) => [...around, ...namesIn(path)])), namespace);
  } catch (error) {
    // The parser throws errors without a type of their own.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function parse(
  text: string,
  lists: ReadonlyMap<string, readonly string[]>,
  namespace: string | undefined,
): JsonObject {
  const document = opened('', '', false, []);
  const open: Open[] = [document];
  let nodes = 0;
  const count = (more: number): void => {
    nodes += more;
    if (nodes > mostNodes || open.length > deepest) throw new Unreadable();
  };
  const here = (): Open => open.at(-1) ?? document;

  // Positions are only good for messages, which nobody gets to see.
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    forceXMLVersion: true,
    defaultXMLVersion: '1.0',
  });
  const refuse = (): never => {
    throw new Unreadable();
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('processinginstruction', refuse);
  parser.on('text', (piece) => {
    here().text += piece;
  });
  parser.on('cdata', (piece) => {
    here().text += piece;
  });
  parser.on('opentag', (tag) => {
    count(1 + Object.keys(tag.attributes).length);
    if (open.length === 1 && namespace !== undefined && tag.uri !== namespace) throw new Unreadable();
    const { path } = here();
    open.push(
      opened(tag.local, path === '' ? tag.local : `${path}/${tag.local}`, saysAbsent(tag), kept(tag)),
    );
  });
  parser.on('closetag', (tag) => {
    const closed = open.pop() ?? document;
    const children = here().children;
    const { uri, values } = children.get(closed.name) ?? { uri: tag.uri, values: [] };
    if (uri !== tag.uri) throw new Unreadable();
    children.set(closed.name, { uri, values });
    if (!closed.isAbsent) values.push(valueOf(closed, lists.get(closed.path) ?? []));
  });
  parser.write(text).close();
  return objectOf(document, lists.get('') ?? []);
}

function opened(name: string, path: string, isAbsent: boolean, attributes: Open['attributes']): Open {
  return { name, path, isAbsent, attributes, children: new Map(), text: '' };
}

/** What an element holds. Text beside elements counts when it is more than white space. */
function valueOf(element: Open, lists: readonly string[]): Json {
  const { attributes, children, text } = element;
  if (children.size === 0 && attributes.length === 0 && lists.length === 0) return text;
  return objectOf(element, lists);
}

function objectOf({ attributes, children, text }: Open, lists: readonly string[]): JsonObject {
  const elements = [...children].flatMap(([name, { values }]): [string, Json][] => {
    const [first, ...others] = values;
    if (lists.includes(name)) return [[name, values]];
    return first === undefined ? [] : [[name, others.length === 0 ? first : values]];
  });
  const missing = lists.filter((name) => !children.has(name)).map((name): [string, Json] => [name, []]);
  const isText = data.test(text) || (text !== '' && children.size === 0 && lists.length === 0);
  return Object.fromEntries([
    ...attributes,
    ...(isText ? [['#text', text] as const] : []),
    ...elements,
    ...missing,
  ]);
}

function attributesOf({ attributes }: SaxesTagNS): SaxesAttributeNS[] {
  return Object.values(attributes);
}

function saysAbsent(tag: SaxesTagNS): boolean {
  return attributesOf(tag).some(
    (attribute) =>
      (attribute.uri === instance &&
        attribute.local === 'nil' &&
        ['true', '1'].includes(attribute.value.trim())) ||
      isNoValue(attribute),
  );
}

function isNoValue({ uri, local }: SaxesAttributeNS): boolean {
  return local === 'noValue' && stuf.includes(uri);
}

function isOfDocument({ uri, name }: SaxesAttributeNS): boolean {
  return uri === instance || uri === xmlns || name === 'xmlns';
}

/** Whether an attribute is nothing that a mapping sees: what it says is of the document, or of its element itself. */
export function isAboutElement(attribute: SaxesAttributeNS): boolean {
  return isOfDocument(attribute) || isNoValue(attribute);
}

/** The attributes that are data; two of one local name would hide one another. */
function kept(tag: SaxesTagNS): [string, string][] {
  const others = attributesOf(tag).filter((attribute) => !isOfDocument(attribute));
  if (new Set(others.map(({ local }) => local)).size < others.length) throw new Unreadable();
  return others.map(({ local, value }) => [`@${local}`, value]);
}

/** The names that are lists, by the path of what they are in. */
function listsByParent(paths: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    const parent = path.slice(0, -1).join('/');
    names.set(parent, [...(names.get(parent) ?? []), ...path.slice(-1)]);
  }
  return names;
}
