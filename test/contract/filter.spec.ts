import { expect } from 'chai';
import fc from 'fast-check';
import { type FilterValues, passes, readFilters, spelling } from '../../src/contract/filter.ts';
import type { Complaint } from '../../src/problem.ts';
import { klant } from '../../src/resources/klant.ts';
import { anyKlant } from '../klant/arbitrary.ts';
import { narrowedFilters, otherFilters } from '../klant/filters.ts';

const wanted = [...narrowedFilters, ...otherFilters];

function read(...query: [string, string][]): { values: FilterValues; complaints: string[] } {
  const complaints: Complaint[] = [];
  const values = readFilters(klant.filters, query, complaints);
  return { values, complaints: complaints.map(({ name, code }) => `${name} ${code}`) };
}

describe('filters of a list: contract section 1.5', () => {
  it('the declaration has those of the standard, and no others', () => {
    const names = wanted.map(({ spellings }) => spellings[0]);
    expect(Object.keys(klant.filters)).to.have.members(names);
  });

  for (const { spellings } of wanted.filter((filter) => filter.spellings.length > 1)) {
    it(`${spellings.join(', ')} are one filter`, () => {
      for (const name of spellings) expect(spelling(name)).to.equal(spelling(spellings[0]));
    });
  }

  it('no two filters are spelled alike', () => {
    const spelled = Object.keys(klant.filters).map(spelling);
    expect(new Set(spelled)).to.have.length(spelled.length);
  });

  it('one underscore is not two', () => {
    expect(spelling('adres_postcode')).not.to.equal(spelling('adres__postcode'));
    expect(read(['adres_postcode', 'x'], ['adres___postcode', 'x'], ['adres', 'x']).values).to.deep.equal({});
  });

  it('values are read under the name of the standard, trimmed, the last one of a name', () => {
    const { values } = read(['achternaam', 'a'], ['subject_type', ' vestiging '], ['achternaam', ' b ']);
    expect(values).to.deep.equal({ achternaam: 'b', subjectType: 'vestiging' });
  });

  it('a blank is not given, also as the last one of a name', () => {
    expect(read(['functie', '']).values).to.deep.equal({});
    expect(read(['functie', 'gids'], ['functie', '  ']).values).to.deep.equal({});
  });

  it('a blank is not complained about, for no filter', () => {
    const blanks = Object.keys(klant.filters).map((name): [string, string] => [name, '']);
    expect(read(...blanks)).to.deep.equal({ values: {}, complaints: [] });
  });

  it('unknown names are passed over, those of every object too', () => {
    const unknown = ['onbekend', '', '__proto__', 'constructor', 'toString', 'page'];
    expect(read(...unknown.map((name): [string, string] => [name, 'x'])).values).to.deep.equal({});
  });

  it('the values of a klant let it pass, and any other value does not', () => {
    fc.assert(
      fc.property(anyKlant(), fc.constantFrom(...wanted), (representation, { spellings, valueIn }) => {
        const value = valueIn(representation);
        if (typeof value !== 'string' || value === '') return;
        const answer = (given: string) => passes(klant.filters, { [spellings[0]]: given }, representation);
        expect([answer(value), answer(`${value}x`), answer('')]).to.deep.equal([true, false, false]);
      }),
    );
  });

  it('without filters everything passes', () => {
    fc.assert(
      fc.property(anyKlant(), (representation) => {
        expect(passes(klant.filters, {}, representation)).to.equal(true);
      }),
    );
  });

  it('all filters must let a klant pass', () => {
    const representation = { achternaam: 'Vries', functie: 'gids' };
    const answer = (values: FilterValues) => passes(klant.filters, values, representation);
    expect(answer({ achternaam: 'Vries', functie: 'gids' })).to.equal(true);
    expect(answer({ achternaam: 'Vries', functie: 'Gids' })).to.equal(false);
    expect(answer({ achternaam: 'vries', functie: 'gids' })).to.equal(false);
  });

  it('a filter of one kind of subject lets no other kind pass', () => {
    const subjectIdentificatie = { inpBsn: '123456782' };
    const answer = (subjectType: string | null) =>
      passes(
        klant.filters,
        { subjectNatuurlijkPersoon__inpBsn: '123456782' },
        { subjectType, subjectIdentificatie },
      );
    expect([answer('natuurlijk_persoon'), answer('vestiging'), answer(null)]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it('a filter that does not exist lets nothing pass', () => {
    expect(passes(klant.filters, { onbekend: 'x' }, { onbekend: 'x' })).to.equal(false);
  });
});
