import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import type { runningGateway } from '../kit/gateway.ts';
import {
  expectOneCreated,
  expectRefused,
  fifty,
  fiftyMs,
  pathOf,
  type Relation,
  verzoekenOf,
  plain,
} from './samples.ts';

/** A relation with an object that another register of the standard keeps, and of which the shape is known. */
export interface ObjectRelation {
  readonly relation: Relation;
  /** The field with the URL of the object. */
  readonly field: 'object' | 'informatieobject';
  /** The path of such an object at the stand-in, up to its uuid. */
  readonly path: string;
  /** What must be in the Zaken API first, for a create to be accepted. */
  readonly prepare?: (body: JsonObject) => Promise<unknown>;
  readonly others: JsonObject;
  /** The URL of an object that is there, and one of something else that is there. */
  readonly right: (index?: 0 | 1 | 2) => string;
  readonly wrong: () => string;
}

/** What a register may do instead of answering, as the stand-in is told, and what that makes of the URL. */
const failures = {
  'is slow': { soort: 'traag', code: 'bad-url' },
  'is down': { soort: 'verbreek', code: 'bad-url' },
  'answers 403': { soort: 'verboden', code: 'bad-url' },
  'answers 404': { soort: 'weg', code: 'bad-url' },
  'answers 500': { soort: 'fout', code: 'bad-url' },
  'answers HTML with 200': { soort: 'html', code: 'invalid-resource' },
  'redirects to a stranger': { soort: 'omleiding', code: 'bad-url' },
} as const;

/** What vrz-006 and vrz-008 have in common. */
export function specifyObject(gateway: ReturnType<typeof runningGateway>, given: ObjectRelation): void {
  const { relation, field, path, prepare = () => Promise.resolve(), others, right, wrong } = given;
  const { made, relate, related, count, writesNothing } = verzoekenOf(gateway);
  const create = (body: JsonObject) => relate(relation, { ...others, ...body });
  const unique = 'nonFieldErrors unique';
  const prepared = async (body: JsonObject) => {
    await prepare(body);
    return body;
  };

  describe(`of its ${field}`, () => {
    it('holds when it is there, and is kept as it was sent', async () => {
      const body = await prepared({ verzoek: await made(), [field]: right() });
      const answer = await create(body);
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body).to.include(body);
    });

    for (const [what, { soort, code }] of Object.entries(failures)) {
      it(`is broken when the register ${what}: ${code}, and nothing is written`, async () => {
        const body = await prepared({ verzoek: await made(), [field]: right() });
        await gateway.around.fault({ soort, pad: path });
        expectRefused(await writesNothing(() => create(body)), `${field} ${code}`);
      });
    }

    it('holds for a redirect to where it is', async () => {
      const body = await prepared({ verzoek: await made(), [field]: right() });
      await gateway.around.fault({ soort: 'omleiding', naar: right(1), aantal: 1, pad: path });
      expect((await create(body)).status).to.equal(201);
    });

    it('is broken by something else that is there', async () => {
      expectRefused(await create({ verzoek: await made(), [field]: wrong() }), `${field} invalid-resource`);
    });

    it('is broken by a record of our own: none of those is one', async () => {
      const verzoek = await made();
      expectRefused(await create({ verzoek, [field]: verzoek }), `${field} invalid-resource`);
    });

    it('is broken by an unknown host, by what is no URL, and by nothing', async () => {
      const verzoek = await made();
      const wrongs: [JsonObject, string[]][] = [
        [{ [field]: 'https://vreemd.example/1' }, ['bad-url']],
        [{ [field]: 'geen-url' }, ['bad-url', 'invalid']],
        [{ [field]: '' }, ['blank']],
        [{ [field]: null }, ['null']],
        [{}, ['required']],
      ];
      for (const [body, codes] of wrongs)
        expectRefused(await create({ verzoek, ...body }), ...codes.map((code) => `${field} ${code}`));
    });

    it(`is broken by the longest ${field} but one character more`, async () => {
      const long = (length: number) => right().padEnd(length, '0');
      const verzoek = await made();
      expectRefused(await create({ verzoek, [field]: long(1000) }), `${field} bad-url`);
      const answer = await create({ verzoek, [field]: long(1001) });
      expect(answer.text).to.include(`"name":"${field}","code":"max_length"`);
    });
  });

  describe(`of verzoek and ${field} together`, () => {
    it('holds for one with several verzoeken, and for several with one', async () => {
      const [first, second] = [await made(), await made()];
      for (const body of [
        { verzoek: first, [field]: right() },
        { verzoek: first, [field]: right(1) },
        { verzoek: second, [field]: right() },
      ])
        expect((await create(await prepared(body))).status).to.equal(201);
      expect(await count(`${relation}?verzoek=${first}`)).to.equal(2);
    });

    it('is broken by the same once more, under whichever base URL', async () => {
      const body = await prepared({ verzoek: await made(), [field]: right() });
      await related(relation, { ...others, ...body });
      expectRefused(await writesNothing(() => create(body)), unique);
      const verzoek = `http://intern.test:8080${pathOf(plain(body.verzoek))}`;
      expectRefused(await create({ ...body, verzoek }), unique);
    });

    it('is broken by all but one of fifty at the same time', async () => {
      const body = await prepared({ verzoek: await made(), [field]: right() });
      // The first write, wherever it goes, takes long enough for all others to look meanwhile.
      const slow = { soort: 'traag', ms: 1500, aantal: 1 };
      await gateway.crm.fault({ ...slow, methode: 'PUT' });
      await gateway.around.fault({ ...slow, methode: 'POST', pad: '/bijregister/tabellen' });
      expectOneCreated(await Promise.all(fifty.map(() => create(body))), unique);
      expect(await count(`${relation}?verzoek=${plain(body.verzoek)}`)).to.equal(1);
    }).timeout(fiftyMs);
  });
}
