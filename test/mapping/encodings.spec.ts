import { expect } from 'chai';
import { type Files, mistakesIn, soundSet } from './set.ts';

/** The sound set, with a backend that writes otherwise. */
function setWith(backend: string, files: Partial<Files> = {}): Files {
  const mapping = soundSet['mapping.yaml'].replace(/ {2}crm: .*/, `  crm: ${backend}`);
  return { ...soundSet, 'mapping.yaml': mapping, ...(files as Files) };
}

const calls = {
  'read.jsonata': '{ "call": "read", "params": [[id]] }',
  'list.jsonata': '{ "call": "search", "params": [filters.achternaam] }',
  'create.jsonata': '{ "call": "create", "params": [[columns]] }',
  'update.jsonata': '$exists(changes) ? { "call": "write", "params": [[id], changes] }',
  'delete.jsonata': '{ "call": "delete", "params": [[id]] }',
};
const actions = {
  ...Object.fromEntries(
    Object.keys(calls).map((file) => [file, '{ "action": "", "body": { "bg:vraag": {} } }']),
  ),
  'list.jsonata': '{ "action": "", "body": { "bg:vraag": { "bg:naam": filters.achternaam } } }',
};
const soap = "{ encoding: soap, xml: { namespaces: { bg: 'urn:bg' } } }";

async function told(files: Files): Promise<string[]> {
  return (await mistakesIn(files)).map(
    ({ file, line, column, path, problem = '' }) => `${path || `${file}:${line}:${column}`} ${problem}`,
  );
}

describe('How backends write, as check sees it', () => {
  const sound: readonly [string, Files][] = [
    ['JSON', setWith('{ encoding: json, mediaType: application/vnd.api+json }')],
    ['forms', setWith('{ encoding: form }')],
    ['XML', setWith("{ encoding: xml, xml: { namespaces: { bg: 'urn:bg' }, lists: [a.b] } }")],
    ['SOAP', setWith(soap, actions)],
    ['JSON-RPC', setWith('{ encoding: json-rpc }', calls)],
  ];
  for (const [what, files] of sound) {
    it(`is right with ${what}`, async () => {
      expect(await told(files)).to.deep.equal([]);
    });
  }

  it('tells of requests for another encoding, each once', async () => {
    expect(await told(setWith('{ encoding: json-rpc }'))).to.include.members([
      "read.jsonata:1:4 no `call` in a request to the backend 'crm', which has `encoding: json-rpc`",
      "create.jsonata:1:4 `method` in a request to the backend 'crm', which has `encoding: json-rpc`",
    ]);
    expect(await told(setWith('{ errors: [] }', calls))).to.have.length(5);
    expect(await told(setWith('{ encoding: json-rpc }', actions))).to.have.length(5);
    expect(await told(setWith(soap, calls))).to.include(
      "update.jsonata:1:23 `call` in a request to the backend 'crm', which has `encoding: soap`",
    );
  });

  it('lets be what is only known while it runs', async () => {
    const read = '$merge([{ "call": "read" }, { "params": [[id]] }])';
    expect(await told(setWith('{ encoding: json-rpc }', { ...calls, 'read.jsonata': read }))).to.deep.equal(
      [],
    );
  });

  it('tells of a prefix that is not declared, with its place and the one that was meant', async () => {
    const files = setWith(soap, {
      ...actions,
      'read.jsonata': '{ "action": "",\n  "body": { "bg:vraag": { "@bf:x": 1, "xml:y": 2 } } }',
      'to.jsonata': '{ "bh:NAME": achternaam }',
    });
    expect(await told(files)).to.deep.equal([
      "read.jsonata:2:28 the backend 'crm' has no namespace 'bf': did you mean 'bg'?",
      "to.jsonata:1:4 the backend 'crm' has no namespace 'bh': did you mean 'bg'?",
    ]);
  });

  const wrong: readonly [string, string, Partial<Files>][] = [
    ['backends.crm.xml not with `encoding: json`', '{ xml: { lists: [a] } }', {}],
    ['backends.crm.mediaType not with `encoding: json-rpc`', '{ encoding: json-rpc, mediaType: a/b }', calls],
    [
      'backends.crm.mediaType not with `encoding: soap`',
      soap.replace('soap,', 'soap, mediaType: a/b,'),
      actions,
    ],
    ['backends.crm.xml.soap not with `encoding: xml`', "{ encoding: xml, xml: { soap: '1.2' } }", {}],
    [
      "backends.crm.xml.namespaces.soap the prefix 'soap' is taken",
      soap.replace('{ bg:', "{ soap: 'urn:x', bg:"),
      actions,
    ],
    [
      "backends.crm.xml.namespaces.xml the prefix 'xml' is taken",
      "{ encoding: xml, xml: { namespaces: { xml: 'u' } } }",
      {},
    ],
    [
      'backends.crm.xml.namespaces.c this namespace has a prefix already',
      soap.replace("'urn:bg'", "'urn:bg', c: 'urn:bg'"),
      actions,
    ],
  ];
  for (const [mistake, backend, files] of wrong) {
    it(`tells: ${mistake}`, async () => {
      expect(await told(setWith(backend, files))).to.deep.equal([mistake]);
    });
  }

  it('tells of an encoding that there is not', async () => {
    const [mistake] = await mistakesIn(setWith('{ encoding: jsonrpc }'));
    expect(mistake?.path).to.equal('backends.crm.encoding');
    expect(mistake?.expected).to.contain('json-rpc');
  });
});
