import { expect } from 'chai';
import fc from 'fast-check';
import { complaints, leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { personal, staysHarmless } from './harmless.ts';
import { expectProblem } from './problem.ts';

describe('The query of a list (contract, section 1.5)', () => {
  const gateway = runningGateway();
  const ours = { ...leastKlant, klantnummer: 'Q-1', achternaam: 'Vraagteken', bedrijfsnaam: 'Zoeker' };
  const alike = { ...leastKlant, klantnummer: 'Q-2', achternaam: 'vraagteken', bedrijfsnaam: 'Zoeker' };
  let url = '';

  before(async () => {
    url = urlIn(await gateway.post(ours));
    await gateway.post(alike);
  });

  /** The klantnummers that a query finds; most find nothing but these two. */
  async function found(query: string): Promise<unknown[]> {
    const answer = await gateway.get(`/klanten?${query}`);
    expect(answer.status, answer.text).to.equal(200);
    return results(answer).map(({ klantnummer }) => klantnummer);
  }

  describe('filters', () => {
    it('are exact and case-sensitive', async () => {
      expect(await found('achternaam=Vraagteken')).to.deep.equal(['Q-1']);
      expect(await found('achternaam=vraagteken')).to.deep.equal(['Q-2']);
      expect(await found('achternaam=Vraagteke')).to.deep.equal([]);
    });

    it('must all be met', async () => {
      expect(await found('bedrijfsnaam=Zoeker')).to.deep.equal(['Q-1', 'Q-2']);
      expect(await found('bedrijfsnaam=Zoeker&klantnummer=Q-2')).to.deep.equal(['Q-2']);
      expect(await found('bedrijfsnaam=Anders&klantnummer=Q-2')).to.deep.equal([]);
    });

    it('of the same name: the last one counts', async () => {
      expect(await found('klantnummer=Q-1&klantnummer=Q-2')).to.deep.equal(['Q-2']);
      expect(await found('klantnummer=Q-2&klantnummer=Q-1')).to.deep.equal(['Q-1']);
      expect(await found('bronorganisatie=onzin&klantnummer=Q-1&bronorganisatie=123456782')).to.deep.equal([
        'Q-1',
      ]);
    });

    it('of the same name count once, however each is spelled', async () => {
      expect(await found('bronorganisatie=onzin&bron_organisatie=123456782&klantnummer=Q-1')).to.deep.equal([
        'Q-1',
      ]);
    });

    it('are trimmed', async () => {
      expect(await found('klantnummer=%20Q-1%20')).to.deep.equal(['Q-1']);
    });

    for (const name of ['functie', 'bronorganisatie', 'subjectType', 'subject', 'adres__postcode']) {
      it(`that are blank are ignored: ${name}`, async () => {
        expect(await found(`klantnummer=Q-1&${name}=`)).to.deep.equal(['Q-1']);
        expect(await found(`klantnummer=Q-1&${name}=%20`)).to.deep.equal(['Q-1']);
        expect(await found(`klantnummer=Q-1&${name}`)).to.deep.equal(['Q-1']);
      });
    }

    it('on numbers of a subject are not checked, only compared', async () => {
      for (const name of [
        'subjectNatuurlijkPersoon__inpBsn',
        'subjectNatuurlijkPersoon__inpA_nummer',
        'subjectNietNatuurlijkPersoon__innNnpId',
        'subjectVestiging__vestigingsNummer',
      ]) {
        expect(await found(`${name}=123&klantnummer=Q-1`), name).to.deep.equal([]);
      }
    });
  });

  describe('after two question marks', () => {
    // An unrecognised first filter would show everybody.
    for (const marks of ['??', '???']) {
      it(`filters as after one: ${marks}`, async () => {
        const answer = await gateway.get(`/klanten${marks}klantnummer=Q-1`);
        expect(results(answer).map((klant) => klant.url)).to.deep.equal([url]);
        expect(answer.body.count).to.equal(1);
      });

      it(`refuses what it refuses after one: ${marks}`, async () => {
        const answer = await gateway.get(`/klanten${marks}bronorganisatie=abc`);
        expect(complaints(answer)).to.deep.equal(['bronorganisatie only-digits']);
        expect((await gateway.get(`/klanten${marks}page=0`)).status).to.equal(404);
      });
    }
  });

  describe('names', () => {
    const spellings = [
      'subject_natuurlijkPersoon__inpBsn',
      'subject_natuurlijk_persoon__inp_bsn',
      'subject_natuurlijkPersoon__inpANummer',
      'subjectNatuurlijkPersoon__inpANummer',
      'subjectNatuurlijkPersoon__inpA_nummer',
      'subject_natuurlijk_persoon__inp_a_nummer',
      'subject_nietNatuurlijkPersoon__innNnpId',
      'subject_vestiging__vestigingsNummer',
      'adres__woonplaats_naam',
      'adres__woonplaatsNaam',
    ];
    for (const name of spellings) {
      it(`in another spelling filter as well: ${name}`, async () => {
        expect(await found(`klantnummer=Q-1&${name}=bestaat-niet`)).to.deep.equal([]);
      });
    }

    it('in another spelling are called what the standard calls them', async () => {
      expect(complaints(await gateway.get('/klanten?subject_type=burger'))).to.deep.equal([
        'subjectType invalid_choice',
      ]);
    });

    const unknown = [
      'subjectVestigingVestigingsNummer',
      'achternaam__icontains',
      'ordering',
      'id',
      'constructor',
      '__proto__',
      'toString',
      '',
    ];
    for (const name of unknown) {
      it(`that are unknown are ignored: ${name}`, async () => {
        expect(await found(`klantnummer=Q-1&${name}=bestaat-niet`)).to.deep.equal(['Q-1']);
      });
    }

    it('are ignored on a detail, whatever they hold', async () => {
      const answer = await gateway.get(`${klantPath(100_001)}?bronorganisatie=abc&page=0&onbekend=1`);
      expect(answer.status).to.equal(200);
    });
  });

  describe('values that cannot be', () => {
    staysHarmless(gateway);

    const { email, name } = personal;
    for (const [query, complaint] of [
      ['bronorganisatie=12345678a', 'bronorganisatie only-digits'],
      [`bronorganisatie=${name}`, 'bronorganisatie only-digits'],
      ['bronorganisatie=%2D12345678', 'bronorganisatie only-digits'],
      [
        'bronorganisatie=%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7%D9%A8%D9%A2',
        'bronorganisatie only-digits',
      ],
      ['bronorganisatie=12345678', 'bronorganisatie invalid-length'],
      ['bronorganisatie=1234567820', 'bronorganisatie invalid-length'],
      ['bronorganisatie=123456789', 'bronorganisatie invalid'],
      ['subjectType=burger', 'subjectType invalid_choice'],
      ['subjectType=Natuurlijk_Persoon', 'subjectType invalid_choice'],
      ['subjectType=natuurlijk_persoon,vestiging', 'subjectType invalid_choice'],
      ['subjectType=constructor', 'subjectType invalid_choice'],
      [`subject=${email}`, 'subject invalid'],
      ['subject=/personen/1', 'subject invalid'],
      ['subject=www.gemeente.example', 'subject invalid'],
      ['subject=http://', 'subject invalid'],
      ['subject=http://a%20b.example', 'subject invalid'],
      ['subject=javascript:alert(1)', 'subject invalid'],
      ['achternaam=a%00b', 'achternaam null_characters_not_allowed'],
      ['adres__postcode=%00', 'adres__postcode null_characters_not_allowed'],
      [
        'subjectNatuurlijkPersoon__inpBsn=1%002',
        'subjectNatuurlijkPersoon__inpBsn null_characters_not_allowed',
      ],
    ] as const) {
      it(`are refused without asking the CRM: ${query}`, async () => {
        const answer = await gateway.get(`/klanten?${query}`);
        expectProblem(answer, 'ValidationError');
        expect(complaints(answer)).to.deep.equal([complaint]);
        expect(await gateway.crm.total()).to.equal(0);
      });
    }

    it('are all named at once', async () => {
      const answer = await gateway.get('/klanten?subject=x&subjectType=y&bronorganisatie=1&achternaam=%00');
      expect(complaints(answer)).to.have.members([
        'bronorganisatie invalid-length',
        'subjectType invalid_choice',
        'subject invalid',
        'achternaam null_characters_not_allowed',
      ]);
    });
  });

  describe('any text at all', () => {
    staysHarmless(gateway);

    it('is an answer, never an error of ours', async () => {
      const anyText = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('#', ''));
      await fc.assert(
        fc.asyncProperty(anyText, async (text) => {
          // The number keeps the list short; an encoded and a raw text are read differently.
          for (const query of [encodeURIComponent(text), encodeURI(text)]) {
            const { status } = await gateway.get(`/klanten?klantnummer=Q-1&${query}`);
            expect(status, query).to.be.oneOf([200, 400, 404]);
          }
        }),
        { numRuns: 25 },
      );
    });

    for (const query of ['%', '%zz', '%E0%A4%A', '%C3', '&&&==&', 'achternaam=%FF%FE', '%00=1']) {
      it(`is an answer, when its encoding is broken: ${query}`, async () => {
        expect((await gateway.get(`/klanten?klantnummer=Q-1&${query}`)).status).to.equal(200);
      });
    }
  });
});
