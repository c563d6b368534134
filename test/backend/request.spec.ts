import { expect } from 'chai';
import fc from 'fast-check';
import { urlOf } from '../../src/backend/transport.ts';
import { MalformedRequest, readRequest } from '../../src/register/request.ts';

const base = 'https://crm.example/relbeheer';

describe('A request that a mapping builds', () => {
  it('is a GET without query, headers or body when it has only a path', () => {
    expect(readRequest({ path: ['a'] })).to.deep.equal({
      method: 'GET',
      path: ['a'],
      query: [],
      headers: {},
    });
  });

  it('keeps its method, and its body when the method has one', () => {
    const body = { RELATIE: { NAAM: null } };
    for (const method of ['POST', 'PUT', 'PATCH']) {
      expect(readRequest({ method, path: ['a'], body })).to.deep.include({ method, body });
    }
    for (const method of ['GET', 'DELETE']) {
      expect(readRequest({ method, path: ['a'], body })).not.to.have.property('body');
    }
  });

  it('takes a text for a fixed path, and a number for a segment', () => {
    expect(readRequest({ path: '/relaties/zoek/' }).path).to.deep.equal(['relaties', 'zoek']);
    expect(readRequest({ path: ['relaties', 100001] }).path).to.deep.equal(['relaties', '100001']);
  });

  it('leaves out query values that are absent, and repeats a parameter for a list', () => {
    const query = { a: null, b: ['1', null, 2], c: true, d: '', e: [] };
    expect(readRequest({ path: ['a'], query }).query).to.deep.equal([
      ['b', '1'],
      ['b', '2'],
      ['c', 'true'],
      ['d', ''],
    ]);
  });

  it('keeps plain headers, and leaves out absent ones', () => {
    expect(
      readRequest({ path: ['a'], headers: { 'X-A': 'b', 'X-C': 1, 'X-D': null } }).headers,
    ).to.deep.equal({
      'X-A': 'b',
      'X-C': '1',
    });
  });

  const malformed: Readonly<Record<string, unknown>> = {
    'a text': '/relaties',
    'a list': [],
    'without a path': { method: 'GET' },
    'with an unknown method': { method: 'TRACE', path: ['a'] },
    'with a method in lower case': { method: 'get', path: ['a'] },
    'with a path that is a number': { path: 1 },
    'with a segment that is absent': { path: ['relaties', null] },
    'with a segment that is blank': { path: ['relaties', ''] },
    'with a segment that is an object': { path: ['relaties', {}] },
    'with a segment .': { path: ['relaties', '.'] },
    'with a segment ..': { path: ['relaties', '..'] },
    'with .. in a text': { path: '/relaties/../beheer' },
    'with half a surrogate pair in a segment': { path: ['a\ud800'] },
    'with half a surrogate pair in the query': { path: ['a'], query: { a: '\udc00' } },
    'with a query that is a text': { path: ['a'], query: 'a=b' },
    'with an object in the query': { path: ['a'], query: { a: {} } },
    'with an object in a list in the query': { path: ['a'], query: { a: ['b', {}] } },
    'with headers that are a list': { path: ['a'], headers: ['a'] },
    'with a line break in a header': { path: ['a'], headers: { 'X-A': 'b\r\nX-C: d' } },
    'with a header that is not plain text': { path: ['a'], headers: { 'X-A': 'Müller' } },
    'with a header that is an object': { path: ['a'], headers: { 'X-A': {} } },
  };
  for (const [what, value] of Object.entries(malformed)) {
    it(`is refused ${what}`, () => {
      expect(() => readRequest(value)).to.throw(MalformedRequest);
    });
  }

  for (const name of [
    'Authorization',
    'connection',
    'Content-Length',
    'CONTENT-TYPE',
    'Cookie',
    'Host',
    'Proxy-Authorization',
    'TE',
    'Transfer-Encoding',
    'Upgrade',
  ]) {
    it(`is refused with the header ${name}, which is the gateway's own`, () => {
      expect(() => readRequest({ path: ['a'], headers: { [name]: 'b' } })).to.throw(MalformedRequest, name);
    });
  }

  for (const name of ['X A', 'X-A:', 'X\r\nA', '', 'Xé']) {
    it(`is refused with a header called ${JSON.stringify(name)}`, () => {
      expect(() => readRequest({ path: ['a'], headers: { [name]: 'b' } })).to.throw(MalformedRequest);
    });
  }

  it('is refused without quoting what it holds', () => {
    for (const value of [
      { path: ['999990019', '..'] },
      { method: '999990019', path: ['a'] },
      { path: ['a'], query: { a: { b: '999990019' } } },
      { path: ['a'], headers: { 'X-A': '999990019\n' } },
    ]) {
      expect(() => readRequest(value))
        .to.throw(MalformedRequest)
        .with.property('message')
        .that.does.not.contain('999990019');
    }
  });
});

describe('The URL of a request', () => {
  // Whole characters: half a surrogate pair cannot be written in a URL.
  const text = fc.string({ unit: 'binary' });
  const segment = text.filter((segment) => !['', '.', '..'].includes(segment));

  it('gives its segments and query back, whatever texts they are', () => {
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 5 }),
        fc.dictionary(text, fc.oneof(text, fc.array(text, { maxLength: 3 })), { maxKeys: 5 }),
        (path, query) => {
          const request = readRequest({ path, query });
          const url = new URL(urlOf(base, request));
          expect(url.origin).to.equal('https://crm.example');
          expect(url.hash).to.equal('');
          expect(url.username).to.equal('');
          expect(url.pathname.split('/').slice(2).map(decodeURIComponent)).to.deep.equal(path);
          const given = Object.entries(query).flatMap(([name, value]) =>
            [value].flat().map((one) => [name, one]),
          );
          expect([...url.searchParams]).to.deep.equal(given);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('stays under the base URL, whatever a segment tries', () => {
    for (const segment of [
      '../..',
      '..%2f',
      '%2e%2e',
      '//evil.example',
      '?a=b',
      '#a',
      '\\..',
      'http://evil.example',
      ' ..',
    ]) {
      const url = new URL(urlOf(base, readRequest({ path: ['relaties', segment] })));
      expect(url.href.startsWith(`${base}/relaties/`)).to.equal(true);
      expect(url.pathname.split('/')).to.have.length(4);
      expect(url.search + url.hash).to.equal('');
    }
  });
});
