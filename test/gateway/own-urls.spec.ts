import { expect } from 'chai';
import fc from 'fast-check';
import { ownUrls } from '../../src/gateway/own-urls.ts';
import { klant } from '../../src/resources/klant.ts';

const canonical = 'https://klantbrug.gemeente.example';
const further = [
  'http://klantbrug.intern.example:8080',
  'http://nlx.example/gemeente/klantbrug',
  'http://[::1]:80',
];
const bases = [canonical, ...further];
const path = '/klanten/api/v1';
const urls = ownUrls({ canonical, further }, new Map([['klanten', path]]), [klant]);

const someUuid = 'a2b7c1de-0000-4000-8000-000000000000';

const base = fc.constantFrom(...bases);

describe('own URLs', () => {
  it('lead back to what they were made of, under every base URL', () => {
    fc.assert(
      fc.property(base, fc.uuid(), (where, uuid) => {
        const url = urls.of(where, klant, uuid);
        expect(url).to.equal(`${where}${path}/klanten/${uuid}`);
        expect(urls.find(url)).to.deep.equal({ resource: 'klant', uuid });
      }),
    );
  });

  it('are found whatever the scheme, the letters of the host and an explicit default port', () => {
    const same = [
      'http://klantbrug.gemeente.example',
      'https://KLANTBRUG.Gemeente.example',
      'https://klantbrug.gemeente.example:443',
      'https://klantbrug.intern.example:8080',
    ];
    for (const where of same) {
      expect(urls.find(`${where}${path}/klanten/${someUuid}`), where).to.deep.equal({
        resource: 'klant',
        uuid: someUuid,
      });
    }
  });

  it('of our API that are no resource are ours all the same', () => {
    for (const place of ['/', '/klanten', '/anders/1', '/openapi.json']) {
      expect(urls.find(`${canonical}${path}${place}`), place).to.deep.equal({ resource: '', uuid: '' });
    }
  });

  it('are never found in a URL of another host, another port or another path', () => {
    fc.assert(
      fc.property(fc.domain(), fc.constantFrom('', ':8080', ':443'), (domain, port) => {
        expect(urls.find(`https://${domain}${port}${path}/klanten/${someUuid}`)).to.equal(undefined);
      }),
    );
    const foreign = [
      'https://klantbrug.gemeente.example.kwaad.example',
      'https://kwaad.example/klantbrug.gemeente.example',
      'https://klantbrug.gemeente.example@kwaad.example',
      'https://klantbrug.gemeente.example:8443',
      'http://klantbrug.intern.example',
      'http://nlx.example',
      'http://nlx.example/andere/klantbrug',
    ];
    for (const where of foreign) {
      expect(urls.find(`${where}${path}/klanten/${someUuid}`), where).to.equal(undefined);
    }
    expect(urls.find(`${canonical}/klanten/api/v2/klanten/1`)).to.equal(undefined);
  });

  it('are never found in what is no URL', () => {
    for (const text of ['', 'geen url', `${path}/klanten/1`, '//klantbrug.gemeente.example', 'https://']) {
      expect(urls.find(text), text).to.equal(undefined);
    }
  });

  it('are made for the base URL whose host was used, and for the canonical one otherwise (ruling R1)', () => {
    fc.assert(
      fc.property(base, (where) => {
        expect(urls.baseFor(new URL(where).host.toUpperCase())).to.equal(where);
      }),
    );
    for (const host of [undefined, '', 'kwaad.example', 'klantbrug.intern.example']) {
      expect(urls.baseFor(host), host).to.equal(canonical);
    }
  });
});
