import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { RawAnswer } from '../wire.ts';

/**
 * The encodings of text that are read, by the names that documents and headers give them. Who says Latin-1 often means
 * Windows-1252, which has the euro sign and curly quotes where Latin-1 has control characters.
 */
const decoders: Readonly<Record<string, (body: Buffer) => string>> = {
  'utf-8': strictly('utf-8'),
  'us-ascii': strictly('utf-8'),
  'utf-16': strictly('utf-16le'),
  'utf-16le': strictly('utf-16le'),
  'utf-16be': strictly('utf-16be'),
  'iso-8859-1': byTable('windows-1252'),
  'iso-8859-15': byTable('iso-8859-15'),
  'windows-1252': byTable('windows-1252'),
};

/** What stands in for bytes that mean nothing. */
const unknownCharacter = '\ufffd';

/** Longer than any declaration of XML. */
const declarationBytes = 200;

/**
 * The text of a document. In which encoding it is, its first bytes say, or else the Content-Type, or else its own
 * declaration; UTF-8 when none does. Undefined when it is in none that we know, or not really in the one it says.
 */
export function textOfXml({ body, headers }: Pick<RawAnswer, 'body' | 'headers'>): string | undefined {
  const name = byMark(body) ?? byContentType(headers['content-type'] ?? '') ?? byDeclaration(body) ?? 'utf-8';
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (!decode) return undefined;
  if (name === 'utf-8' && !isUtf8(body)) return undefined;
  try {
    return decode(body);
  } catch {
    return undefined;
  }
}

/** A decoder of Unicode, which throws for bytes that are none. */
function strictly(encoding: string): (body: Buffer) => string {
  return (body) => new TextDecoder(encoding, { fatal: true }).decode(body);
}

/**
 * A decoder of an encoding of one byte a character, which throws for bytes that it has no character for. Not Node's own:
 * that of Node 20 takes Windows-1252 for Latin-1, and makes the euro sign a control character.
 */
function byTable(encoding: string): (body: Buffer) => string {
  return (body) => {
    const text = iconv.decode(body, encoding);
    if (text.includes(unknownCharacter)) throw new TypeError(`The text is not in ${encoding}.`);
    return text;
  };
}

/** A byte order mark, which the decoder takes off. */
function byMark(body: Buffer): string | undefined {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  return body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : undefined;
}

function byContentType(type: string): string | undefined {
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1]?.toLowerCase();
}

function byDeclaration(body: Buffer): string | undefined {
  const start = body.subarray(0, declarationBytes).toString('latin1');
  return /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']/.exec(start)?.[1]?.toLowerCase();
}
