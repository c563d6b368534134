import { expect } from 'chai';
import { isObject } from '../../src/json.ts';
import { complaints, leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { completeKlant, expectRefused, nextKlantnummer } from './samples.ts';

const wrongIdentification = { inpBsn: '1', verblijfsadres: { aoaHuisnummer: 'x' } };
const wrongInside = [
  'subjectIdentificatie.inpBsn invalid-length',
  'subjectIdentificatie.verblijfsadres.aoaIdentificatie required',
  'subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam required',
  'subjectIdentificatie.verblijfsadres.aoaHuisnummer invalid',
];

describe('validation in phases: contract section 3.1', () => {
  const gateway = runningGateway();
  const person = { subjectType: 'natuurlijk_persoon', subjectIdentificatie: wrongIdentification };

  it('all errors of the first phase come together, adres included', async () => {
    const answer = await gateway.post({
      bronorganisatie: '123',
      telefoonnummer: 'x'.repeat(21),
      emailadres: 'x',
      adres: { huisnummer: -1, landcode: 'abcde' },
      subject: `${gateway.crm.url}/gba/personen/99`,
      subjectType: 'dier',
    });
    expectRefused(
      answer,
      'bronorganisatie invalid-length',
      'websiteUrl required',
      'telefoonnummer max_length',
      'emailadres invalid',
      'adres.huisnummer min_value',
      'adres.landcode max_length',
      'subject bad-url',
      'subjectType invalid_choice',
    );
  });

  it('errors have a name, a code and a reason for people, in the order of the fields', async () => {
    const answer = await gateway.post({ emailadres: 'x', adres: 7 });
    expect(complaints(answer)).to.deep.equal([
      'bronorganisatie required',
      'websiteUrl required',
      'emailadres invalid',
      'adres.nonFieldErrors invalid',
    ]);
    for (const item of answer.body.invalidParams as object[]) {
      expect(Object.keys(item)).to.deep.equal(['name', 'code', 'reason']);
      expect(isObject(item) && item.reason)
        .to.be.a('string')
        .and.not.equal('');
    }
  });

  it('no body is a body without the required fields', async () => {
    expectRefused(await gateway.post(''), 'bronorganisatie required', 'websiteUrl required');
  });

  it('nested errors come when all top-level fields are valid', async () => {
    expectRefused(await gateway.post({ ...leastKlant, ...person }), ...wrongInside);
  });

  for (const [what, wrong, complaint] of [
    ['a field', { functie: null }, 'functie null'],
    ['the adres', { adres: { huisletter: 'ab' } }, 'adres.huisletter max_length'],
    ['a required field', { websiteUrl: '' }, 'websiteUrl blank'],
  ] as const) {
    it(`nested errors wait while ${what} is wrong`, async () => {
      expectRefused(await gateway.post({ ...leastKlant, ...person, ...wrong }), complaint);
    });
  }

  it('nested errors wait while the subject cannot be fetched', async () => {
    const subject = `${gateway.crm.url}/gba/personen/99`;
    expectRefused(await gateway.post({ ...leastKlant, ...person, subject }), 'subject bad-url');
  });

  it('nested errors wait while subjectType may not change', async () => {
    const url = urlIn(await gateway.post(completeKlant('vestiging', '')));
    expectRefused(await gateway.patch(url, person), 'subjectType wijzigen-niet-toegelaten');
  });

  it('the pair of kla-001 is looked at when all fields are valid, nested ones included', async () => {
    const klantnummer = nextKlantnummer();
    await gateway.post({ ...leastKlant, klantnummer });
    expectRefused(await gateway.post({ ...leastKlant, klantnummer, functie: true }), 'functie invalid');
    expectRefused(await gateway.post({ ...leastKlant, klantnummer, ...person }), ...wrongInside);
    expectRefused(await gateway.post({ ...leastKlant, klantnummer }), 'nonFieldErrors unique');
  });
});
