import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { type Autorisaties, autorisatiesRegister } from '../../src/surrounding/autorisaties.ts';
import { rejectionOf } from '../demo/crm.ts';
import { sendJson } from '../kit/scripted-crm.ts';
import { until } from '../kit/until.ts';
import { always, hangUp, never, opened } from './opened.ts';

/** An application as the Autorisaties API gives it. */
function applicatie(changes: JsonObject = {}): JsonObject {
  return {
    url: 'http://ac.intern/autorisaties/api/v1/applicaties/a2b7c1de-0000-4000-8000-000000000001',
    clientIds: ['kcc', 'kcc-oud'],
    label: 'Klantcontact',
    heeftAlleAutorisaties: false,
    autorisaties: [{ component: 'kc', scopes: ['klanten.lezen'] }],
    ...changes,
  };
}

const page = (...results: JsonObject[]): JsonObject => ({ count: 1, next: null, previous: null, results });

describe('The Autorisaties API', () => {
  const register = opened();
  let now = 0;
  let autorisaties: Autorisaties;

  function registerWith(changes: { cacheSeconds?: number; timeoutMs?: number } = {}): Autorisaties {
    const settings = { cacheSeconds: 300, timeoutMs: 5000, ...changes };
    return autorisatiesRegister({ name: 'ac', send: register.send() }, settings, { now: () => now });
  }

  beforeEach(() => {
    now = 1_000_000;
    register.answers(always(200, page(applicatie())));
    autorisaties = registerWith();
  });

  const of = (clientId = 'kcc') => autorisaties.of(clientId, register.work());
  const labels = async (clientId = 'kcc') => (await of(clientId)).map(({ label }) => label);
  const asked = () => register.arrivals.map(({ method, url }) => `${method} ${url.pathname}${url.search}`);
  const theQuestion = 'GET /api/v1/applicaties?clientIds=kcc';

  describe('is asked for the applications of a client', () => {
    it('by the id in its token', async () => {
      expect(await of()).to.deep.equal([
        {
          uuid: 'a2b7c1de-0000-4000-8000-000000000001',
          label: 'Klantcontact',
          all: false,
          scopesByComponent: new Map([['kc', new Set(['klanten.lezen'])]]),
        },
      ]);
      expect(asked()).to.deep.equal([theQuestion]);
    });

    it('whatever signs are in that', async () => {
      register.answers(always(200, page(applicatie({ clientIds: ['a&b=c d,e/#é'] }))));
      expect(await labels('a&b=c d,e/#é')).to.deep.equal(['Klantcontact']);
      expect(register.arrivals[0]?.url.searchParams.get('clientIds')).to.equal('a&b=c d,e/#é');
    });

    it('and those of other clients do not count, if it gives them as well', async () => {
      const others = [
        applicatie({ clientIds: ['other'], heeftAlleAutorisaties: true }),
        applicatie({ clientIds: 'kcc', heeftAlleAutorisaties: true }),
        applicatie({ clientIds: ['kcc2', 'KCC', 'kc'], heeftAlleAutorisaties: true }),
        { label: 'none', heeftAlleAutorisaties: true },
      ];
      register.answers(always(200, page(...others)));
      expect(await of()).to.deep.equal([]);
    });

    it('and only true means everything', async () => {
      const values = [true, false, 'true', 1, null];
      const items = values.map((heeftAlleAutorisaties) => applicatie({ heeftAlleAutorisaties }));
      register.answers(always(200, page(...items)));
      expect((await of()).map(({ all }) => all)).to.deep.equal([true, false, false, false, false]);
    });

    it('and the scopes of one component are taken together', async () => {
      const entries = [
        { component: 'kc', scopes: ['klanten.lezen'] },
        { component: 'vrc', scopes: [] },
        { component: 'kc', scopes: ['klanten.aanmaken', 7] },
        { component: 3, scopes: ['klanten.verwijderen'] },
        'kc',
      ];
      register.answers(
        always(200, page(applicatie({ autorisaties: entries }), applicatie({ autorisaties: null }))),
      );
      expect((await of()).map(({ scopesByComponent }) => scopesByComponent)).to.deep.equal([
        new Map([
          ['kc', new Set(['klanten.lezen', 'klanten.aanmaken'])],
          ['vrc', new Set()],
        ]),
        new Map(),
      ]);
    });

    it('page after page, and never anywhere else', async () => {
      const next = 'http://127.0.0.1:9/elsewhere?clientIds=kcc&page=2';
      register.answers(({ url }, response) => {
        const number = Number(url.searchParams.get('page') ?? 1);
        const label = `page ${number}`;
        sendJson(response, { ...page(applicatie({ label })), next: number === 1 ? next : null });
      });
      expect(await labels()).to.deep.equal(['page 1', 'page 2']);
      expect(asked()).to.deep.equal([theQuestion, `${theQuestion}&page=2`]);
    });

    it('without an end to its pages, which is no answer', async () => {
      const next = 'https://ac.example/applicaties?page=1';
      register.answers(always(200, { ...page(applicatie()), next }));
      expect(await rejectionOf(of())).to.include({ status: 503 });
      expect(register.arrivals.length).to.be.below(200);
    });

    it('in a bare list as well', async () => {
      register.answers(always(200, [applicatie()]));
      expect(await labels()).to.deep.equal(['Klantcontact']);
    });
  });

  describe('that gives no answer', () => {
    for (const [what, answer] of Object.entries({
      'because it fails': always(500, {}),
      'because it is down for a while': always(503, {}),
      'because it hangs up': hangUp,
      'because it is busy': always(429, {}),
      'but a redirect': (_: unknown, response: ServerResponse) =>
        response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end(),
      'but a page': (_: unknown, response: ServerResponse) => response.end('<html>'),
      'but something else': always(200, { detail: 'welcome' }),
      'but nothing': always(200),
      'but what may be remembered': always(304),
      'but a next page that is no URL': always(200, { ...page(applicatie()), next: 'page 2' }),
    })) {
      it(`grants nothing: 503, ${what}`, async () => {
        register.answers(answer);
        const problem = await rejectionOf(of());
        expect(problem).to.include({ name: 'Problem', status: 503, code: 'service_unavailable' });
        expect(problem).to.have.nested.property('headers.Retry-After', '5');
        register.answers(always(200, page(applicatie())));
        expect(await labels(), 'afterwards').to.deep.equal(['Klantcontact']);
      });
    }

    it('in time: 503, though the request itself has time', async () => {
      autorisaties = registerWith({ timeoutMs: 20 });
      register.answers(never);
      expect(await rejectionOf(of())).to.include({ status: 503 });
    });

    it('because it wants to be left alone: 503 for as long as it says', async () => {
      register.answers((_, response) => {
        sendJson(response, {}, 429, { 'Retry-After': '33' });
      });
      expect(await rejectionOf(of())).to.have.nested.property('headers.Retry-After', '33');
    });
  });

  describe('that refuses', () => {
    for (const status of [401, 403]) {
      it(`us, with ${status}: not_authenticated_for_ac`, async () => {
        register.answers(always(status, { code: 'not_authenticated' }));
        expect(await rejectionOf(of())).to.include({
          class: 'PermissionDenied',
          status: 403,
          code: 'not_authenticated_for_ac',
        });
        expect(register.events).to.deep.include({ event: 'credentials-refused', backend: 'test', status });
      });
    }

    for (const status of [400, 404, 410, 422]) {
      it(`the question, with ${status}: no applications, an event, and it is asked again`, async () => {
        register.answers(always(status, { code: 'invalid' }));
        expect(await of()).to.deep.equal([]);
        expect(register.events).to.have.length(1);
        expect(register.events[0]).to.include({
          event: 'backend-failed',
          reason: 'unexpected-answer',
          status,
        });
        expect(await of()).to.deep.equal([]);
        expect(asked()).to.have.length(2);
      });
    }
  });

  describe('that answered', () => {
    it('is not asked again for a while, about the same client', async () => {
      for (let times = 0; times < 3; times++) await of();
      expect(await of('kcc-oud')).to.have.length(1);
      now += 300 * 1000;
      await of();
      expect(asked()).to.deep.equal([theQuestion, 'GET /api/v1/applicaties?clientIds=kcc-oud']);
      now += 1;
      await of();
      expect(asked()).to.have.length(3);
    });

    it('that a client has no applications is not asked again either', async () => {
      register.answers(always(200, page()));
      await of();
      expect(await of()).to.deep.equal([]);
      expect(asked()).to.have.length(1);
    });

    it('is asked each time when nothing may be remembered', async () => {
      autorisaties = registerWith({ cacheSeconds: 0 });
      await of();
      await of();
      expect(asked()).to.have.length(2);
    });

    it('is asked again once everything is forgotten', async () => {
      await of();
      autorisaties.forget();
      register.answers(always(200, page(applicatie({ label: 'new' }))));
      expect(await labels()).to.deep.equal(['new']);
    });
  });

  describe('that is being asked', () => {
    const held: ServerResponse[] = [];
    beforeEach(() => {
      held.length = 0;
      register.answers((_, response) => held.push(response));
    });
    const answerNext = (label: string) => {
      const response = held.shift();
      if (response) sendJson(response, page(applicatie({ label })));
    };

    it('is asked once for all who want to know', async () => {
      const waiting = [labels(), labels(), labels()];
      await until('it is asked', () => held.length > 0);
      answerNext('shared');
      expect(await Promise.all(waiting)).to.deep.equal(Array(3).fill(['shared']));
      expect(asked()).to.deep.equal([theQuestion]);
    });

    it('fails for all who want to know, and for none who come later', async () => {
      const waiting = [rejectionOf(of()), rejectionOf(of())];
      await until('it is asked', () => held.length > 0);
      for (const response of held.splice(0)) sendJson(response, {}, 500);
      for (const problem of await Promise.all(waiting)) expect(problem).to.include({ status: 503 });
      const later = labels();
      await until('it is asked again', () => held.length > 0);
      answerNext('later');
      expect(await later).to.deep.equal(['later']);
    });

    it('is asked anew by who comes after something changed, and only that is remembered', async () => {
      const before = labels();
      await until('it is asked', () => held.length === 1);
      autorisaties.forget();
      const after = labels();
      await until('it is asked again', () => held.length === 2);
      const [old, fresh] = held;
      if (fresh) sendJson(fresh, page(applicatie({ label: 'new' })));
      expect(await after).to.deep.equal(['new']);
      if (old) sendJson(old, page(applicatie({ label: 'old' })));
      expect(await before).to.deep.equal(['old']);
      expect(await labels()).to.deep.equal(['new']);
      expect(asked()).to.have.length(2);
    });

    it('is asked anew, though who asked before the change is answered first', async () => {
      const before = labels();
      await until('it is asked', () => held.length === 1);
      autorisaties.forget();
      answerNext('old');
      expect(await before).to.deep.equal(['old']);
      const after = labels();
      await until('it is asked again', () => held.length === 1);
      answerNext('new');
      expect(await after).to.deep.equal(['new']);
    });
  });
});
