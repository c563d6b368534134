import { expect } from 'chai';
import fc from 'fast-check';
import { readXml } from '../../../src/backend/encoding/xml-read.ts';
import { rewriteXml } from '../../../src/backend/encoding/xml-rewrite.ts';
import { writeXml } from '../../../src/backend/encoding/xml-write.ts';
import type { Json } from '../../../src/json.ts';

const read = (text: string) => readXml(text, { lists: [] });
const louder = (text: string): string => `${text}!`;

describe('a document with other texts in it', () => {
  it('has them between tags and in attributes, in one piece, and every name as it was', () => {
    const document = `<?xml version="1.0" encoding="ISO-8859-1"?>
<!-- of Jansen --><a:één xmlns:a="urn:a" xmlns="urn:b" soort="P">
  <naam>Jan<![CDATA[s & ]]>en&lt;</naam><leeg/><!-- of Pietersen --></a:één>`;
    expect(rewriteXml(document, louder)).to.equal(
      `<a:één xmlns:a="urn:a" xmlns="urn:b" soort="P!">\n  <naam>Jans &amp; en&lt;!</naam><leeg/></a:één>`,
    );
  });

  it('leaves alone what an attribute says of its element', () => {
    const document = `<a xmlns:x="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="http://www.egem.nl/StUF/StUF0301"><b x:nil="true" s:noValue="geenWaarde" s:soort="N"/></a>`;
    expect(rewriteXml(document, louder)).to.equal(document.replace('"N"', '"N!"'));
  });

  it('reads as the same when every text stays, whatever is in it', () => {
    const texts = fc
      .string({ unit: 'grapheme' })
      .filter((text) => /^[\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u.test(text));
    const bodies = fc.record({
      '@soort': texts,
      naam: fc.array(texts, { minLength: 2 }),
      adres: fc.record({ straat: texts }),
    });
    fc.assert(
      fc.property(bodies, (body) => {
        const document = writeXml({ persoon: body as Json }, {});
        expect(read(rewriteXml(document, (text) => text))).to.deep.equal(read(document));
      }),
    );
  });
});
