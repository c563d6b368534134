import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Complaint } from '../../src/problem.ts';
import { urlSyntax } from '../../src/contract/text.ts';
import { parseUrl } from '../../src/url.ts';

describe('A URL out of text', () => {
  // What Node 20's own URL.canParse gets wrong once it is compiled.
  it('is still one with letters beyond ASCII when it has been read ten thousand times', () => {
    const text = JSON.parse('"https://bürgermeister.example"') as string;
    const hosts = Array.from({ length: 10_000 }, () => parseUrl(text)?.host);
    expect(new Set(hosts)).to.deep.equal(new Set(['xn--brgermeister-dlb.example']));
  });

  it('is read against a base, and undefined when it is none', () => {
    expect(parseUrl('/b', new URL('https://a.example/c'))?.href).to.equal('https://a.example/b');
    expect(parseUrl('geen url')).to.equal(undefined);
  });
});

describe('The syntax of a URL', () => {
  const isTaken = (value: string): boolean => {
    const complaints: Complaint[] = [];
    urlSyntax(value, { name: 'websiteUrl', complaints });
    return complaints.length === 0;
  };
  const pieces = fc.oneof(
    fc.constantFrom(
      'http://',
      'https://',
      'HTTPS://',
      'ftp://',
      '//',
      'www',
      'gemeente',
      'example',
      'nl',
      'xn--',
    ),
    fc.constantFrom(
      '.',
      '..',
      '-',
      ':',
      '80',
      '99999',
      '0x7f',
      '256',
      '/',
      '?',
      '#',
      '@',
      '%',
      '%zz',
      '[',
      ']',
      '\\',
    ),
    fc.constantFrom(' ', '\t', '\0', '\u00ad', 'ü', '😀', 'XN--', '<', '|', '^'),
    fc.string({ maxLength: 3 }),
  );
  const labels = fc.constantFrom('xn--', 'XN--', 'a', 'nl', '9', '0', '-', '.', 'ü');
  const texts = fc.oneof(
    fc.array(labels, { maxLength: 6 }).map((all) => `https://${all.join('')}.nl/`),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.array(pieces, { maxLength: 9 }).map((all) => all.join('')),
    fc.array(pieces, { maxLength: 7 }).map((all) => `https://www.${all.join('')}`),
  );

  it('is that of an absolute web address without white space, which can be taken apart', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const isWeb = /^(https?|ftps?):\/\/[^\s/?#]/i.test(text) && !/\s/.test(text);
        expect(isTaken(text), text).to.equal(isWeb && parseUrl(text) !== undefined);
      }),
      { numRuns: 3000 },
    );
  });
});
