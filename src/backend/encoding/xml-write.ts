import { isObject, type Json, type JsonObject, scalarText } from '../../json.ts';
import { UnwritableRequest } from './encoding.ts';

/** Namespaces by prefix. */
export type Namespaces = Readonly<Record<string, string>>;

/** Names without colons, of Latin letters: XML allows more, and nobody names elements in those. */
const letter = String.raw`A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF`;
const plainName = new RegExp(`^[${letter}][${letter}0-9.-]*$`);

/** What XML 1.0 has no way of writing: most control characters, two that are none, and halves of characters. */
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Nobody nests so deep on purpose. */
const deepest = 200;

/**
 * Writes a skeleton of one root element as a document. Keys are names of elements, `@name` of attributes and `#text` is
 * the text among them; a list repeats its element, null leaves it out, and "" is an element without anything in it.
 * All namespaces are declared at the root, so that texts can use their prefixes too.
 *
 * @throws UnwritableRequest for what is no such skeleton, or what XML cannot hold
 */
export function writeXml(skeleton: Json, namespaces: Namespaces): string {
  const [root, ...others] = isObject(skeleton) ? Object.entries(skeleton) : [];
  if (!root || others.length > 0 || /^[@#]/.test(root[0]) || root[1] === null || Array.isArray(root[1])) {
    throw new UnwritableRequest('XML is an object with one key: its root element');
  }
  return `<?xml version="1.0" encoding="UTF-8"?>${writer(namespaces)(...root)}`;
}

function writer(namespaces: Namespaces): (name: string, value: Json) => string {
  const declarations = Object.entries(namespaces).map(
    ([prefix, uri]) => ` xmlns:${prefix}="${escaped(uri)}"`,
  );
  const known = new Set([...Object.keys(namespaces), 'xml']);

  const checked = (name: string): string => {
    const [first = '', second, ...more] = name.split(':');
    const parts = second === undefined ? [first] : [first, second];
    if (more.length > 0 || !parts.every((part) => plainName.test(part))) {
      throw new UnwritableRequest('a key is no name of XML');
    }
    if (first === 'xmlns') throw new UnwritableRequest('namespaces are declared in mapping.yaml only');
    if (second !== undefined && !known.has(first)) {
      throw new UnwritableRequest('a name has a prefix that is not among the namespaces of its backend');
    }
    return name;
  };

  function element(name: string, value: Json, depth: number): string {
    if (value === null) return '';
    if (depth > deepest) throw new UnwritableRequest('XML that nests too deeply');
    if (Array.isArray(value)) return value.map((item) => one(name, item, depth)).join('');
    return one(name, value, depth);
  }

  function one(name: string, value: Json, depth: number): string {
    if (value === null) return '';
    if (Array.isArray(value)) throw new UnwritableRequest('a list in a list has no place in XML');
    const content: JsonObject = isObject(value) ? value : { '#text': value };
    const tag = checked(name);
    const entries = Object.entries(content);
    const attributes = entries
      .filter(([key, inner]) => key.startsWith('@') && inner !== null)
      .map(([key, inner]) => ` ${checked(key.slice(1))}="${escaped(textOf(inner))}"`);
    const inside = entries
      .filter(([key]) => !key.startsWith('@'))
      .map(([key, inner]) => (key === '#text' ? textIn(inner) : element(key, inner, depth + 1)))
      .join('');
    const start = [tag, ...(depth === 0 ? declarations : []), ...attributes].join('');
    return inside === '' ? `<${start}/>` : `<${start}>${inside}</${tag}>`;
  }

  return (name, value) => element(name, value, 0);
}

function textIn(value: Json): string {
  return value === null ? '' : escaped(textOf(value));
}

function textOf(value: Json): string {
  const text = scalarText(value);
  if (text === undefined) {
    throw new UnwritableRequest('an attribute, and `#text`, is a text, a number or a boolean');
  }
  if (unwritable.test(text)) throw new UnwritableRequest('a text has a character that XML cannot hold');
  return text;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Written as they are, these would be read as other kinds of white space.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text as it stands between tags, or in an attribute between double quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character);
}
