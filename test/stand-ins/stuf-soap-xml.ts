import { SaxesParser } from 'saxes';

/** The namespaces that this CRM knows, by the prefixes that its own answers have. */
export const namespaces = {
  env: 'http://schemas.xmlsoap.org/soap/envelope/',
  ns1: 'http://www.egem.nl/StUF/StUF0301',
  ns2: 'http://www.egem.nl/StUF/sector/bg/0310',
  kcc: 'http://kcc.example/berichten/2',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
} as const;

export type Prefix = keyof typeof namespaces;

/** An element with everything in it. Attributes go by their local names. */
export interface Element {
  readonly prefix: Prefix;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

/** An element of our own making. */
export function element(
  name: `${Prefix}:${string}`,
  inside: string | readonly Element[] = [],
  attributes: Readonly<Record<string, string>> = {},
): Element {
  const [prefix = '', local = ''] = name.split(':');
  const isText = typeof inside === 'string';
  return {
    prefix: prefixOf(namespaces[prefix as Prefix]),
    name: local,
    attributes,
    children: isText ? [] : inside,
    text: isText ? inside : '',
  };
}

/** StUF's way of saying that there is nothing. */
export function noValue(name: `${Prefix}:${string}`): Element {
  return element(name, [], { 'ns1:noValue': 'geenWaarde', 'xsi:nil': 'true' });
}

/** Whether somebody says that there is nothing. */
export function isNoValue({ attributes }: Element): boolean {
  return attributes.noValue !== undefined || attributes['ns1:noValue'] !== undefined;
}

/** The first of this name in it. */
export function child(parent: Element | undefined, name: string): Element | undefined {
  return parent?.children.find((one) => one.name === name);
}

/** Its text; "" when it is not there. */
export function textIn(parent: Element | undefined, ...path: readonly string[]): string {
  return path.reduce<Element | undefined>(child, parent)?.text ?? '';
}

/** @throws Error for what is no XML, or has an element of a namespace that this CRM does not know */
export function readElements(text: string): Element {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: {
    name: string;
    prefix: Prefix;
    attributes: Record<string, string>;
    children: Element[];
    text: string;
  }[] = [];
  let root: Element | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const values = Object.values(attributes).map(({ local: name, value }): [string, string] => [name, value]);
    open.push({
      name: local,
      prefix: prefixOf(uri),
      attributes: Object.fromEntries(values),
      children: [],
      text: '',
    });
  });
  parser.on('text', (piece) => {
    const here = open.at(-1);
    if (here) here.text += piece;
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) return;
    const parent = open.at(-1);
    if (parent) parent.children.push(closed);
    else root = closed;
  });
  parser.write(text).close();
  if (!root) throw new Error('no element');
  return root;
}

function prefixOf(uri: string): Prefix {
  const found = Object.entries(namespaces).find(([, known]) => known === uri);
  if (!found && !uri.endsWith('-wssecurity-utility-1.0.xsd')) throw new Error(`unknown namespace ${uri}`);
  return (found?.[0] ?? 'wsse') as Prefix;
}

/** The text of an envelope with this in its body. */
export function envelope(content: Element): string {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
  const whole = written(content);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope${declared.join('')}><env:Body>${whole}</env:Body></env:Envelope>`;
}

function written({ prefix, name, attributes, children, text }: Element): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inside = children.length > 0 ? children.map(written).join('\n') : escaped(text);
  return `<${prefix}:${name}${given.join('')}>${inside}</${prefix}:${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
