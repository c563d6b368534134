import { type Encoding, type Reading, type XmlSettings } from './encoding.ts';
import { refuseCalls } from './json.ts';
import { readXml } from './xml-read.ts';
import { textOfXml } from './xml-text.ts';
import { writeXml } from './xml-write.ts';

const usualType = 'application/xml';

/**
 * XML both ways.
 *
 * @param mediaType what bodies are called, and what answers may be
 */
export function xmlEncoding({ namespaces = {}, lists = [] }: XmlSettings, mediaType?: string): Encoding {
  const contentType = mediaType ?? `${usualType}; charset=utf-8`;
  return {
    accept: mediaType ?? `${usualType}, text/xml;q=0.9`,
    isText: true,
    isNumbered: false,
    write(content) {
      refuseCalls(content);
      if (content.body === undefined) return undefined;
      return { text: writeXml(content.body, namespaces), headers: { 'Content-Type': contentType } };
    },
    read(raw): Reading {
      if (raw.body.length === 0) return { value: undefined, whole: undefined };
      const text = textOfXml(raw);
      const value = text === undefined ? undefined : readXml(text, { lists });
      return { value, whole: value, ...(value ? {} : { unreadable: 'not-xml' }) };
    },
  };
}
