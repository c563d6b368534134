import { expect } from 'chai';
import { results, runningGateway } from '../kit/gateway.ts';
import { narrowedFilters, otherFilters } from './filters.ts';
import { expectRefused } from './samples.ts';

/** A query with a value that its filter does not take, and the complaint, under the standard's own name. */
const refused: readonly (readonly [string, string])[] = [
  ['bronorganisatie=abc', 'bronorganisatie only-digits'],
  ['bronorganisatie=12345678', 'bronorganisatie invalid-length'],
  ['bronorganisatie=1234567820', 'bronorganisatie invalid-length'],
  ['bronorganisatie=123456789', 'bronorganisatie invalid'],
  ['subjectType=dier', 'subjectType invalid_choice'],
  ['subjectType=Vestiging', 'subjectType invalid_choice'],
  ['subject_type=dier', 'subjectType invalid_choice'],
  ['subject=geen-url', 'subject invalid'],
  ['subject=/klanten/1', 'subject invalid'],
  ['subject=http://', 'subject invalid'],
  ['achternaam=a%00b', 'achternaam null_characters_not_allowed'],
];

const names = [...narrowedFilters, ...otherFilters].map(({ spellings }) => spellings[0]);

describe('values of filters: contract section 1.5', function () {
  this.timeout(60_000);
  // A list of everything may take long on a machine that does more than this.
  const gateway = runningGateway({ config: { limits: { requestMs: 60_000 } } });
  let total = 0;

  before(async () => {
    total = Number((await gateway.get('/klanten')).body.count);
    expect(total).to.equal(1000);
  });

  for (const [query, complaint] of refused) {
    it(`?${query} is refused`, async () => {
      expectRefused(await gateway.get(`/klanten?${query}`), complaint);
    });
  }

  it('everything that is wrong is refused at once', async () => {
    expectRefused(
      await gateway.get('/klanten?bronorganisatie=1&subject=x&subjectType=y'),
      'bronorganisatie invalid-length',
      'subject invalid',
      'subjectType invalid_choice',
    );
  });

  it('a refused value costs no call of the CRM', async () => {
    await gateway.crm.forget();
    await gateway.get('/klanten?subjectType=dier');
    expect(await gateway.crm.total()).to.equal(0);
  });

  for (const name of ['subjectNatuurlijkPersoon__inpBsn', 'subjectNietNatuurlijkPersoon__innNnpId']) {
    it(`${name} is not held against the elfproef`, async () => {
      const answer = await gateway.get(`/klanten?${name}=123`);
      expect([answer.status, answer.body.count]).to.deep.equal([200, 0]);
    });
  }

  it('a subject is not fetched', async () => {
    await gateway.crm.forget();
    const answer = await gateway.get(`/klanten?subject=${gateway.crm.url}/gba/personen/7`);
    expect([answer.status, answer.body.count]).to.deep.equal([200, 0]);
    expect(Object.keys(await gateway.crm.counts()).filter((path) => path.startsWith('/gba'))).to.deep.equal(
      [],
    );
  });

  it('blank values are ignored, for each filter', async () => {
    const blanks = new URLSearchParams(
      names.map((name, index): [string, string] => [name, index % 2 === 0 ? '' : '  ']),
    );
    const answer = await gateway.get(`/klanten?${blanks.toString()}`);
    expect([answer.status, answer.body.count]).to.deep.equal([200, total]);
  });

  for (const query of [
    'subjectVestigingVestigingsNummer=1',
    'adres_straatnaam=Dam',
    'voornaam=Anna',
    'adres__huisnummer=1',
    'subjectNatuurlijkPersoon__innNnpId=1',
    'onbekend=1&pageSize=5&ordering=achternaam',
    '__proto__=1&constructor=2&toString=3',
    '=1&&=',
  ]) {
    it(`unknown parameters are ignored: ?${query}`, async () => {
      const answer = await gateway.get(`/klanten?${query}`);
      expect([answer.status, answer.body.count]).to.deep.equal([200, total]);
      expect(results(answer)).to.have.length(100);
    });
  }

  it('the last of a repeated parameter wins, whatever its spelling', async () => {
    const count = async (query: string) => Number((await gateway.get(`/klanten?${query}`)).body.count);
    const vestigingen = await count('subjectType=vestiging');
    expect(vestigingen).to.be.within(1, total - 1);
    expect(await count('subjectType=natuurlijk_persoon&subjectType=vestiging')).to.equal(vestigingen);
    expect(await count('subjectType=natuurlijk_persoon&subject_type=vestiging')).to.equal(vestigingen);
    expect(await count('subject_type=dier&subjectType=vestiging')).to.equal(vestigingen);
    expect(await count('subjectType=vestiging&subjectType=')).to.equal(total);
  });

  it('a plus sign is a blank and %2B a plus sign, as in any form', async () => {
    const telephone = '+31 6 55';
    const numbers = results(await gateway.get('/klanten')).map(({ telefoonnummer }) =>
      typeof telefoonnummer === 'string' ? telefoonnummer : '',
    );
    const withPlus = numbers.find((number) => number.startsWith(telephone)) ?? '';
    const value = encodeURIComponent(withPlus).replaceAll('%20', '+');
    expect(value).to.match(/^%2B31\+6\+55/);
    expect((await gateway.get(`/klanten?telefoonnummer=${value}`)).body.count).to.equal(1);
  });
});
