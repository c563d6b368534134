import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { JsonObject } from '../../../src/json.ts';
import { text as textOf } from 'node:stream/consumers';
import { processLimit } from '../../kit/process.ts';
import { webHost } from '../../kit/web-host.ts';
import { soundSet } from '../../mapping/set.ts';
import { environment, soundConfig, temporaryFiles } from '../config.ts';
import { inside } from '../inside.ts';

/** 17 March 1961, as CRMs keep it, with how the set reads that. */
const births: Readonly<Record<string, { readonly record: JsonObject; readonly reading: string }>> = {
  'milliseconds since 1970': {
    record: { BORN: Date.UTC(1961, 2, 17) },
    reading: '$date(BORN, "x")',
  },
  'seconds since 1970, of midnight in Amsterdam': {
    record: { BORN: Date.UTC(1961, 2, 16, 23) / 1000 },
    reading: '$date(BORN * 1000, "x")',
  },
  'a moment': { record: { BORN: '1961-03-17T00:00:00+01:00' }, reading: '$substring(BORN, 0, 10)' },
  'a date with slashes, year first': {
    record: { BORN: '1961/03/17' },
    reading: '$replace(BORN, "/", "-")',
  },
  'three parts': {
    record: { BORN: { Y: 1961, M: '03', D: 17 } },
    reading: '$string(BORN.Y) & "-" & BORN.M & "-" & $formatInteger(BORN.D, "00")',
  },
  'a list of three': {
    record: { BORN: [1961, 3, 17] },
    reading: '$string(BORN[0]) & "-" & $formatInteger(BORN[1], "00") & "-" & $formatInteger(BORN[2], "00")',
  },
};

/** What else such a record may have of it, that no mapping reads. */
const copies: JsonObject = {
  birthday: '1961-03-17T08:15:00Z',
  geboorte: { jaar: 1961, maand: 3, dag: 17 },
  stamp: '1961-03-16T23:00:00Z',
  dotNet: '/Date(-277344000000)/',
  since: '1961-03-17 00:00:00.000',
};

describe('klantbrug record, of dates that are numbers, moments or parts', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  let answer: JsonObject = {};
  const host = webHost((request, response) => {
    void textOf(request).then(() => {
      response.setHeader('content-type', 'application/json');
      response.statusCode = request.method === 'POST' ? 201 : 200;
      response.end(JSON.stringify(answer));
    });
  });

  let number = 0;
  /** Records on a set that reads the date of birth so. */
  const record = async (reading: string, ...args: string[]) => {
    const folder = files.place(`mappings/set${++number}`);
    await mkdir(`${folder}/examples`, { recursive: true });
    const from = soundSet['from.jsonata']
      .replace('{', '{ "klantnummer": "1", ')
      .replace('"inpBsn": PERSONAL', `"geboortedatum": (${reading})`);
    const set = { ...soundSet, 'from.jsonata': from };
    for (const [name, text] of Object.entries(set)) await writeFile(`${folder}/${name}`, text);
    const config = await files.write(`config${number}.yaml`, {
      ...soundConfig({ port: 8080, crmUrl: host.origin }),
      mapping: { folder },
      backends: { crm: { baseUrl: host.origin }, zaken: { baseUrl: host.origin } },
    });
    const out = `${folder}/examples/recorded.yaml`;
    const options = ['--config', config, '--about', 'A recording.', '--out', out];
    const result = await inside(['record', ...options, ...args], environment);
    const text = await readFile(out, 'utf8').catch(() => '');
    return { ...result, text, played: (await inside(['test', '--config', config])).out };
  };
  const person = { NR: 7, ORG: '123456782', WEB: 'https://x.example', NAME: 'Zeldzaam', KIND: 'P' };

  const least = {
    bronorganisatie: '123456782',
    klantnummer: '1',
    websiteUrl: 'https://x.example',
    achternaam: 'Zeldzaam',
  };

  for (const [what, { record: born, reading }] of Object.entries(births)) {
    it(`moves a date of birth that is ${what}, and every copy of it`, async () => {
      answer = { ...person, ...born, ...copies };
      const { code, error, text, played } = await record(reading, 'klant.read', '--id', '7');
      expect({ code, error }).to.deep.equal({ code: 0, error: '' });
      expect(played).to.match(/^1 example .*: all hold$/m);
      expect(text).to.match(/geboortedatum: '?19[456]\d-\d\d-\d\d/);
      expect(text).not.to.match(/1961|-277344000|-277347600/);
    });
  }

  it('refuses, with the path, to write down a date of birth in words', async () => {
    answer = { ...person, BORN: '1961-03-17', REMARK: { TEXT: 'geboren op 17 maart 1961, in Nergens' } };
    const { code, error, text } = await record('BORN', 'klant.read', '--id', '7');
    expect({ code, text }).to.deep.equal({ code: 1, text: '' });
    expect(error).to.match(
      /^Nothing was written: a date of birth would stay in the example, .* at\n {2}exchanges\[0\]\.answer\.body\.REMARK\.TEXT\n$/,
    );
  });

  it('says what was made when there is no example of it, so that it can be removed', async () => {
    answer = { ...person, BORN: '1961-03-17', REMARK: 'geboren 17 maart 1961' };
    const input = await files.write(
      'new.json',
      JSON.stringify({
        ...least,
        subjectType: 'natuurlijk_persoon',
        subjectIdentificatie: { geboortedatum: '1961-03-17' },
      }),
    );
    answer = { ...answer, ITEMS: [], TOTAL: 0 };
    const { code, error } = await record('BORN', 'klant.create', '--input', input, '--write');
    expect(code).to.equal(1);
    expect(error).to.match(/^Nothing was written: /);
    expect(error).to.match(/^But the klant was made: http\S+\/klanten\/api\/v1\/klanten\/[0-9a-f-]{36}$/m);
    expect(error).to.match(/^To remove it: klantbrug try klant\.delete --id 7 --send --write$/m);
  });

  it('says which write was done when nobody knows what it made', async () => {
    answer = { ITEMS: [], TOTAL: 0 };
    const input = await files.write(
      'other.json',
      JSON.stringify({ ...least, subjectType: 'natuurlijk_persoon' }),
    );
    const { code, error } = await record('BORN', 'klant.create', '--input', input, '--write');
    expect(code).to.equal(0);
    expect(error).to.match(
      /^But the CRM was changed, as far as it said so itself:\n {2}POST http\S+\/people \(201\)\n$/,
    );
  });

  it('shows what comes out otherwise with --reveal only', async () => {
    answer = { ...person, BORN: '1961-03-17' };
    const reading = 'BORN = "1961" & "-03-17" ? "1970-01-01" : BORN';
    const hidden = await record(reading, 'klant.read', '--id', '7');
    const shown = await record(reading, 'klant.read', '--id', '7', '--reveal');
    expect([hidden.code, shown.code]).to.deep.equal([1, 1]);
    expect(hidden.error).to.match(/\n {2}result\.subjectIdentificatie\.geboortedatum\n$/);
    expect(shown.error).to.match(/geboortedatum\n {4}- "1970-01-01"\n {4}\+ "19\d\d-\d\d-\d\d"\n$/);
  });
});
