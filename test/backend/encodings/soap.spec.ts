import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { readXml } from '../../../src/backend/encoding/xml-read.ts';
import { scalarText, valueAt } from '../../../src/json.ts';
import { encodedHost } from './asked.ts';

const namespaces = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

/** An answer with this in its body. */
const envelope = (body: string, version: keyof typeof namespaces = '1.1') =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="${namespaces[version]}"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`;

const fault = '<s:Fault><faultcode>s:Server</faultcode><faultstring>Niet gevonden</faultstring></s:Fault>';
const question = { action: 'urn:vraag', body: { 'bg:vraag': { naam: "O'Brien & Zn. <é>" } } };

describe('A backend that speaks SOAP', () => {
  const crm = encodedHost();
  const soap = (version: '1.1' | '1.2' = '1.1', lists: string[] = []) =>
    ({ encoding: 'soap', xml: { namespaces: { bg: 'urn:bg' }, lists, soap: version } }) as const;

  it('gets an envelope of version 1.1 with its action in a header', async () => {
    crm.answers(() => ({ body: envelope('<b:antwoord xmlns:b="urn:bg"><naam>x</naam></b:antwoord>') }));
    const came = await crm.open({ encoding: soap() })(question);
    expect(came).to.deep.include({ meaning: 'ok', body: { antwoord: { naam: 'x' } } });
    const [sent] = crm.arrived;
    expect(sent?.method).to.equal('POST');
    expect(sent?.headers).to.include({
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"urn:vraag"',
      accept: 'text/xml',
    });
    expect(sent?.text).to.contain(`xmlns:soap="${namespaces['1.1']}"`);
    expect(readXml(sent?.text ?? '', { lists: [] })).to.deep.equal({
      Envelope: { Body: { vraag: { naam: "O'Brien & Zn. <é>" } } },
    });
  });

  it('gets an envelope of version 1.2 with its action in the Content-Type', async () => {
    crm.answers(() => ({ body: envelope('<a/>', '1.2') }));
    expect(await crm.open({ encoding: soap('1.2') })(question)).to.deep.include({ body: { a: '' } });
    expect(crm.arrived[0]?.headers).to.include({
      'content-type': 'application/soap+xml; charset=utf-8; action="urn:vraag"',
      accept: 'application/soap+xml',
    });
    expect(crm.arrived[0]?.headers).not.to.have.property('soapaction');
    expect(crm.arrived[0]?.text).to.contain(`xmlns:soap="${namespaces['1.2']}"`);
  });

  it('has lists that count from what is in the body', async () => {
    crm.answers(() => ({ body: envelope('<antwoord><object/></antwoord>') }));
    const came = await crm.open({ encoding: soap('1.1', ['antwoord.object']) })(question);
    expect(came).to.deep.include({ body: { antwoord: { object: [''] } } });
  });

  it('fails with a Fault, whatever the status', async () => {
    for (const status of [200, 400, 500]) {
      crm.answers(() => ({ status, body: envelope(fault) }));
      expect(await crm.open({ encoding: soap() })(question)).to.deep.equal({
        problem: 502,
        outcome: 'unknown',
      });
    }
  });

  it('has a Fault that the error table explains', async () => {
    crm.answers(() => ({ status: 500, body: envelope(fault) }));
    const errors = [{ when: { field: 'Fault.faultstring', contains: 'Niet' }, means: 'not-found' }] as const;
    expect(await crm.open({ encoding: soap(), errors })(question)).to.include({ meaning: 'not-found' });
    const code = '<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code></s:Fault>';
    crm.answers(() => ({ status: 400, body: envelope(code, '1.2') }));
    const second = [{ when: { field: 'Fault.Code.Value', is: 's:Sender' }, means: 'duplicate' }] as const;
    expect(await crm.open({ encoding: soap('1.2'), errors: second })(question)).to.include({
      meaning: 'duplicate',
    });
  });

  for (const [what, body] of [
    ['XML without an envelope', '<antwoord/>'],
    ['an envelope of the other version', envelope('<a/>', '1.2')],
    ['an envelope without a body', `<s:Envelope xmlns:s="${namespaces['1.1']}"/>`],
    ['JSON', '{"Envelope":{"Body":{}}}'],
    ['a DOCTYPE', `<!DOCTYPE a>${envelope('<a/>').slice(21)}`],
  ] as const) {
    it(`cannot be read when it answers with ${what}`, async () => {
      crm.answers(() => ({ body }));
      expect(await crm.open({ encoding: soap() })(question)).to.deep.equal({
        problem: 502,
        outcome: 'unknown',
      });
      expect(crm.events).to.deep.include({
        event: 'backend-failed',
        backend: 'register',
        reason: 'not-xml',
        status: 200,
      });
    });
  }

  it('may take in a request without an answer', async () => {
    crm.answers(() => ({ status: 202 }));
    expect(await crm.open({ encoding: soap() })(question)).to.include({ meaning: 'ok', body: undefined });
  });

  for (const [what, request] of [
    ['no action', { body: { a: 1 } }],
    ['a call', { call: 'x' }],
    ['no body', { action: 'x' }],
    ['two bodies', { action: 'x', body: { a: 1, b: 2 } }],
    ['an action that would end its header', { action: 'x"\r\nX: y', body: { a: 1 } }],
    ['a control character', { action: 'x', body: { a: '\u0001' } }],
  ] as const) {
    it(`is sent nothing that has ${what}`, async () => {
      expect(await crm.open({ encoding: soap() })(request)).to.deep.equal({
        problem: 500,
        outcome: 'not-sent',
      });
      expect(crm.arrived).to.have.length(0);
    });
  }

  describe('and wants a user name token', () => {
    const credentials = { kind: 'wsSecurity', user: 'wij & zij', password: 'geheim<', digest: true } as const;
    const tokenIn = (text = '') =>
      valueAt(readXml(text, { lists: [] }), 'Envelope.Header.Security.UsernameToken');

    it('gets a digest that is another one each time', async () => {
      crm.answers(() => ({ body: envelope('<a/>') }));
      const ask = crm.open({ encoding: soap(), credentials });
      await ask(question);
      await ask(question);
      const tokens = crm.arrived.map(({ text }) => tokenIn(text));
      for (const token of tokens) {
        const nonce = Buffer.from(scalarText(valueAt(token, 'Nonce.#text')) ?? '', 'base64');
        const created = scalarText(valueAt(token, 'Created')) ?? '';
        const digest = createHash('sha1')
          .update(Buffer.concat([nonce, Buffer.from(created), Buffer.from('geheim<')]))
          .digest('base64');
        expect(nonce).to.have.length(16);
        expect(valueAt(token, 'Username')).to.equal('wij & zij');
        expect(valueAt(token, 'Password.#text')).to.equal(digest);
        expect(valueAt(token, 'Password.@Type')).to.match(/#PasswordDigest$/);
        expect(Math.abs(Date.parse(created) - Date.now())).to.be.below(60_000);
      }
      expect(new Set(tokens.map((token) => valueAt(token, 'Nonce.#text'))).size).to.equal(2);
      expect(crm.arrived[0]?.text).not.to.contain('geheim');
    });

    it('gets the password itself when that is asked', async () => {
      crm.answers(() => ({ body: envelope('<a/>') }));
      await crm.open({ encoding: soap(), credentials: { ...credentials, digest: false } })(question);
      expect(valueAt(tokenIn(crm.arrived[0]?.text), 'Password.#text')).to.equal('geheim<');
      expect(valueAt(tokenIn(crm.arrived[0]?.text), 'Password.@Type')).to.match(/#PasswordText$/);
    });

    for (const encoding of ['json', 'form', 'xml', 'json-rpc'] as const) {
      it(`is sent nothing as ${encoding}, which has no place for it`, async () => {
        const ask = crm.open({ encoding: { encoding }, credentials });
        const request = encoding === 'json-rpc' ? { call: 'x' } : { body: { a: { b: 1 } } };
        expect(await ask(request)).to.deep.equal({ problem: 500, outcome: 'not-sent' });
        expect(crm.arrived).to.have.length(0);
        expect(JSON.stringify(crm.events)).not.to.contain('geheim');
      });
    }
  });
});
