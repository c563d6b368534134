import { expect } from 'chai';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import { type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { contactmomentenOf, intern } from '../contactmomenten/contactmomenten.ts';
import { eventsSince } from '../kit/events-since.ts';
import { complaints, type GatewayOptions, runningGateway } from '../kit/gateway.ts';
import { webHost } from '../kit/web-host.ts';
import { closedPort } from './registers.ts';

const plural = 'objectcontactmomenten';

/** The list of the Zaken API that is asked; not the zaken themselves, which cm-005 asks for. */
const source = '/zaken/api/v1/zaakcontactmomenten';

describe('cm-006: valideren bestaan relatie tussen OBJECT en CONTACTMOMENT in de bron', () => {
  const elsewhere = webHost((_, response) => response.end('[{}]'));
  const spec = running({
    config: {
      get urlChecks() {
        return { hosts: [{ origin: elsewhere.origin, addresses: ['127.0.0.0/8'] }] };
      },
    },
  });
  const { gateway, contactmomenten, create, count, known } = spec;

  it('holds when the source has the relation', async () => {
    await known();
    const answer = await create();
    expect(answer.status, answer.text).to.equal(201);
  });

  it('holds when the source has it under another name of ours', async () => {
    await known(spec.contactmoment.replace('http://klantbrug.test', intern));
    expect((await create()).status).to.equal(201);
  });

  it('is broken when the source does not have it, and nothing is written', async () => {
    const answer = await create();
    expect(answer.status, answer.text).to.equal(400);
    expect(complaints(answer)).to.deep.equal(['nonFieldErrors inconsistent-relation']);
    expect(await count()).to.equal(0);
  });

  it('is broken when the source has it with another zaak, or with another contactmoment', async () => {
    await known(await contactmomenten.add());
    await known(spec.contactmoment, spec.zaak.replace(zaakUuids[0], zaakUuids[1]));
    expect(complaints(await create())).to.deep.equal(['nonFieldErrors inconsistent-relation']);
  });

  it('is only asked once the fields are in order', async () => {
    await gateway.around.forget();
    const answer = await contactmomenten.relate(plural, {
      contactmoment: null,
      object: spec.zaak,
      objectType: 'x',
    });
    expect(complaints(answer)).to.deep.equal(['contactmoment null', 'objectType invalid_choice']);
    expect(await gateway.around.counts()).not.to.include.keys(`GET ${source}`);
  });

  it('keeps an objectcontactmoment for as long as the source has the relation', async () => {
    const relation = await known();
    const url = await contactmomenten.addRelation(plural, spec.body());
    const refusal = await gateway.delete(url);
    expect(refusal.status, refusal.text).to.equal(400);
    expect(complaints(refusal)).to.deep.equal(['nonFieldErrors remote-relation-exists']);
    expect((await gateway.get(url)).status).to.equal(200);
    await forgotten(gateway, relation);
    expect((await gateway.delete(url)).status).to.equal(204);
    expect((await gateway.get(url)).status).to.equal(404);
  });

  it('does not keep an objectcontactmoment of a contactmoment that goes', async () => {
    await known();
    const url = await contactmomenten.addRelation(plural, spec.body());
    expect((await gateway.delete(spec.contactmoment)).status).to.equal(204);
    expect((await gateway.get(url)).status).to.equal(404);
  });

  describe('when the source', () => {
    const failures: Readonly<Record<string, JsonObject>> = {
      'is slow': { soort: 'traag' },
      'answers 500': { soort: 'fout' },
      'answers HTML': { soort: 'html' },
      'hangs up': { soort: 'verbreek' },
    };
    for (const [what, fault] of Object.entries(failures)) {
      const status = fault.soort === 'traag' ? 504 : 503;

      it(`${what}, a create is a ${status} and nothing is written (R8)`, async () => {
        await known();
        await gateway.around.fault({ ...fault, pad: source });
        const answer = await create();
        expect(answer.status, answer.text).to.equal(status);
        await gateway.around.calm();
        expect(await count()).to.equal(0);
      });

      it(`${what}, a delete is a ${status} and nothing is removed (R8)`, async () => {
        const url = await spec.made();
        await gateway.around.fault({ ...fault, pad: source });
        expect((await gateway.delete(url)).status).to.equal(status);
        await gateway.around.calm();
        expect((await gateway.get(url)).status).to.equal(200);
        expect((await gateway.delete(url)).status).to.equal(204);
      });
    }

    it('redirects elsewhere, a create is a 503: an answer of somebody else is no answer', async () => {
      await gateway.around.fault({ soort: 'omleiding', naar: `${elsewhere.origin}/`, pad: source });
      const answer = await create();
      expect(answer.status, answer.text).to.equal(503);
      expect(elsewhere.connections).to.equal(0);
      await gateway.around.calm();
      expect(await count()).to.equal(0);
    });

    for (const [status, soort] of [
      [403, 'verboden'],
      [404, 'weg'],
    ] as const) {
      it(`answers ${status}, a create and a delete are refused, and the operator hears of it`, async () => {
        const url = await spec.made();
        const other = spec.body({ object: spec.zaak.replace(zaakUuids[0], zaakUuids[1]) });
        await gateway.around.fault({ soort, pad: source });
        const creation = await contactmomenten.relate(plural, other);
        expect(creation.status, creation.text).to.equal(400);
        expect(complaints(creation)).to.deep.equal(['nonFieldErrors relation-validation-error']);
        expect(
          spec.events('backend-failed').length + spec.events('credentials-refused').length,
        ).to.be.greaterThan(0);
        const deletion = await gateway.delete(url);
        expect(deletion.status, deletion.text).to.equal(400);
        expect(complaints(deletion)).to.deep.equal(['nonFieldErrors relation-lookup-error']);
        await gateway.around.calm();
        expect(await count()).to.equal(1);
      });
    }
  });
});

describe('cm-006, when the source is down', () => {
  const closed = closedPort();
  const spec = running({
    config: {
      rules: { 'cm-005': 'off' },
      get registers() {
        return {
          zaken: {
            root: `${closed.origin}/zaken/api/v1`,
            breaker: { failurePercentage: 50, minimumCalls: 4, windowSeconds: 60, openSeconds: 60 },
          },
        };
      },
    },
  });

  it('is a 503 that says when to try again, also once it is not asked any more, and nothing is written', async () => {
    const object = `${closed.origin}/zaken/api/v1/zaken/${zaakUuids[0]}`;
    for (let time = 0; time < 8; time++) {
      const answer = await spec.create({ object });
      expect(answer.status, answer.text).to.equal(503);
      expect(answer.headers.get('Retry-After')).to.match(/^[1-9][0-9]*$/);
    }
    expect(spec.events('breaker').map(({ state }) => state)).to.include('open');
    expect(await spec.count()).to.equal(0);
  });
});

describe('cm-006, switched off', () => {
  const spec = running({ config: { rules: { 'cm-006': 'off' } } });

  it('neither asks the source on a create nor on a delete', async () => {
    await spec.gateway.around.forget();
    const answer = await spec.create();
    expect(answer.status, answer.text).to.equal(201);
    await spec.known();
    expect((await spec.gateway.delete(scalarText(answer.body.url) ?? '')).status).to.equal(204);
    expect(await spec.gateway.around.counts()).not.to.include.keys(`GET ${source}`);
    expect(spec.events('rule-broken')).to.deep.equal([]);
  });
});

describe('cm-006, switched to warn', () => {
  const spec = running({ config: { rules: { 'cm-006': 'warn' } } });
  const broken = (code: string) => ({
    event: 'rule-broken',
    rule: 'cm-006',
    resource: 'objectcontactmoment',
    code,
  });

  it('makes what the source does not have, and the operator hears of it', async () => {
    const answer = await spec.create();
    expect(answer.status, answer.text).to.equal(201);
    expect(await spec.count()).to.equal(1);
    expect(spec.events('rule-broken')).to.deep.equal([broken('inconsistent-relation')]);
  });

  it('says nothing when the rule holds', async () => {
    await spec.known();
    expect((await spec.create()).status).to.equal(201);
    expect(spec.events('rule-broken')).to.deep.equal([]);
  });

  it('removes what the source still has, and the operator hears of it', async () => {
    await spec.known();
    const url = await spec.contactmomenten.addRelation(plural, spec.body());
    expect((await spec.gateway.delete(url)).status).to.equal(204);
    expect(spec.events('rule-broken')).to.deep.equal([broken('remote-relation-exists')]);
  });

  it('makes it when the source does not answer, and the operator hears that it was not checked', async () => {
    await spec.gateway.around.fault({ soort: 'fout', pad: source });
    const answer = await spec.create();
    expect(answer.status, answer.text).to.equal(201);
    expect(spec.events('rule-broken')).to.have.length(1);
  });

  it('keeps the other rules as they are', async () => {
    expect((await spec.create()).status).to.equal(201);
    expect(complaints(await spec.create())).to.deep.equal(['nonFieldErrors unique']);
    expect(complaints(await spec.create({ object: `${spec.zaak}x` }))).to.deep.equal(['object bad-url']);
  });
});

/** A gateway, with a contactmoment for each spec, and a zaak. */
function running(options: GatewayOptions) {
  const gateway = runningGateway(options);
  const contactmomenten = contactmomentenOf(gateway);
  const events = eventsSince(gateway.events);
  let contactmoment = '';

  beforeEach(async () => {
    contactmoment = await contactmomenten.add();
  });

  const zaakUrl = () => `${gateway.around.url}/zaken/api/v1/zaken/${zaakUuids[0]}`;
  const body = (fields: JsonObject = {}): JsonObject => ({
    contactmoment,
    object: zaakUrl(),
    objectType: 'zaak',
    ...fields,
  });

  /** Makes the relation in the source; gives its URL there. */
  async function known(ours = contactmoment, zaak = zaakUrl()): Promise<Json | undefined> {
    return (await gateway.around.call('POST', source, { zaak, contactmoment: ours })).url;
  }

  return {
    gateway,
    contactmomenten,
    events,
    get contactmoment() {
      return contactmoment;
    },
    get zaak() {
      return zaakUrl();
    },
    body,
    known,
    create: (fields?: JsonObject) => contactmomenten.relate(plural, body(fields)),
    count: async () => (await contactmomenten.list(`${plural}?contactmoment=${contactmoment}`)).body.count,
    /** An objectcontactmoment that the source has let go of already. */
    async made(): Promise<string> {
      const relation = await known();
      const url = await contactmomenten.addRelation(plural, body());
      await forgotten(gateway, relation);
      return url;
    },
  };
}

/** Removes a relation from the source. */
async function forgotten(
  gateway: ReturnType<typeof runningGateway>,
  relation: Json | undefined,
): Promise<void> {
  await gateway.around.call('DELETE', new URL(scalarText(relation) ?? '').pathname);
}
