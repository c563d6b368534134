import { expect } from 'chai';
import type { Json } from '../../src/json.ts';
import { BackendProblem } from '../../src/problem.ts';
import { type ZakenRegister, zakenRegister } from '../../src/surrounding/zaken.ts';
import { always, hangUp, never, opened } from './opened.ts';

const zaak = 'https://zaken.example/api/v1/zaken/1?a=b&c=d';
const ours = ['https://kb.example/contactmomenten/1', 'http://intern.example/contactmomenten/1'];

describe('The relation of a zaak with a record of ours (ruling R8)', () => {
  const register = opened();
  let zaken: ZakenRegister;

  before(() => {
    zaken = zakenRegister('test', register.root, register.send(150));
  });

  const ask = (others = ours.slice(0, 1)) =>
    zaken.hasRelation('zaakcontactmomenten', zaak, others, register.work());

  async function problemOf(call: Promise<unknown>): Promise<BackendProblem> {
    const outcome: unknown = await call.catch((error: unknown) => error);
    if (outcome instanceof BackendProblem) return outcome;
    throw new Error(`a problem was expected, not ${JSON.stringify(outcome)}`);
  }

  it('is asked for with both sides, by their own names', async () => {
    await ask();
    await zaken.hasRelation('zaakverzoeken', zaak, ['https://kb.example/verzoeken/1'], register.work());
    expect(register.arrivals.map(({ method, url }) => [method, url.pathname])).to.deep.equal([
      ['GET', '/api/v1/zaakcontactmomenten'],
      ['GET', '/api/v1/zaakverzoeken'],
    ]);
    expect(register.arrivals.map(({ url }) => [...url.searchParams])).to.deep.equal([
      [
        ['zaak', zaak],
        ['contactmoment', ours[0]],
      ],
      [
        ['zaak', zaak],
        ['verzoek', 'https://kb.example/verzoeken/1'],
      ],
    ]);
  });

  const lists: readonly (readonly [what: string, body: Json, found: boolean])[] = [
    ['a list with something in it', [{}], true],
    ['an empty list', [], false],
    ['an envelope with something in it', { count: 1, results: [{}] }, true],
    ['an envelope with nothing in it', { count: 0, results: [] }, false],
  ];
  for (const [what, body, found] of lists) {
    it(`is ${found ? 'there' : 'not there'} by ${what}`, async () => {
      register.answers(always(200, body));
      expect(await ask()).to.deep.equal({ found });
      expect(register.events).to.deep.equal([]);
    });
  }

  it('is there when it is under any of our URLs, and no more is asked then', async () => {
    register.answers(({ url }, response) => {
      response.end(url.searchParams.get('contactmoment') === ours[1] ? '[{}]' : '[]');
    });
    expect(await ask([...ours, 'https://third.example/1'])).to.deep.equal({ found: true });
    expect(register.arrivals).to.have.length(2);
  });

  for (const status of [400, 401, 403, 404, 409, 410]) {
    it(`is refused by a ${status}, which the operator hears of`, async () => {
      register.answers(always(status, { code: 'invalid' }));
      expect(await ask(ours)).to.deep.equal({ refused: status });
      expect(register.arrivals).to.have.length(1);
      expect(register.events).to.have.length(1);
      expect(register.events[0]).to.include({ backend: 'test', status });
    });
  }

  for (const [what, answer] of Object.entries({
    'fails with 500': always(500, {}),
    'fails with 408': always(408, {}),
    redirects: always(302),
    'answers with something else': always(200, { detail: 'x' }),
    'answers with nothing': always(204),
    'hangs up': hangUp,
  })) {
    it(`is a 503 with Retry-After when the register ${what}`, async () => {
      register.answers(answer);
      const { status, headers } = await problemOf(ask());
      expect(status).to.equal(503);
      expect(headers['Retry-After']).to.match(/^[1-9][0-9]*$/);
      expect(register.events.map(({ event }) => event)).to.deep.equal(['backend-failed']);
    });
  }

  it('is a 503 that waits as long as a busy register asks', async () => {
    register.answers((_, response) => response.writeHead(429, { 'Retry-After': '77' }).end());
    const problem = await problemOf(ask());
    expect(problem).to.include({ status: 503, backendStatus: 429 });
    expect(problem.headers).to.deep.equal({ 'Retry-After': '77' });
  });

  it('is a 504 when the register does not answer in time', async () => {
    register.answers(never);
    expect((await problemOf(ask())).status).to.equal(504);
  });

  it('tells what the register answered', async () => {
    register.answers(always(502, {}));
    expect(await problemOf(ask())).to.include({ backendStatus: 502, outcome: 'unknown' });
  });
});
