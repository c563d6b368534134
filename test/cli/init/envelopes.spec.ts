import { expect } from 'chai';
import type { Json, JsonObject } from '../../../src/json.ts';
import { type Made, made } from './made.ts';

const person = { id: 7, first_name: 'Zoë', last_name: 'Verzonnen' };

/** Makes a set of a list with something around it, and wants all seven examples of it to hold. */
async function madeOf(sample: Json, look: (made: Made) => void): Promise<void> {
  await made({ sample }, async (one) => {
    expect(one.code, one.error).to.equal(0);
    look(one);
    const { codes, check, test } = await one.checked();
    expect(codes, check + test).to.deep.equal([0, 0]);
    expect(test).to.contain('7 examples');
  });
}

function listFile({ files }: Made): string {
  return files.get('mappings/ours/klant.list.jsonata') ?? '';
}

describe('klantbrug init --sample, on what stands around records', function () {
  this.timeout(200_000);

  for (const [what, around, total, paging, query] of [
    [
      'a cursor',
      { results: [person], count: 81, nextCursor: 'b3Vycw' },
      'total: count',
      'paging: { by: cursor, size: 100, next: nextCursor }',
      '"cursor": cursor',
    ],
    [
      'a token that is null, because this is the last page',
      { value: [person], meta: { totalCount: 1, nextPageToken: null } },
      'total: meta.totalCount',
      'paging: { by: cursor, size: 100, next: meta.nextPageToken }',
      '"pageToken": cursor',
    ],
    [
      'the number of the page, and of records on it',
      { items: [person], total: 81, page: 1, pageSize: 20 },
      'total: total',
      'paging: { by: page, size: 20 }',
      '"page": page,\n    "pageSize": limit',
    ],
    [
      'a page with numbers from 0',
      { content: [person], totalElements: 81, number: 0, size: 25 },
      'total: totalElements',
      'paging: { by: page, size: 25 }',
      '"page": page - 1,\n    "size": limit',
    ],
    [
      'an offset',
      { people: [person], paging: { total: 81, offset: 0, limit: 50 } },
      'total: paging.total',
      'paging: { by: offset, size: 50 }',
      '"offset": offset,\n    "limit": limit',
    ],
    [
      'a link with the place and the size of the next page',
      { results: [person], count: 81, next: 'https://ours.test/v1/people?page=2&page_size=40' },
      'total: count',
      'paging: { by: page, size: 40 }',
      '"page": page,\n    "page_size": limit',
    ],
    [
      'a link in a link',
      { items: [person], _links: { next: { href: '/people?after=77' } } },
      '# Without `total`',
      'paging: { by: cursor, size: 100, next: _links.next.href }',
      '"query": cursor ? $urlQuery(cursor).query : {}',
    ],
  ] as const satisfies readonly (readonly [string, JsonObject, string, string, string])[]) {
    it(`guesses pages from ${what}`, () =>
      madeOf(around, (one) => {
        expect(one.mapping).to.contain(`      ${total}`).and.contain(`      ${paging}\n`);
        expect(one.mapping).to.match(/# Guessed from .* (?:in|of) the sample/);
        expect(listFile(one)).to.contain(query);
      }));
  }

  it('guesses the place of OData from its next link: host, path and names with a dot', () =>
    madeOf(
      {
        '@odata.count': 81,
        value: [person],
        '@odata.nextLink': 'https://ours.test/api/data/v9.2/contacts?$skiptoken=8',
      },
      (one) => {
        expect(one.mapping).to.contain(`records: value\n      total: '"@odata.count"'\n`);
        expect(one.mapping).to.contain(`next: '"@odata.nextLink"' }`);
        expect(one.config).to.contain('baseUrl: "https://ours.test/api/data/v9.2"');
        expect(listFile(one)).to.contain('"path": ["contacts"]').and.contain('$urlQuery(cursor)');
      },
    ));

  it('keeps no path with a number of somebody in it, nor a secret in a link', () =>
    madeOf(
      {
        items: [person],
        next: 'https://somebody:secret@ours.test/of/999990019/contacts?page=2&size=9&key=secret',
      },
      ({ files }) => {
        for (const text of files.values()) expect(text).not.to.match(/999990019|secret@|=secret|ours\.test/);
      },
    ));

  it('says that there is more than the sample has, where nothing tells how to ask for it', () =>
    madeOf({ items: [person], total: 81 }, ({ mapping }) => {
      expect(mapping).to.contain('# The sample has fewer records than it says that there are, and not how');
    }));

  it('takes one record out of what is around it, also beside something else, and says that its list is a guess', () =>
    madeOf({ data: person, meta: { took: 3 } }, ({ mapping, files }) => {
      expect(mapping).to.contain('      record: data\n').and.contain('id: data.id }]');
      expect(mapping).to.contain('# Guessed: the sample is one record, and no list.\n      records: data\n');
      expect(files.get('mappings/ours/examples/klant.create.new.yaml')).to.match(/^ +data:$/m);
    }));

  it('takes one record out of `data`, of which it has seen a list only', () =>
    madeOf({ data: [person], total: 1 }, ({ mapping }) => {
      expect(mapping).to.contain('      record: data\n').and.contain('      records: data\n');
    }));

  it('guesses the writes, and says that they are guesses', () =>
    madeOf([person], ({ mapping, files }) => {
      expect(mapping).to.match(/# Guessed: POST where the list is .*\n.*\n.*\n {4}create: /);
      expect(files.get('mappings/ours/klant.create.jsonata')).to.contain('"method": "POST"');
      expect(files.get('mappings/ours/klant.update.jsonata')).to.contain('"method": "PATCH"');
      expect(files.get('mappings/ours/klant.delete.jsonata')).to.contain('"method": "DELETE"');
      expect([...files.values()].join('\n')).not.to.match(/\bTODO\b/);
    }));
});
