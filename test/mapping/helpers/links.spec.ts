import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, failureOf } from './evaluate.ts';

describe('$urlQuery', () => {
  it('takes a next link of OData apart', async () => {
    const next =
      'https://crm.example/api/data/v9.2/contacts?$filter=name%20eq%20%27a%26b%27&$skiptoken=%3Ccookie%20x%3D%221%22%3E';
    expect(await evaluate('$urlQuery(next)', { next })).to.deep.equal({
      path: ['api', 'data', 'v9.2', 'contacts'],
      query: { $filter: "name eq 'a&b'", $skiptoken: '<cookie x="1">' },
    });
  });

  it('takes a path alone apart', async () => {
    expect(await evaluate('$urlQuery("/services/data/v58.0/query/01gD0-2000").path')).to.deep.equal([
      'services',
      'data',
      'v58.0',
      'query',
      '01gD0-2000',
    ]);
    expect(await evaluate('$urlQuery("a%2Fb/c").path')).to.deep.equal(['a/b', 'c']);
  });

  it('makes a list of a parameter that is there more than once', async () => {
    expect(await evaluate('$urlQuery("?a=1&b=2&a=").query')).to.deep.equal({ a: ['1', ''], b: '2' });
  });

  it('makes nothing of nothing, and fails for what is no link', async () => {
    expect(await evaluate('[$urlQuery(null), $urlQuery(""), $urlQuery(missing)]')).to.deep.equal([]);
    for (const bad of ['https://', '/a%', 'x/%ff']) {
      expect(await failureOf('$urlQuery(bad)', { bad })).to.equal('K0008');
    }
    expect(await failureOf('$urlQuery(1)')).to.equal('K0008');
  });

  it('gives back every parameter', async () => {
    const word = fc
      .string({ unit: 'grapheme' })
      .filter((text) => text.isWellFormed() && text !== '__proto__');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(word, word), async (query) => {
        const given = { ...query };
        const next = `https://crm.example/x?${new URLSearchParams(given).toString()}`;
        expect(await evaluate('$urlQuery(next).query', { next })).to.deep.equal(given);
      }),
      { numRuns: 100 },
    );
  });
});
