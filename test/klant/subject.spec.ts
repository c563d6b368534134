import { expect } from 'chai';
import { complaints, leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { completeKlant, expectRefused, identifications } from './samples.ts';

const noUrls = ['geen url', 'www.example.nl', '/klanten/1', 'http://', 'mailto:a@example.nl', 'http://a b'];

describe('klant.subject: contract section 3.3', () => {
  const gateway = runningGateway();

  for (const subject of noUrls) {
    it(`"${subject}" earns two codes, in this order`, async () => {
      const url = urlIn(await gateway.post(leastKlant));
      for (const answer of [
        await gateway.post({ ...leastKlant, subject }),
        await gateway.put(url, { ...leastKlant, subject }),
        await gateway.patch(url, { subject }),
      ]) {
        expect(answer.status).to.equal(400);
        expect(complaints(answer)).to.deep.equal(['subject bad-url', 'subject invalid']);
      }
    });
  }

  it('of more than 1000 characters is too long, though it exists', async () => {
    const start = `${gateway.crm.url}/gba/personen/1?`;
    const longest = start + 'a'.repeat(1000 - start.length);
    const answer = await gateway.post({ ...leastKlant, subject: longest });
    expect(answer.body.subject, answer.text).to.equal(longest);
    expectRefused(await gateway.post({ ...leastKlant, subject: `${longest}a` }), 'subject max_length');
  });

  for (const [value, code] of [
    [null, 'null'],
    [true, 'invalid'],
    [{}, 'invalid'],
  ] as const) {
    it(`${JSON.stringify(value)} is ${code}, and not fetched`, async () => {
      expectRefused(await gateway.post({ ...leastKlant, subject: value }), `subject ${code}`);
    });
  }

  it('is trimmed before it is fetched', async () => {
    const subject = `${gateway.crm.url}/gba/personen/4`;
    const answer = await gateway.post({ ...leastKlant, subject: `  ${subject} ` });
    expect(answer.body.subject, answer.text).to.equal(subject);
  });

  it('blank or left out is not fetched', async () => {
    await gateway.crm.forget();
    await gateway.post({ ...leastKlant, subject: '' });
    await gateway.post(leastKlant);
    const paths = Object.keys(await gateway.crm.counts());
    expect(paths.filter((path) => path.startsWith('/gba'))).to.deep.equal([]);
  });
});

describe('a klant without subject and subjectIdentificatie', () => {
  describe('is allowed by default (ruling R3)', () => {
    const gateway = runningGateway();

    it('on create, and on every update', async () => {
      const created = await gateway.post({ ...leastKlant, subjectType: 'vestiging', subjectIdentificatie: {} });
      expect(created.status, created.text).to.equal(201);
      expect((await gateway.put(urlIn(created), leastKlant)).status).to.equal(200);
      expect((await gateway.patch(urlIn(created), { functie: 'gids' })).status).to.equal(200);
    });
  });

  describe('is refused with the rule switch subject-required (contract section 3.4)', () => {
    const gateway = runningGateway({ config: { rules: { 'subject-required': 'on' } } });
    const subject = () => `${gateway.crm.url}/gba/personen/5`;
    const subjectType = 'vestiging';
    const { vestiging } = identifications;

    for (const [what, given] of [
      ['nothing', {}],
      ['a blank subject', { subject: '' }],
      ['an empty object', { subjectType, subjectIdentificatie: {} }],
      ['null', { subjectType, subjectIdentificatie: null }],
      ['an identification without subjectType', { subjectIdentificatie: vestiging }],
    ] as const) {
      it(`when the body has ${what}`, async () => {
        expectRefused(await gateway.post({ ...leastKlant, ...given }), 'nonFieldErrors invalid-subject');
      });
    }

    it('but one of the two is enough, and so are both', async () => {
      for (const given of [
        { subject: subject() },
        { subjectType, subjectIdentificatie: vestiging },
        { subject: subject(), subjectType, subjectIdentificatie: vestiging },
      ])
        expect((await gateway.post({ ...leastKlant, ...given })).status).to.equal(201);
    });

    it('but what is stored counts on an update: PATCH { "subject": "" } passes', async () => {
      const url = urlIn(await gateway.post({ ...leastKlant, subject: subject() }));
      const answer = await gateway.patch(url, { subject: '' });
      expect([answer.status, answer.body.subject]).to.deep.equal([200, '']);
    });

    it('but a stored identification is enough for an update', async () => {
      const url = urlIn(await gateway.post(completeKlant('natuurlijk_persoon', '')));
      expect((await gateway.put(url, leastKlant)).status).to.equal(200);
    });

    it('also on an update, when nothing is stored either', async () => {
      const url = urlIn(await gateway.post({ ...leastKlant, subject: subject() }));
      await gateway.patch(url, { subject: '' });
      expectRefused(await gateway.patch(url, { functie: 'gids' }), 'nonFieldErrors invalid-subject');
      expect((await gateway.patch(url, { subject: subject() })).status).to.equal(200);
    });

    it('only after the fields are right', async () => {
      expectRefused(await gateway.post({ ...leastKlant, emailadres: 'x' }), 'emailadres invalid');
    });
  });
});
