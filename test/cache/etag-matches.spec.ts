import { expect } from 'chai';
import fc from 'fast-check';
import { etagOf, matches } from '../../src/api/etag.ts';

/** RFC 9110, section 8.8.3: what may be between the quotes; a comma may, a blank may not. */
const tagCharacter = fc.integer({ min: 0x21, max: 0x7e }).filter((code) => code !== 0x22);
const tag = fc.array(tagCharacter, { maxLength: 12 }).map((codes) => `"${String.fromCharCode(...codes)}"`);
const blanks = fc.constantFrom('', ' ', '\t', '  ');
const sent = fc.record({ tag, weak: fc.boolean(), before: blanks, after: blanks });

function headerOf(tags: readonly { tag: string; weak: boolean; before: string; after: string }[]): string {
  return tags.map(({ tag, weak, before, after }) => `${before}${weak ? 'W/' : ''}${tag}${after}`).join(',');
}

describe('If-None-Match is read as RFC 9110, section 13.1.2 writes it', () => {
  it('holds for exactly the tags in it, weak or not, whatever blanks and commas there are', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 5 }), tag, (tags, etag) => {
        expect(matches(headerOf(tags), etag)).to.equal(tags.some((one) => one.tag === etag));
      }),
      { numRuns: 500 },
    );
  });

  it('finds each tag that was put in', () => {
    fc.assert(
      fc.property(fc.array(sent, { minLength: 1, maxLength: 5 }), fc.nat(), (tags, chosen) => {
        expect(matches(headerOf(tags), tags[chosen % tags.length]?.tag ?? '')).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a comma between quotes for part of the tag', () => {
    expect(matches('"a,b"', '"a,b"')).to.equal(true);
    expect(matches('"a,b"', '"a"')).to.equal(false);
    expect(matches('"a,","b"', '"b"')).to.equal(true);
  });

  it('holds for every tag when it is *', () => {
    expect(matches('*', '"a"')).to.equal(true);
    expect(matches(' * ', '"a"')).to.equal(true);
  });

  it('holds for none when it is a tag that reads *', () => {
    expect(matches('"*"', '"a"')).to.equal(false);
  });

  it('says nothing when it is empty', () => {
    expect(matches('', '"a"')).to.equal(false);
    expect(matches(' ', '"a"')).to.equal(false);
  });

  it('holds for no tag without quotes', () => {
    expect(matches('a', '"a"')).to.equal(false);
  });
});

describe('An ETag', () => {
  it('is strong and opaque: quoted, without W/, of one length', () => {
    fc.assert(
      fc.property(fc.string(), (body) => {
        expect(etagOf(body)).to.match(/^"[0-9a-f]{32}"$/);
      }),
    );
  });

  it('is the same for the same text, and another for another', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(etagOf(one) === etagOf(other)).to.equal(one === other);
      }),
    );
  });
});
