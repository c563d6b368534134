import { expect } from 'chai';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import type { JsonObject } from '../../src/json.ts';
import { contactmomentenOf, nobody, spellings } from '../contactmomenten/contactmomenten.ts';
import { type Answer, complaints, runningGateway } from '../kit/gateway.ts';
import { webHost } from '../kit/web-host.ts';
import { closedPort, patience, registerFaults } from './registers.ts';

const plural = 'objectcontactmomenten';

/** What the standard requires of whoever makes a zaak. */
const leastZaak = {
  bronorganisatie: '123456782',
  zaaktype: 'https://catalogi.example/zaaktypen/1',
  verantwoordelijkeOrganisatie: '123456782',
  startdatum: '2024-01-15',
};

/** What another host has at each path; a path that is not here is a 404. */
const places: Readonly<Record<string, string>> = {
  '/zaak': JSON.stringify(leastZaak),
  '/html': '<html></html>',
  '/nothing': '',
  '/list': JSON.stringify([leastZaak]),
  '/null': 'null',
  '/hello': '{"message":"hello"}',
  '/number': JSON.stringify({ ...leastZaak, startdatum: 20_240_115 }),
  '/unset': JSON.stringify({ ...leastZaak, zaaktype: null }),
  ...Object.fromEntries(
    Object.keys(leastZaak).map((name) => [
      `/without-${name}`,
      JSON.stringify({ ...leastZaak, [name]: undefined }),
    ]),
  ),
};

describe('cm-005: valideren van een OBJECT-CONTACTMOMENT relatie', () => {
  const elsewhere = webHost(({ url = '' }, response) => {
    const body = places[url];
    response.writeHead(body === undefined ? 404 : 200).end(body ?? '{}');
  });
  const stranger = webHost((_, response) => response.end(places['/zaak']));
  const closed = closedPort();
  const gateway = runningGateway({
    config: {
      ...patience,
      // The relation in the source has specs of its own: cm-006.
      rules: { 'cm-006': 'off' },
      get urlChecks() {
        return {
          hosts: [
            { origin: elsewhere.origin, addresses: ['127.0.0.0/8'] },
            { origin: closed.origin, addresses: ['127.0.0.0/8'] },
          ],
        };
      },
    },
  });
  const contactmomenten = contactmomentenOf(gateway);
  let contactmoment = '';
  let object = '';

  beforeEach(async () => {
    contactmoment = await contactmomenten.add();
    object = `${gateway.around.url}/zaken/api/v1/zaken/${zaakUuids[0]}`;
  });

  const create = (fields: JsonObject = {}): Promise<Answer> =>
    contactmomenten.relate(plural, { contactmoment, object, objectType: 'zaak', ...fields });

  const count = async () =>
    (await contactmomenten.list(`${plural}?contactmoment=${contactmoment}`)).body.count;

  async function refused(fields: JsonObject, ...expected: string[]): Promise<void> {
    const answer = await create(fields);
    expect(answer.status, answer.text).to.equal(400);
    expect(complaints(answer)).to.deep.equal(expected);
    expect(await count(), 'of what was written').to.equal(0);
  }

  it('holds for a zaak in the register, which is asked with our token and our coordinates', async () => {
    const answer = await create();
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ contactmoment, object, objectType: 'zaak' });
    expect(Object.keys(answer.body)).to.deep.equal(['url', 'contactmoment', 'object', 'objectType']);
  });

  it('holds for the least that is a zaak, on a configured host', async () => {
    expect((await create({ object: `${elsewhere.origin}/zaak` })).status).to.equal(201);
    expect(elsewhere.requests[0]?.headers).to.include({ 'accept-crs': 'EPSG:4326' });
    expect(elsewhere.requests[0]?.headers).not.to.include.keys('authorization');
  });

  it('holds when the register redirects to a configured host, which does not get our token', async () => {
    await gateway.around.fault({ soort: 'omleiding', naar: `${elsewhere.origin}/zaak`, pad: '/zaken' });
    expect((await create()).status).to.equal(201);
    expect(elsewhere.requests).to.have.length(1);
    expect(elsewhere.requests[0]?.headers).not.to.include.keys('authorization');
  });

  describe('is broken', () => {
    for (const [what, fault] of Object.entries(registerFaults)) {
      it(`when the register ${what}`, async () => {
        await gateway.around.fault({ ...fault, pad: '/zaken' });
        await refused({}, 'object bad-url');
      });
    }

    it('when the register answers HTML with 200: that is no zaak', async () => {
      await gateway.around.fault({ soort: 'html', pad: '/zaken' });
      await refused({}, 'object invalid-resource');
    });

    it('by a zaak that is not there, a host that is down, and a host that is not configured', async () => {
      await refused({ object: object.replace(zaakUuids[0], nobody) }, 'object bad-url');
      await refused({ object: `${elsewhere.origin}/gone` }, 'object bad-url');
      await refused({ object: `${closed.origin}/zaak` }, 'object bad-url');
      await refused({ object: `${stranger.origin}/zaak` }, 'object bad-url');
      expect(stranger.connections).to.equal(0);
    });

    it('when the register redirects to a host that is not configured, which is not connected to', async () => {
      await gateway.around.fault({ soort: 'omleiding', naar: `${stranger.origin}/zaak`, pad: '/zaken' });
      await refused({}, 'object bad-url');
      expect(stranger.connections).to.equal(0);
    });

    for (const path of Object.keys(places).filter((one) => one !== '/zaak')) {
      it(`by what is no zaak: ${path}`, () =>
        refused({ object: `${elsewhere.origin}${path}` }, 'object invalid-resource'));
    }

    it('by a contactmoment that is none of ours', async () => {
      await refused(
        { contactmoment: contactmoment.replace(/[^/]+$/, nobody) },
        'contactmoment does_not_exist',
      );
      const gone = await contactmomenten.add();
      await gateway.delete(gone);
      await refused({ contactmoment: gone }, 'contactmoment does_not_exist');
    });

    it('by an unknown objectType, by nothing at all, and by several things at once', async () => {
      await refused({ objectType: 'besluit' }, 'objectType invalid_choice');
      await refused({ objectType: 'Zaak' }, 'objectType invalid_choice');
      await refused(
        { contactmoment: null, object: null, objectType: null },
        'contactmoment null',
        'object null',
        'objectType null',
      );
      await refused({ object: 'geen-url' }, 'object bad-url', 'object invalid');
      const nothing = await contactmomenten.relate(plural, {});
      expect(complaints(nothing)).to.deep.equal([
        'contactmoment required',
        'object required',
        'objectType required',
      ]);
    });
  });

  it('is broken by the same pair, under any of our names', async () => {
    expect((await create()).status).to.equal(201);
    for (const spelled of spellings(contactmoment)) {
      const answer = await create({ contactmoment: spelled });
      expect(answer.status, spelled).to.equal(400);
      expect(complaints(answer)).to.deep.equal(['nonFieldErrors unique']);
    }
    expect(await count()).to.equal(1);
  });

  it('holds for another zaak, and for another contactmoment', async () => {
    expect((await create()).status).to.equal(201);
    expect((await create({ object: object.replace(zaakUuids[0], zaakUuids[1]) })).status).to.equal(201);
    expect((await create({ contactmoment: await contactmomenten.add() })).status).to.equal(201);
    expect(await count()).to.equal(2);
  });

  it('of fifty simultaneous creates, under every name of ours, exactly one is a 201', async function () {
    this.timeout(60_000);
    const names = spellings(contactmoment);
    // The first write takes long enough for all others to look meanwhile.
    await gateway.around.fault({
      soort: 'traag',
      ms: 1000,
      methode: 'POST',
      pad: '/bijregister/tabellen/objectcontactmomenten',
      aantal: 1,
    });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => create({ contactmoment: names[index % names.length] ?? '' })),
    );
    const refusals = answers.filter(({ status }) => status === 400);
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(refusals).to.have.length(49);
    for (const refusal of refusals) expect(complaints(refusal)).to.deep.equal(['nonFieldErrors unique']);
    expect(await count()).to.equal(1);
  });

  it('cannot be asked when the bijregister does not answer: nothing is written', async () => {
    await gateway.around.fault({
      soort: 'fout',
      methode: 'GET',
      pad: '/bijregister/tabellen/objectcontactmomenten',
    });
    await gateway.around.forget();
    expect((await create()).status).to.be.within(500, 504);
    await gateway.around.calm();
    expect(await count()).to.equal(0);
  });
});

describe('cm-005, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-005': 'off', 'cm-006': 'off' } } });
  const contactmomenten = contactmomentenOf(gateway);

  it('takes any URL, any number of times, and asks nobody', async () => {
    const contactmoment = await contactmomenten.add();
    const object = `${gateway.around.url}/zaken/api/v1/zaken/${nobody}`;
    await gateway.around.forget();
    for (let time = 0; time < 2; time++) {
      const answer = await contactmomenten.relate(plural, { contactmoment, object, objectType: 'zaak' });
      expect(answer.status, answer.text).to.equal(201);
    }
    expect(await gateway.around.counts()).not.to.include.keys('GET /zaken/api/v1/zaken/:id');
  });
});
