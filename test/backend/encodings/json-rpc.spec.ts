import { expect } from 'chai';
import type { Json, JsonObject } from '../../../src/json.ts';
import { type Arrived, encodedHost } from './asked.ts';

/** Answers with the number of the call, whatever else is said. */
const answering =
  (body: JsonObject, status = 200) =>
  ({ text }: Arrived) => ({
    status,
    body: JSON.stringify({ id: (JSON.parse(text) as JsonObject).id, ...body }),
  });

describe('A backend that speaks JSON-RPC', () => {
  const crm = encodedHost();
  const rpc = { encoding: 'json-rpc' } as const;
  const userError: Json = ['UserError', ['Verkeerde BSN', '', null]];

  it('gets the call with a number of its own, by POST', async () => {
    crm.answers(answering({ result: [1] }));
    const ask = crm.open({ encoding: rpc });
    await ask({ call: 'model.party.read', params: [[1], { a: null }] });
    await ask({ call: 'model.party.read' });
    expect(crm.arrived.map(({ method, url }) => [method, url])).to.deep.equal([
      ['POST', '/crm'],
      ['POST', '/crm'],
    ]);
    expect(crm.arrived.map(({ text }) => JSON.parse(text) as Json)).to.deep.equal([
      { jsonrpc: '2.0', id: 1, method: 'model.party.read', params: [[1], { a: null }] },
      { jsonrpc: '2.0', id: 2, method: 'model.party.read', params: [] },
    ]);
    expect(crm.arrived[0]?.headers).to.include({
      'content-type': 'application/json',
      accept: 'application/json',
    });
  });

  it('is not told the version when that is 1.0, for servers that want nothing else in a call', async () => {
    crm.answers(answering({ result: 1 }));
    await crm.open({ encoding: { ...rpc, jsonRpc: '1.0' } })({ call: 'x' });
    expect(JSON.parse(crm.arrived[0]?.text ?? '')).to.deep.equal({ id: 1, method: 'x', params: [] });
  });

  it('is called at the base URL with a slash when that is the path', async () => {
    crm.answers(answering({ result: 1 }));
    await crm.open({ encoding: rpc })({ call: 'x', path: [''] });
    expect(crm.arrived[0]?.url).to.equal('/crm/');
  });

  for (const result of [[{ id: 7 }], 0, '', false, null]) {
    it(`answers with what is in result: ${JSON.stringify(result)}`, async () => {
      crm.answers(answering({ result, jsonrpc: '2.0' }));
      expect(await crm.open({ encoding: rpc })({ call: 'x' })).to.include({ meaning: 'ok', status: 200 });
      expect(await crm.open({ encoding: rpc })({ call: 'x' })).to.have.deep.property('body', result);
    });
  }

  it('refuses with an error, also in a 200, and then nothing was done', async () => {
    crm.answers(answering({ error: userError }));
    expect(await crm.open({ encoding: rpc })({ call: 'x' })).to.deep.equal({
      problem: 502,
      outcome: 'declined',
    });
  });

  it('has an error table that looks at the whole answer', async () => {
    const errors = [
      { when: { field: 'error.0', is: 'UserError', contains: 'User' }, means: 'not-found' },
    ] as const;
    crm.answers(answering({ error: userError }));
    expect(await crm.open({ encoding: rpc, errors })({ call: 'x' })).to.include({ meaning: 'not-found' });
    crm.answers(answering({ error: { code: -32601 } }, 500));
    const byCode = [{ when: { field: 'error.code', is: -32601 }, means: 'duplicate' }] as const;
    expect(await crm.open({ encoding: rpc, errors: byCode })({ call: 'x' })).to.include({
      meaning: 'duplicate',
    });
  });

  it('fails by its status when no line explains its error', async () => {
    crm.answers(answering({ error: { code: 1 } }, 500));
    expect(await crm.open({ encoding: rpc })({ call: 'x' })).to.deep.equal({
      problem: 502,
      outcome: 'unknown',
    });
  });

  it('takes an error without a number: who cannot read a call does not know it', async () => {
    crm.answers(() => ({ body: JSON.stringify({ id: null, error: { code: -32700 } }) }));
    expect(await crm.open({ encoding: rpc })({ call: 'x' })).to.include({ outcome: 'declined' });
  });

  const failing: readonly [string, string][] = [
    ['neither result nor error', '{"id":1}'],
    ['an error that is null, and no result', '{"id":1,"error":null}'],
    ['the number of another call', '{"id":2,"result":[]}'],
    ['an error of another call', '{"id":2,"error":{"code":1}}'],
    ['no number', '{"result":[]}'],
    ['a list', '[{"id":1,"result":[]}]'],
    ['HTML', '<html></html>'],
    ['nothing', ''],
  ];
  for (const [what, body] of failing) {
    it(`fails with ${what}, whatever the error table says`, async () => {
      crm.answers(() => ({ body }));
      const errors = [{ when: { field: 'error.code' }, means: 'not-found' }] as const;
      expect(await crm.open({ encoding: rpc, errors })({ call: 'x' })).to.deep.equal({
        problem: 502,
        outcome: 'unknown',
      });
    });
  }

  it('takes an error that is null beside a result', async () => {
    crm.answers(answering({ error: null, result: 3 }));
    expect(await crm.open({ encoding: rpc })({ call: 'x' })).to.have.property('body', 3);
  });

  for (const [what, request] of [
    ['no call', { body: { a: 1 } }],
    ['an action', { action: 'x', body: {} }],
  ] as const) {
    it(`is sent nothing that has ${what}`, async () => {
      expect(await crm.open({ encoding: rpc })(request)).to.deep.equal({ problem: 500, outcome: 'not-sent' });
      expect(crm.arrived).to.have.length(0);
      expect(crm.events.map(({ event }) => event)).to.deep.equal(['translation-failed']);
    });
  }

  it('is the only one that is sent a call', async () => {
    const came = await crm.open({})({ call: 'x' });
    expect(came).to.deep.equal({ problem: 500, outcome: 'not-sent' });
    expect(crm.arrived).to.have.length(0);
  });
});

describe('A read is made once more when its connection broke, whatever its method', () => {
  const crm = encodedHost();
  const cases = [
    ['a POST that reads', 'POST', true, 2],
    ['a POST', 'POST', undefined, 1],
    ['a GET', 'GET', undefined, 2],
    ['a GET that writes', 'GET', false, 1],
  ] as const;
  for (const [what, method, isSafe, times] of cases) {
    it(`${what}: ${times}`, async () => {
      crm.answers(() => undefined);
      const came = await crm.open({})({ method, ...(isSafe === undefined ? {} : { isSafe }) });
      expect(came).to.include({ problem: 502 });
      expect(crm.arrived).to.have.length(times);
    });
  }
});
