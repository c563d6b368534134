import { SaxesParser, type SaxesAttributeNS } from 'saxes';
import { isAboutElement } from './xml-read.ts';
import { escaped } from './xml-write.ts';

/**
 * A document with other texts in it: what is between its tags, and in its attributes. Names, namespaces, and what
 * attributes say of the element itself (`xsi:nil`, `noValue`) stay. Comments are left out, and so is the declaration:
 * what comes out is to be written as UTF-8.
 *
 * @param text a document that `readXml` can read
 * @param change what comes in the place of a text; gets it with nothing encoded in it
 */
export function rewriteXml(text: string, change: (value: string) => string): string {
  const written: string[] = [];
  let between = '';
  const flush = (): void => {
    // White space between elements is layout.
    written.push(between.trim() === '' ? between : escaped(change(between)));
    between = '';
  };
  const gather = (piece: string): void => {
    between += piece;
  };
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('text', gather);
  parser.on('cdata', gather);
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    flush();
    const pairs = Object.values(attributes).map((attribute) => attributeText(attribute, change));
    written.push(`<${name}${pairs.join('')}${isSelfClosing ? '/' : ''}>`);
  });
  parser.on('closetag', ({ name, isSelfClosing }) => {
    flush();
    if (!isSelfClosing) written.push(`</${name}>`);
  });
  parser.write(text).close();
  return written.join('').trim();
}

function attributeText(attribute: SaxesAttributeNS, change: (value: string) => string): string {
  const { name, value } = attribute;
  return ` ${name}="${escaped(isAboutElement(attribute) ? value : change(value))}"`;
}
