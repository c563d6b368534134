import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { expect } from 'chai';
import type { JsonObject } from '../../../src/json.ts';
import { processLimit, root } from '../../kit/process.ts';
import { webHost } from '../../kit/web-host.ts';
import { soundSet } from '../../mapping/set.ts';
import { runningStandIn } from '../../stand-ins/kit/running.ts';
import { objecten } from '../../stand-ins/objecten.ts';
import { stufSoap } from '../../stand-ins/stuf-soap.ts';
import { environment as usual, soundConfig, temporaryFiles } from '../config.ts';
import { inside } from '../inside.ts';

const environment = { ...usual, OBJECTEN: 'Token objecten-token' };

/** Records into the examples of a set in a folder, and plays what came of it. */
function recorderIn(files: ReturnType<typeof temporaryFiles>, set: string) {
  let number = 0;
  return async (...args: string[]) => {
    const name = `recorded.${++number}.yaml`;
    const config = files.place('config/klantbrug.yaml');
    const out = files.place(`mappings/${set}/examples/${name}`);
    const options = ['--config', config, '--about', 'A recording.', '--out', out];
    const result = await inside(['record', ...options, ...args], environment);
    const text = await readFile(out, 'utf8').catch(() => '');
    const { out: played } = await inside(['test', '--config', config, name], environment);
    return { ...result, text, played };
  };
}

describe('klantbrug record, on a CRM that speaks SOAP', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  const crm = runningStandIn(stufSoap({ password: environment.CRM_KEY }));
  const store = runningStandIn(objecten());
  const record = recorderIn(files, 'stuf-soap');

  before(async () => {
    for (const name of ['stuf-soap', 'objecten', 'demo-crm', 'example.schema.json'])
      await cp(path.join(root, 'mappings', name), files.place(`mappings/${name}`), { recursive: true });
    await mkdir(files.place('config'));
    await files.write('config/klantbrug.yaml', {
      ...soundConfig({ port: 8080, crmUrl: crm.url }),
      mapping: { folder: '../mappings/stuf-soap', with: ['../mappings/objecten'] },
      backends: {
        stuf: {
          baseUrl: crm.url,
          credentials: { wsSecurity: { user: 'klantbrug', password: '${CRM_KEY}', digest: true } },
        },
        objecten: {
          baseUrl: store.url,
          credentials: { header: { name: 'Authorization', value: '${OBJECTEN}' } },
        },
      },
    });
  });

  it('writes envelopes with other texts under the same names, the clock of examples, and a UUID that plays', async () => {
    const input = await files.write(
      'person.json',
      JSON.stringify({
        bronorganisatie: '123456782',
        klantnummer: 'Q77',
        websiteUrl: 'https://www.gemeente.example',
        achternaam: "Zeldzaam & 'Zn'",
        emailadres: 'kees@zeldzaamhuis.nl',
        functie: 'Bel 999990019 06-41327650, vraag naar ZELDZAAM',
        subjectType: 'natuurlijk_persoon',
        subjectIdentificatie: { inpBsn: '999990019', geboortedatum: '1961-03-17' },
      }),
    );
    const { code, error, text, played } = await record('klant.create', '--input', input, '--write');
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(played).to.match(/: all hold$/m);
    expect(text).to.match(/^# yaml-language-server: \$schema=\.\.\/\.\.\/example\.schema\.json\n/);
    expect(text).not.to.match(/zeldzaam|41327650|999990019|1961|19610317/i);
    expect(text).to.contain("StUF:tijdstipBericht: '20250101130000000'");
    expect(text).to.contain('00000000-0000-4000-8000-000000000000');
    const [, name = ''] = /^ {2}achternaam: (\w{8}) & 'Z?/m.exec(text) ?? [];
    const [, number = ''] = /^ {4}inpBsn: '(\d{9})'/m.exec(text) ?? [];
    expect(text).to.match(new RegExp(`<[\\w:]+ naam="achternaam">${name} &amp; '`));
    expect(text).to.match(new RegExp(`<\\w+:inp\\.bsn>${number}</`));
    const sentence = new RegExp(
      `naam="functie">\\w{3} ${number} 06-\\d{8}, \\w{5} \\w{4} ${name.toUpperCase()}<`,
    );
    expect(text).to.match(sentence);
  });

  it('writes a search, and a question that finds nobody', async () => {
    const found = await record('klant.list', '--query', 'emailadres=kees@zeldzaamhuis.nl');
    expect(found.error).to.equal('');
    expect(found.text).not.to.match(/zeldzaam/i);
    const none = await record('klant.read', '--id', '0d0a7b52-4b5a-4b8e-9f2c-6a0d3c1b2a99');
    expect({ code: none.code, error: none.error }).to.deep.equal({ code: 0, error: '' });
    expect(none.text).to.match(/problem:\n {2}status: 404/);
    expect(none.played).to.match(/: all hold$/m);
  });
});

describe('klantbrug record, on a CRM that speaks JSON-RPC', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  const record = recorderIn(files, 'set');
  const sentences: Record<string, JsonObject> = {
    8: { code: 4, message: 'Klant Zeldzaam (BSN 999990019 0641327650) bestaat niet, zegt REL404.' },
  };
  const host = webHost((request, response) => {
    void textOf(request).then((body) => {
      const { id, params } = JSON.parse(body) as { id: number; params: [number[], string] };
      const [[key = 0]] = params;
      const error = sentences[key];
      const result = [{ NR: key, ORG: '123456782', WEB: 'https://x.example', NAME: 'Zeldzaam', KIND: 'P' }];
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(error ? { error } : { result }) }));
    });
  });

  before(async () => {
    await mkdir(files.place('mappings/set/examples'), { recursive: true });
    await mkdir(files.place('config'));
    const backend = `{ encoding: json-rpc, errors: [{ when: { field: error.message, contains: 'bestaat niet, zegt REL404' }, means: not-found }] }`;
    const set = {
      ...soundSet,
      'mapping.yaml': soundSet['mapping.yaml']
        .replace(/ {2}crm: .*/, `  crm: ${backend}`)
        .replace(/ {4}list:[^]*? {4}deviations/, '    deviations')
        .replace('{ request: read.jsonata }', '{ request: read.jsonata, record: items.0 }')
        .replace('record: items.0', "record: '0'"),
      'from.jsonata': soundSet['from.jsonata'].replace('{', '{ "klantnummer": "1",'),
      // A moment in three notations, of which the last is one that nobody takes for a moment.
      'read.jsonata': `{
        "call": "party.read",
        "params": [[id], $now(), $fromMillis($millis(), "[d1].[M1].[Y0001] om [H01]u[m01]", "+0100"), "lot-" & $millis()]
      }`,
    };
    for (const [name, text] of Object.entries(set))
      await writeFile(files.place(`mappings/set/${name}`), text);
    await files.write('config/klantbrug.yaml', {
      ...soundConfig({ port: 8080, crmUrl: host.origin }),
      mapping: { folder: '../mappings/set' },
      backends: { crm: { baseUrl: host.origin }, zaken: { baseUrl: host.origin } },
    });
  });

  it('writes calls and results without their numbers, and the clock of examples in any notation', async () => {
    const { code, error, text, played } = await record('klant.read', '--id', '77123');
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(played).to.match(/: all hold$/m);
    expect(text)
      .to.contain('call: party.read')
      .and.to.match(/- - 77123/);
    expect(text).to.contain('1.1.2025 om 13u00').and.to.contain('lot-1735732800000');
    expect(text).to.match(/^ {2}achternaam: [A-Z][a-z]{7}$/m);
    expect(text).not.to.match(/Zeldzaam| id:/);
  });

  it('leaves nobody in a sentence of the CRM, and in it what the error table looks for', async () => {
    const { code, error, text, played } = await record('klant.read', '--id', '8');
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(played).to.match(/: all hold$/m);
    expect(text).to.match(
      /message: '?\w{5} [A-Z]\w{7} \(\w{3} 99999\d{4} 06\d{8}\) bestaat niet, zegt REL404\./i,
    );
    expect(text).not.to.match(/Zeldzaam|999990019|41327650/);
  });
});
