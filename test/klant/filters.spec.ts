import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/json.ts';
import { leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { narrowedFilters, otherFilters, type WantedFilter } from './filters.ts';
import { completeKlant, nextKlantnummer, subjectTypes } from './samples.ts';

/** What is nearly the value: a search of a CRM finds these too, or finds more by them. */
const nearly: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => value.toUpperCase(),
  (value) => value.toLowerCase(),
  (value) => value.slice(0, 4),
  (value) => value.replaceAll(/[ -]/g, ''),
  (value) => value.normalize('NFD').replaceAll(/\p{M}/gu, ''),
  (value) => `${value}x`,
  (value) => `  ${value} `,
  (value) => value.replace(/^K0+/, ''),
];

describe('filters of klant_list: contract section 1.5', function () {
  this.timeout(60_000);
  // A list of everything may take long on a machine that does more than this.
  const gateway = runningGateway({ config: { limits: { requestMs: 60_000 } } });
  let klanten: JsonObject[] = [];

  before('read all klanten once', async () => {
    for (const subjectType of subjectTypes) {
      const subject = `${gateway.crm.url}/gba/personen/6`;
      expect((await gateway.post(completeKlant(subjectType, subject))).status).to.equal(201);
    }
    for (let page = 1; page <= 11; page++)
      klanten.push(...results(await gateway.get(`/klanten?page=${page}`)));
    expect(klanten).to.have.length(1003);
  });

  after(() => {
    klanten = [];
  });

  /** Demands that a query answers exactly the klanten that match, in their usual order, a page at a time. */
  async function expectMatches(query: string, matches: readonly JsonObject[]): Promise<void> {
    const pages = Math.max(1, Math.ceil(matches.length / 100));
    const last = await gateway.get(`/klanten?${query}&page=${pages}`);
    expect(last.status, last.text).to.equal(200);
    expect(last.body.count, query).to.equal(matches.length);
    expect(results(last)).to.deep.equal(matches.slice((pages - 1) * 100));
  }

  function matching({ valueIn }: WantedFilter, wanted: string): JsonObject[] {
    return klanten.filter((klant) => valueIn(klant) === wanted.trim());
  }

  /** The values that klanten have for a filter, without repetition. */
  function valuesOf({ valueIn }: WantedFilter): string[] {
    const values = klanten.map(valueIn).filter((value) => typeof value === 'string' && value !== '');
    return [...new Set(values as string[])];
  }

  for (const filter of [...narrowedFilters, ...otherFilters]) {
    for (const name of filter.spellings) {
      it(`${name} finds what has the value, and nothing else`, async () => {
        const value = valuesOf(filter).at(-1) ?? '';
        const matches = matching(filter, value);
        expect(matches).not.to.be.empty;
        await expectMatches(`${name}=${encodeURIComponent(value)}`, matches);
      });
    }
  }

  it('any filter in any spelling is exact and case-sensitive, whatever the CRM makes of the value', () => {
    // The words of subjectType are a closed list: filter-values.spec.ts. The two others look at half of the CRM.
    const open = narrowedFilters.filter(
      ({ spellings }) => !/subjectType|anpIdentificatie|annIdentificatie/.test(spellings[0]),
    );
    return fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...open),
        fc.nat(),
        fc.nat(),
        fc.constantFrom(...nearly),
        async (filter, spelled, chosen, distort) => {
          const values = valuesOf(filter);
          const wanted = distort(values[chosen % values.length] ?? '');
          const name = filter.spellings[spelled % filter.spellings.length] ?? '';
          await expectMatches(`${name}=${encodeURIComponent(wanted)}`, matching(filter, wanted));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('filters are ANDed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...narrowedFilters),
        fc.constantFrom(...narrowedFilters),
        fc.nat(999),
        async (one, other, index) => {
          const klant = klanten[index] ?? {};
          const given = [one, other].filter(
            ({ valueIn }) => ![undefined, null, ''].includes(valueIn(klant) as null),
          );
          const query = given.map(({ spellings, valueIn }): [string, string] => [
            spellings[0],
            String(valueIn(klant)),
          ]);
          if (query.length === 0) return;
          const matches = klanten.filter((each) =>
            given.every(({ valueIn }) => valueIn(each) === valueIn(klant)),
          );
          await expectMatches(new URLSearchParams(query).toString(), matches);
        },
      ),
      { numRuns: 10 },
    ));

  it('a surname in another case, without its diacritic or only begun finds nobody', async () => {
    const ofName = (name: string) => klanten.filter(({ achternaam }) => achternaam === name);
    for (const name of [
      'Müller',
      'Muller',
      'vries',
      'Vries',
      'müller',
      'VRIES',
      'Mülle',
      "O'Brien",
      'Null',
      'O',
    ])
      await expectMatches(`achternaam=${encodeURIComponent(name)}`, ofName(name));
    expect(ofName('Müller')).not.to.be.empty;
    expect(ofName('vries')).not.to.be.empty;
  });

  it('a number of one kind of subject does not find another kind', async () => {
    const number = 'SAME-1';
    const [person, organisation] = [
      urlIn(
        await gateway.post({
          ...leastKlant,
          subjectType: 'natuurlijk_persoon',
          subjectIdentificatie: { anpIdentificatie: number },
        }),
      ),
      urlIn(
        await gateway.post({
          ...leastKlant,
          subjectType: 'niet_natuurlijk_persoon',
          subjectIdentificatie: { annIdentificatie: number },
        }),
      ),
    ];
    const found = async (name: string) =>
      results(await gateway.get(`/klanten?${name}=${number}`)).map(({ url }) => url);
    expect(await found('subjectNatuurlijkPersoon__anpIdentificatie')).to.deep.equal([person]);
    expect(await found('subjectNietNatuurlijkPersoon__annIdentificatie')).to.deep.equal([organisation]);
    await gateway.delete(person);
    await gateway.delete(organisation);
  });

  it('a klant that was just changed is found by its new value and not by its old one', async () => {
    const klantnummer = nextKlantnummer();
    const url = urlIn(await gateway.post({ ...leastKlant, klantnummer, achternaam: 'Voorheen' }));
    const found = async (name: string) =>
      results(await gateway.get(`/klanten?achternaam=${name}`)).map((klant) => klant.url);
    expect(await found('Voorheen')).to.deep.equal([url]);
    await gateway.patch(url, { achternaam: 'Nadien' });
    expect([await found('Voorheen'), await found('Nadien')]).to.deep.equal([[], [url]]);
    await gateway.delete(url);
  });
});
