import { expect } from 'chai';
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
