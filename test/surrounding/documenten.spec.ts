import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { type DocumentenRegister, documentenRegister } from '../../src/surrounding/documenten.ts';
import { sendJson } from '../kit/scripted-crm.ts';
import { always, hangUp, never, opened } from './opened.ts';

const verzoek = 'https://kb.example/verzoeken/api/v1/verzoeken/1';
const intern = 'http://intern.example/verzoeken/api/v1/verzoeken/1';
const document = 'https://documenten.example/api/v1/enkelvoudiginformatieobjecten/d-1';
const list = '/api/v1/objectinformatieobjecten';

/** A relation as the register shows it: under a host name of its own. */
const relation = (id: string, changes: JsonObject = {}): JsonObject => ({
  url: `http://drc.intern/documenten/objectinformatieobjecten/${id}`,
  informatieobject: 'http://drc.intern/documenten/enkelvoudiginformatieobjecten/d-1',
  object: verzoek,
  objectType: 'verzoek',
  ...changes,
});

describe('The mirror of a verzoekinformatieobject', () => {
  const register = opened();
  let documenten: DocumentenRegister;

  before(() => {
    documenten = documentenRegister('test', register.root, register.send(150));
  });

  const asked = () => register.arrivals.map(({ method, url }) => `${method} ${url.pathname}`);
  const told = () => register.events.map(({ event }) => event);

  describe('is made', () => {
    const create = (informatieobject = document) =>
      documenten.createRelation(verzoek, informatieobject, register.work());

    it('by a POST, in which the document has no version', async () => {
      register.answers(always(201, relation('1')));
      for (const suffix of ['', '?versie=2', '?versie=2#a', '#a']) {
        expect(await create(`${document}${suffix}`)).to.equal(true);
      }
      const body = { object: verzoek, informatieobject: document, objectType: 'verzoek' };
      expect(register.arrivals.map((arrival) => arrival.body)).to.deep.equal([body, body, body, body]);
      expect(asked()).to.deep.equal(Array(4).fill(`POST ${list}`));
      expect(told()).to.deep.equal([]);
    });

    for (const status of [400, 403, 404, 409, 429]) {
      it(`not when the register says ${status}`, async () => {
        register.answers(always(status, { code: 'invalid' }));
        expect(await create()).to.equal(false);
        expect(asked()).to.deep.equal([`POST ${list}`]);
        if (status !== 429) expect(register.events).to.have.length(1);
      });
    }

    for (const [what, post] of Object.entries({
      'was not answered': never,
      'was cut off': hangUp,
      failed: always(500, {}),
      'was answered with 200': always(200, {}),
    })) {
      it(`after all, when the POST ${what} and the relation is there`, async () => {
        register.answers((arrival, response) => {
          if (arrival.method === 'POST') post(arrival, response);
          else sendJson(response, [relation('1')]);
        });
        expect(await create(`${document}?versie=2`)).to.equal(true);
        expect(asked()).to.deep.equal([`POST ${list}`, `GET ${list}`]);
        expect([...(register.arrivals[1]?.url.searchParams ?? [])]).to.deep.equal([
          ['object', verzoek],
          ['informatieobject', document],
        ]);
        expect(register.events).to.deep.include({
          event: 'write-settled',
          resource: 'objectinformatieobject',
          operation: 'create',
          outcome: 'done',
        });
      });

      it(`not when the POST ${what} and the relation is not there`, async () => {
        register.answers((arrival, response) => {
          if (arrival.method === 'POST') post(arrival, response);
          else response.end('[]');
        });
        expect(await create()).to.equal(false);
        expect(told()).to.deep.equal(['backend-failed', 'write-settled']);
      });
    }

    it('perhaps, when nothing is answered at all: the operator hears of it', async () => {
      register.answers(hangUp);
      expect(await create()).to.equal(false);
      expect(told()).to.deep.equal(['backend-failed', 'backend-failed', 'write-outcome-unknown']);
    });
  });

  describe('is removed', () => {
    const remove = (verzoeken = [verzoek], informatieobject = document) =>
      documenten.removeRelation(verzoeken, informatieobject, register.work());

    /** Shows relations by the URL of the verzoek, and answers a DELETE with a status. */
    const holding = (relations: readonly JsonObject[], status = 204) => {
      register.answers(({ method, url }, response) => {
        const shown = relations.filter(({ object }) => object === url.searchParams.get('object'));
        if (method === 'GET') sendJson(response, shown);
        else response.writeHead(status).end();
      });
    };

    it('by its id under the root, whatever its URL is called there', async () => {
      holding([relation('r-1')]);
      expect(await remove([verzoek], `${document}?versie=3`)).to.equal(true);
      expect(asked()).to.deep.equal([`GET ${list}`, `DELETE ${list}/r-1`]);
      expect([...(register.arrivals[0]?.url.searchParams ?? [])]).to.deep.equal([
        ['object', verzoek],
        ['informatieobject', document],
      ]);
    });

    it('under each of our URLs, once all have been found', async () => {
      holding([relation('1'), relation('2', { object: intern })]);
      expect(await remove([verzoek, intern])).to.equal(true);
      expect(asked()).to.deep.equal([`GET ${list}`, `GET ${list}`, `DELETE ${list}/1`, `DELETE ${list}/2`]);
    });

    it('already, when it is not there or is just gone', async () => {
      holding([]);
      expect(await remove()).to.equal(true);
      holding([relation('1')], 404);
      expect(await remove()).to.equal(true);
      expect(told()).to.deep.equal([]);
    });

    for (const [what, other] of Object.entries({
      'of another verzoek': relation('1', { object: `${verzoek}2` }),
      'with another document': relation('1', { informatieobject: `${document}2` }),
      'without a URL': relation('1', { url: '' }),
      'with an id that is none': relation('..'),
    })) {
      it(`not when the register shows a relation ${what}: nothing is removed`, async () => {
        register.answers(({ method }, response) => {
          if (method === 'GET') sendJson(response, [relation('9'), other]);
          else response.writeHead(204).end();
        });
        expect(await remove()).to.equal(false);
        expect(asked()).to.deep.equal([`GET ${list}`]);
        expect(told()).to.deep.equal(['backend-failed']);
      });
    }

    for (const status of [400, 403, 404, 500]) {
      it(`not when the list says ${status}`, async () => {
        register.answers(always(status, {}));
        expect(await remove([verzoek, intern])).to.equal(false);
        expect(asked()).to.deep.equal([`GET ${list}`]);
        expect(register.events).to.have.length(1);
      });
    }

    for (const status of [400, 403, 409, 500]) {
      it(`not when the DELETE says ${status}`, async () => {
        holding([relation('1'), relation('2')], status);
        expect(await remove()).to.equal(false);
        // After a 500 it may be gone all the same, so that is looked up.
        const looked = status === 500 ? [`GET ${list}`] : [];
        expect(asked()).to.deep.equal([`GET ${list}`, `DELETE ${list}/1`, ...looked]);
        expect(register.events).to.have.length(1);
      });
    }
  });

  describe('is looked up', () => {
    const relatedTo = (verzoeken = [verzoek]) => documenten.relatedTo(verzoeken, register.work());
    const otherDocument = 'http://drc.intern/documenten/enkelvoudiginformatieobjecten/d-2?versie=3';

    it('under each of our URLs: every document once, as a URL under the root, without its version', async () => {
      const relations = [
        relation('1'),
        relation('2', { informatieobject: otherDocument }),
        relation('3', { object: intern }),
      ];
      register.answers(({ url }, response) => {
        sendJson(
          response,
          relations.filter(({ object }) => object === url.searchParams.get('object')),
        );
      });
      expect(await relatedTo([verzoek, intern])).to.deep.equal(
        ['d-1', 'd-2'].map((id) => `${register.root}/enkelvoudiginformatieobjecten/${id}`),
      );
      expect(register.arrivals.map(({ url }) => [...url.searchParams])).to.deep.equal([
        [['object', verzoek]],
        [['object', intern]],
      ]);
    });

    for (const [what, answer] of Object.entries({
      'the register shows a relation of another verzoek': always(200, [
        relation('1'),
        relation('2', { object: `${verzoek}2` }),
      ]),
      'the register shows a relation with no document': always(200, [
        relation('1', { informatieobject: null }),
      ]),
      'the list says 404': always(404, {}),
      'nothing is answered': hangUp,
    })) {
      it(`in vain when ${what}: the operator hears of it`, async () => {
        register.answers(answer);
        expect(await relatedTo()).to.equal(undefined);
        expect(told()).to.include('backend-failed');
      });
    }
  });
});
