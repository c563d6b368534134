import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { soundSet } from '../mapping/set.ts';
import { processLimit } from '../kit/process.ts';
import { environment, soundConfig, temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

const from =
  '{ "bronorganisatie": "123456782", "websiteUrl": "https://x.nl", "klantnummer": "1", "achternaam": NAME }';

const klant = { bronorganisatie: '123456782', websiteUrl: 'https://x.nl', klantnummer: '1' };

const envelope = (body: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;

describe('klantbrug test, on examples of other encodings than JSON', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();

  /** Plays one example of `klant.read` on a set with this backend and this request file. */
  async function played(
    backend: string,
    read: string,
    example: object,
  ): Promise<{ code: number; out: string }> {
    const config = await files.write('config.yaml', {
      mapping: { folder: 'set' },
      backends: { crm: {}, zaken: {} },
    });
    const folder = path.join(path.dirname(config), 'set');
    await mkdir(path.join(folder, 'examples'), { recursive: true });
    const mapping = soundSet['mapping.yaml']
      .replace(/ {2}crm: .*/, `  crm: ${backend}`)
      .replace(/ {4}list:[^]*? {4}deviations/, '    deviations')
      .replace('{ request: read.jsonata }', '{ request: read.jsonata, record: record }');
    await writeFile(path.join(folder, 'mapping.yaml'), mapping);
    await writeFile(path.join(folder, 'from.jsonata'), from);
    await writeFile(path.join(folder, 'to.jsonata'), '{}');
    await writeFile(path.join(folder, 'read.jsonata'), read);
    const whole = { about: 'x', operation: 'klant.read', id: 7, ...example };
    await writeFile(path.join(folder, 'examples', 'one.yaml'), JSON.stringify(whole));
    const { code, out, error } = await inside(['test', '--config', config]);
    return { code, out: out + error };
  }

  it('shows a call, and needs no number in its answer', async () => {
    const request = { call: 'party.read', params: [[7]] };
    const answer = { status: 200, body: { result: { record: { NR: 7, NAME: 'Jansen' } } } };
    const example = { exchanges: [{ request, answer }], result: { ...klant, achternaam: 'Jansen' } };
    const read = '{ "call": "party.read", "params": [[id]] }';
    expect(await played('{ encoding: json-rpc }', read, example)).to.deep.include({ code: 0 });

    const other = { ...example, exchanges: [{ request: { ...request, params: [[8]] }, answer }] };
    const { code, out } = await played('{ encoding: json-rpc }', read, other);
    expect(code).to.equal(1);
    expect(out).to.contain('exchanges[0].request.params');
  });

  it('shows an action, and reads the text of an envelope', async () => {
    const request = { action: 'urn:lees', body: { 'bg:lees': { nr: 7 } } };
    const body = envelope(
      '<b:record xmlns:b="urn:bg"><b:NR>7</b:NR><b:NAME>O&apos;Brien &amp; Zn.</b:NAME></b:record>',
    );
    const example = {
      exchanges: [{ request, answer: { status: 200, body } }],
      result: { ...klant, achternaam: "O'Brien & Zn." },
    };
    const soap = "{ encoding: soap, xml: { namespaces: { bg: 'urn:bg' } } }";
    const read = '{ "action": "urn:lees", "body": { "bg:lees": { "nr": id } } }';
    expect(await played(soap, read, example)).to.deep.include({ code: 0 });
  });

  it('does not hold when its request cannot be written', async () => {
    const request = { action: '', body: { 'bg:lees': { nr: '\u0001' } } };
    const example = {
      exchanges: [{ request, answer: { status: 200, body: envelope('<record/>') } }],
      problem: { status: 502, code: 'error' },
    };
    const soap = "{ encoding: soap, xml: { namespaces: { bg: 'urn:bg' } } }";
    const { code, out } = await played(
      soap,
      '{ "action": "", "body": { "bg:lees": { "nr": "\\u0001" } } }',
      example,
    );
    expect(code).to.equal(1);
    expect(out).to.contain('a text has a character that XML cannot hold');
  });

  for (const [what, request] of [
    ['nothing that is asked', { headers: {} }],
    ['a method and a call', { method: 'POST', path: '/a', call: 'x' }],
    ['a call with a body', { call: 'x', body: {} }],
    ['params without a call', { method: 'GET', path: '/a', params: [] }],
    ['a method without a path', { method: 'GET' }],
  ] as const) {
    it(`is a mistake with ${what}`, async () => {
      const example = { exchanges: [{ request, answer: { status: 200 } }], result: {} };
      const { code, out } = await played('{ errors: [] }', '{ "path": ["x"] }', example);
      expect(code).to.equal(1);
      expect(out).to.contain('`method` and `path`, or `call` and `params`, or `action` and `body`');
    });
  }
});

describe('klantbrug check, on credentials that only SOAP has a place for', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();

  async function checked(backend: string, requests: object): Promise<{ code: number; error: string }> {
    const credentials = { wsSecurity: { user: 'wij', password: '${CRM_KEY}' } };
    const config = await files.write('config.yaml', {
      ...soundConfig({ port: 8080, crmUrl: 'http://127.0.0.1:9' }),
      mapping: { folder: 'set' },
      backends: { crm: { baseUrl: 'http://127.0.0.1:9', credentials } },
    });
    const folder = path.join(path.dirname(config), 'set');
    await mkdir(folder, { recursive: true });
    const mapping = soundSet['mapping.yaml'].replace(/ {2}crm: .*/, `  crm: ${backend}`);
    for (const [file, text] of Object.entries({ ...soundSet, ...requests, 'mapping.yaml': mapping }))
      await writeFile(path.join(folder, file), text);
    return inside(['check', '--config', config], environment);
  }

  it('says where the mapping set must say SOAP', async () => {
    const { code, error } = await checked('{ encoding: xml }', {});
    expect(code).to.equal(1);
    expect(error)
      .to.match(/set\/mapping\.yaml:6:\d+ .*wsSecurity/s)
      .and.not.contain('spec-key');
  });

  it('has nothing to say when it does', async () => {
    const request = '{ "action": "x", "body": { "a": 1 } }';
    const requests = Object.fromEntries(
      ['read', 'list', 'create', 'update', 'delete'].map((name) => [`${name}.jsonata`, request]),
    );
    const list = '{ "action": "x", "body": { "a": filters.achternaam } }';
    expect(await checked('{ encoding: soap }', { ...requests, 'list.jsonata': list })).to.deep.include({
      code: 0,
      error: '',
    });
  });
});
