import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { idCodec } from '../../src/mapping/ids.ts';
import { contactmomentenOf, nobody, spellings } from '../contactmomenten/contactmomenten.ts';
import { type Answer, complaints, runningGateway } from '../kit/gateway.ts';
import { webHost } from '../kit/web-host.ts';
import { closedPort, patience, registerFaults } from './registers.ts';

const plural = 'klantcontactmomenten';

describe('cm-004: valideren van een KLANT-CONTACTMOMENT relatie', () => {
  const elsewhere = webHost(({ url }, response) =>
    response.writeHead(url?.startsWith('/klanten/') ? 200 : 404).end('{}'),
  );
  const closed = closedPort();
  const gateway = runningGateway({
    config: (aroundUrl) => ({
      ...patience,
      urlChecks: {
        hosts: [
          { origin: elsewhere.origin, addresses: ['127.0.0.0/8'] },
          { origin: closed.origin, addresses: ['127.0.0.0/8'] },
        ],
      },
      registers: { zaken: { kind: 'overig', root: `${aroundUrl}/zaken/api/v1` } },
    }),
  });
  const contactmomenten = contactmomentenOf(gateway);
  let contactmoment = '';
  let klant = '';

  beforeEach(async () => {
    contactmoment = await contactmomenten.add();
    klant = await contactmomenten.addKlant();
  });

  const create = (fields: JsonObject = {}): Promise<Answer> =>
    contactmomenten.relate(plural, { contactmoment, klant, rol: 'gesprekspartner', ...fields });

  async function refused(fields: JsonObject, ...expected: string[]): Promise<void> {
    const answer = await create(fields);
    expect(answer.status, answer.text).to.equal(400);
    expect(complaints(answer)).to.deep.equal(expected);
    const found = await contactmomenten.list(`${plural}?contactmoment=${contactmoment}`);
    expect(found.body.count, 'of what was written').to.equal(0);
  }

  it('holds for a klant of ours and for one elsewhere, once in each rol', async () => {
    const klanten = [klant, `${elsewhere.origin}/klanten/1`];
    for (const one of klanten) {
      for (const rol of ['gesprekspartner', 'belanghebbende']) {
        const answer = await create({ klant: one, rol });
        expect(answer.status, answer.text).to.equal(201);
        expect(answer.body).to.include({ contactmoment, klant: one, rol });
      }
    }
  });

  describe('is broken', () => {
    it('by a contactmoment that never was, and by one that is no more', async () => {
      const list = contactmoment.replace(/[^/]+$/, '');
      await refused({ contactmoment: `${list}${nobody}` }, 'contactmoment does_not_exist');
      const gone = await contactmomenten.add();
      await gateway.delete(gone);
      await refused({ contactmoment: gone }, 'contactmoment does_not_exist');
    });

    it('by a klant of ours that never was, and by one that is no more', async () => {
      await refused({ klant: klant.replace(/[^/]+$/, nobody) }, 'klant bad-url');
      await gateway.delete(klant);
      await refused({}, 'klant bad-url');
    });

    it('by a klant elsewhere that is not there, whose host is down, or whose host is not configured', async () => {
      await refused({ klant: `${elsewhere.origin}/gone/1` }, 'klant bad-url');
      await refused({ klant: `${closed.origin}/klanten/1` }, 'klant bad-url');
      await refused({ klant: 'https://vreemd.example/klanten/1' }, 'klant bad-url');
    });

    for (const [what, fault] of Object.entries(registerFaults)) {
      it(`by a klant in a register that ${what}`, async () => {
        await gateway.around.fault({ ...fault, pad: '/zaken' });
        await refused({ klant: `${gateway.around.url}/zaken/api/v1/zaakverzoeken` }, 'klant bad-url');
      });
    }

    it('by an unknown rol, by nothing at all, and by several things at once', async () => {
      await refused({ rol: 'toehoorder' }, 'rol invalid_choice');
      const nothing = await contactmomenten.relate(plural, {});
      expect(complaints(nothing)).to.deep.equal(['contactmoment required', 'klant required', 'rol required']);
      await refused(
        { contactmoment: null, klant: null, rol: null },
        'contactmoment null',
        'klant null',
        'rol null',
      );
      await refused(
        { contactmoment: '', klant: '', rol: '' },
        'contactmoment null',
        'klant blank',
        'rol invalid_choice',
      );
      await refused({ klant: 'geen-url' }, 'klant bad-url', 'klant invalid');
    });
  });

  /** A klant of ours, and one of somebody else's, and where the demonstration's CRM keeps each. */
  const triples: Readonly<Record<string, () => JsonObject>> = {
    'a gesprekspartner of ours (a column of the activity)': () => ({}),
    'a belanghebbende of ours (a participant)': () => ({ rol: 'belanghebbende' }),
    'a gesprekspartner elsewhere (a participant by its URL)': () => ({
      klant: `${elsewhere.origin}/klanten/7`,
    }),
  };
  for (const [what, fields] of Object.entries(triples)) {
    it(`is broken by the same triple, under any of our names: ${what}`, async () => {
      expect((await create(fields())).status).to.equal(201);
      for (const spelled of spellings(contactmoment)) {
        const answer = await create({ ...fields(), contactmoment: spelled });
        expect(complaints(answer), spelled).to.deep.equal(['nonFieldErrors unique']);
      }
      for (const spelled of 'klant' in fields() ? [] : spellings(klant)) {
        const answer = await create({ ...fields(), klant: spelled });
        expect(complaints(answer), spelled).to.deep.equal(['nonFieldErrors unique']);
      }
    });

    it(`of fifty simultaneous creates exactly one is a 201: ${what}`, async function () {
      this.timeout(60_000);
      const names = spellings(contactmoment);
      // The first write takes long enough for all others to look meanwhile.
      for (const methode of ['POST', 'PUT'])
        await gateway.crm.fault({ soort: 'traag', ms: 1000, methode, aantal: 1 });
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          create({ ...fields(), contactmoment: names[index % names.length] ?? '' }),
        ),
      );
      const refusals = answers.filter(({ status }) => status === 400);
      expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
      expect(refusals).to.have.length(49);
      for (const refusal of refusals) expect(complaints(refusal)).to.deep.equal(['nonFieldErrors unique']);
      expect((await contactmomenten.list(`${plural}?contactmoment=${contactmoment}`)).body.count).to.equal(1);
    });
  }

  it('of fifty different klanten at the same time everybody gets a place, and one is the main contact', async function () {
    this.timeout(60_000);
    const klanten = Array.from({ length: 50 }, (_, index) => `${elsewhere.origin}/klanten/${index}`);
    klanten.splice(0, 2, klant, await contactmomenten.addKlant());
    const answers = await Promise.all(klanten.map((one) => create({ klant: one })));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(50).fill(201));
    const found = await contactmomenten.all(`${plural}?contactmoment=${contactmoment}`);
    expect(found.map((one) => one.klant)).to.have.members(klanten);
  });

  it('is broken by a main contact elsewhere whom the CRM has already', async () => {
    const elders = `${elsewhere.origin}/klanten/8`;
    const number = idCodec('integer', 'contactmoment').fromUuid(contactmoment.replace(/^.*\//, ''));
    await gateway.crm.call('PUT', `/relbeheer/activiteiten/${String(number)}`, {
      ACTIVITEIT: { HOOFDURL: elders },
    });
    const answer = await create({ klant: elders });
    expect(answer.status, answer.text).to.equal(400);
    expect(complaints(answer)).to.deep.equal(['nonFieldErrors unique']);
    expect((await create({ klant: elders, rol: 'belanghebbende' })).status).to.equal(201);
  });

  it('can be made again once it is deleted', async () => {
    const url = await contactmomenten.addRelation(plural, { contactmoment, klant, rol: 'gesprekspartner' });
    expect((await gateway.delete(url)).status).to.equal(204);
    expect((await create()).status).to.equal(201);
  });

  it('cannot be asked when the CRM does not answer: nothing is written', async () => {
    await gateway.crm.fault({ soort: 'fout', methode: 'GET', pad: '/relbeheer/deelnemers' });
    await gateway.crm.forget();
    const answer = await create({ rol: 'belanghebbende' });
    expect(answer.status, answer.text).to.be.within(500, 504);
    expect(await gateway.crm.counts()).not.to.include.keys('POST /relbeheer/deelnemers');
  });

  it('that a klant of ours cannot be asked for is a bad-url as well (R7)', async () => {
    await gateway.crm.fault({ soort: 'fout', methode: 'GET', pad: '/relbeheer/relaties' });
    await refused({}, 'klant bad-url');
  });
});

describe('cm-004, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-004': 'off' } } });
  const contactmomenten = contactmomentenOf(gateway);

  it('takes any klant, any number of times', async () => {
    const contactmoment = await contactmomenten.add();
    const body = { contactmoment, klant: 'https://vreemd.example/klanten/1', rol: 'gesprekspartner' };
    for (let time = 0; time < 2; time++) {
      const answer = await contactmomenten.relate(plural, body);
      expect(answer.status, answer.text).to.equal(201);
    }
    expect((await contactmomenten.list(`${plural}?contactmoment=${contactmoment}`)).body.count).to.equal(2);
  });
});
