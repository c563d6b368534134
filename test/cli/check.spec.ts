import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { soundSet } from '../mapping/set.ts';
import { processLimit, programs } from '../kit/process.ts';
import { environment, soundConfig, temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

describe('klantbrug check', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  const program = programs();
  const check = (config: string) => inside(['check', '--config', config], environment);
  const config = soundConfig({ port: 8080, crmUrl: 'http://127.0.0.1:9' });

  /** Writes a mapping set into a folder of its own. */
  async function writeSet(name: string, set: Readonly<Record<string, string>>): Promise<string> {
    await mkdir(files.place(name));
    for (const [file, text] of Object.entries(set)) await files.write(path.join(name, file), text);
    return name;
  }

  it('says that the demonstration is right, and what it can do', async () => {
    const { code, out, error } = await program.result(['check', '--config', 'config/demo.yaml']);
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(out).to.include('demo.yaml: no mistakes');
    expect(out).to.include('klant: list, create, read, update, partial_update, delete');
    expect(out).to.match(/^ {15}defaulted {7}bronorganisatie, websiteUrl$/m);
    expect(out).to.match(
      /^ {4}filters {4}by the gateway {2}bronorganisatie, functie, adres__landcode, subject$/m,
    );
    expect(out).to.match(/^ {31}costs what the CRM finds, up to 2000 records in 40 requests, or 501$/m);
    expect(out).to.match(/^ {4}ordering {3}by the gateway {2}url, bronorganisatie,/m);
    // A word of an earlier version of the standard, which orders nothing.
    expect(out).to.not.match(/by the CRM +klant$/m);
    expect(out).to.include('audittrail: list, create, read, update, partial_update, delete');
    for (const line of out.split('\n')) expect(line).to.have.length.most(100);
    expect(out).to.include('backends: crm');
  });

  it('says that a set without writes is right, and leaves out what it cannot do', async () => {
    const readOnly = soundSet['mapping.yaml'].replace(/ {4}(create|update|delete): .*\n/g, '');
    const folder = await writeSet('read-only', { ...soundSet, 'mapping.yaml': readOnly });
    const file = await files.write('read-only.yaml', { ...config, mapping: { folder } });
    const { code, out } = await check(file);
    expect(code).to.equal(0);
    expect(out).to.match(/^klant: list, read$/m);
    expect(out).to.match(/^not in this set: contactmoment, .*audittrail$/m);
    expect(out).to.match(/^audittrail: none, so no write is kept/m);
  });

  interface Told {
    resources: {
      name: string;
      parts: Record<
        'fields' | 'sources' | 'readOnly' | 'writeOnly' | 'list' | 'filters' | 'orderings',
        unknown
      >[];
    }[];
  }

  /** What `check --json` tells of the first part of the only resource of a set. */
  async function toldOf(name: string, set: Readonly<Record<string, string>>) {
    const folder = await writeSet(name, set);
    const { out } = await inside(
      ['check', '--json', '--config', await files.write(`${name}.yaml`, { ...config, mapping: { folder } })],
      environment,
    );
    const { resources } = JSON.parse(out) as Told;
    return resources[0]?.parts[0];
  }

  it('tells where each field comes from, and where from nowhere', async () => {
    const told = await toldOf('fields', {
      ...soundSet,
      'from.jsonata': `{
        "bronorganisatie": ORG ?: $settings.bron, "klantnummer": NR, "functie": "onbekend", "adres": ADDRESS,
        "subjectType": "natuurlijk_persoon", "subjectIdentificatie": { "inpBsn": BSN, "verblijfsadres": { } }
      }`,
    });
    const fields = told?.fields as Record<string, string[]>;
    expect(fields).to.include.keys('mapped', 'defaulted', 'missing', 'needed', 'lookedUp', 'notKnown');
    expect(fields.mapped).to.deep.equal(['klantnummer', 'subjectIdentificatie.inpBsn']);
    expect(fields.defaulted).to.deep.equal(['bronorganisatie', 'functie', 'subjectType']);
    expect(fields.needed).to.deep.equal(['websiteUrl']);
    expect(fields.missing)
      .to.include.members(['achternaam', 'subject', 'subjectIdentificatie.geslachtsnaam'])
      .and.not.include('url');
    expect(fields.notKnown).to.include('adres.postcode').and.have.length(7);
    const sources = told?.sources as { field: string; from: unknown }[];
    expect(sources.find(({ field }) => field === 'subjectIdentificatie.inpBsn')?.from).to.deep.equal([
      { backend: 'crm', names: ['BSN'] },
    ]);
  });

  for (const [what, change, told] of [
    ['exact', (text: string) => text, { achternaam: ['crm', 'page', undefined, 2] }],
    [
      'one that narrows',
      (text: string) => text.replace('exact', 'narrows'),
      { achternaam: ['crm-narrows', 'found', 300, 6], functie: ['gateway', 'all', 300, 6] },
    ],
    [
      'one of a field that the CRM does not have',
      (text: string) => text.replace('exact', 'absent'),
      { achternaam: ['nobody', 'none', undefined, 0] },
    ],
    [
      'an exact one where a request more is needed for each record',
      (text: string) =>
        text.replace('records: ITEMS', 'each: { request: read.jsonata }\n      records: ITEMS'),
      { achternaam: ['crm', 'page', undefined, 102] },
    ],
    [
      'an exact one where records may be left out, so that the CRM cannot count',
      (text: string) =>
        text.replace(
          'records: ITEMS',
          'each: { request: read.jsonata, failing: leave-out }\n      records: ITEMS',
        ),
      { achternaam: ['crm', 'found', 300, 306] },
    ],
  ] as const) {
    it(`tells who does a filter, and what that costs: ${what}`, async () => {
      const text = soundSet['mapping.yaml'].replace('narrows }', 'exact }\n      maxRecords: 300');
      const part = await toldOf(`cost of ${what}`, { ...soundSet, 'mapping.yaml': change(text) });
      const shares = part?.filters as {
        by: string;
        names: string[];
        cost: { lookedAt: string; maxRecords?: number; requests?: number };
      }[];
      for (const [filter, [by, lookedAt, maxRecords, requests]] of Object.entries(told)) {
        const share = shares.find(({ names }) => names.includes(filter));
        expect([share?.by, share?.cost.lookedAt, share?.cost.maxRecords, share?.cost.requests]).to.deep.equal(
          [by, lookedAt, maxRecords, requests],
        );
      }
    });
  }

  it('tells which file is not compiled, where, and what to write instead', async () => {
    const from = `( $both := [$x := 1, $x]; ${soundSet['from.jsonata']} )`;
    const folder = await writeSet('interpreted', { ...soundSet, 'from.jsonata': from });
    const file = await files.write('interpreted.yaml', { ...config, mapping: { folder } });
    const { code, out } = await check(file);
    expect(code).to.equal(0);
    expect(out).to.match(/from\.jsonata:1:\d+: not compiled, .*: a variable that is bound in one part/);
    expect(out).to.include('write brackets around what binds it');
  });

  it('tells which fields go one way only', async () => {
    const told = await toldOf('one-way', {
      ...soundSet,
      'to.jsonata': '{ "NAME": achternaam, "MAIL": emailadres, "KIND": $encode("soort", subjectType) }',
    });
    expect(told?.readOnly).to.deep.equal(['bronorganisatie', 'websiteUrl', 'subjectIdentificatie.inpBsn']);
    expect(told?.writeOnly).to.deep.equal(['emailadres']);
  });

  it('takes a field that decides what is written for one that is written', async () => {
    const told = await toldOf('deciding', {
      ...soundSet,
      'to.jsonata': `{
        "NAME": achternaam, "ORG": bronorganisatie, "WEB": websiteUrl,
        "WHO": subjectType = "natuurlijk_persoon" ? { "BSN": subjectIdentificatie.inpBsn }
      }`,
    });
    expect([told?.readOnly, told?.writeOnly]).to.deep.equal([[], []]);
  });

  it('tells of a filter that the list file passes on with another one only, and what it costs alone', async () => {
    const folder = await writeSet('only-with', {
      ...soundSet,
      'mapping.yaml': soundSet['mapping.yaml'].replace('achternaam: narrows', '$&, klantnummer: narrows'),
      'list.jsonata': `{
        "path": ["people"],
        "query": { "NAME": filters.achternaam, "NR": filters.bronorganisatie ? filters.klantnummer }
      }`,
    });
    const { out } = await check(await files.write('only-with.yaml', { ...config, mapping: { folder } }));
    const text = out.replace(/\s+/g, ' ');
    expect(text).to.include(
      'CRM narrows klantnummer costs what the CRM finds, up to 2000 records in 40 requests, or 501 but the list file ' +
        'passes it on only with bronorganisatie: alone it costs all that there is, up to 2000 records in 40 requests, or 501',
    );
    expect(text).to.include(
      'CRM narrows achternaam costs what the CRM finds, up to 2000 records in 40 requests, or 501',
    );
    expect(text).to.include(
      'never written bronorganisatie, websiteUrl, subjectIdentificatie.inpBsn no filter',
    );
    expect(text.match(/passes it on/g)).to.have.length(1);
  });

  it('tells mistakes as JSON with --json', async () => {
    const { code, out, error } = await inside(['check', '--json', '--config', files.place('none.yaml')]);
    expect({ code, error }).to.deep.equal({ code: 1, error: '' });
    const { mistakes } = JSON.parse(out) as { mistakes: string[] };
    expect(mistakes).to.have.length(1);
    expect(mistakes[0]).to.match(/none\.yaml: expected a YAML file that can be read/);
  });

  it('tells all mistakes of the configuration and of its mapping set together, and ends with 1', async () => {
    const folder = await writeSet('wrong', {
      ...soundSet,
      'mapping.yaml': soundSet['mapping.yaml']
        .replace('  klant:\n    backend: crm', '  klant:\n    backend: crn')
        .replace('achternaam: narrows', 'achternam: narrows'),
      'from.jsonata': '{ "achternaam":\n  $eval(NAME) }',
      'to.jsonata': '{ "NAME": achternaam',
    });
    const text = stringify({ ...config, mapping: { folder }, log: { level: 'loud' }, lsten: {} });
    const file = await files.write('wrong.yaml', text);
    const { code, out, error } = await program.result(['check', '--config', file], { environment });
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });

    const lineOf = (piece: string) => text.split('\n').findIndex((line) => line.includes(piece)) + 1;
    const reports = error.trimEnd().split('\n');
    const places = reports
      .slice(0, -1)
      .map((line) => /^(\S+?:\d+:\d+)/.exec(path.relative(files.place('.'), line))?.[1]);
    expect(places).to.have.members([
      `wrong.yaml:${lineOf('level: loud')}:3`,
      `wrong.yaml:${lineOf('lsten')}:1`,
      'wrong/mapping.yaml:9:5',
      'wrong/mapping.yaml:18:18',
      'wrong/from.jsonata:2:4',
      'wrong/to.jsonata:1:20',
    ]);
    expect(reports.at(-1)).to.equal('6 mistakes');
  });

  it('tells of a configuration that is not there', async () => {
    const { code, error } = await check(files.place('none.yaml'));
    expect(code).to.equal(1);
    expect(error).to.match(/none\.yaml: .*a YAML file that can be read.*\n1 mistake\n$/);
  });

  it('tells of a mapping set that is not there', async () => {
    const file = await files.write('no-set.yaml', { ...config, mapping: { folder: 'none' } });
    const { code, error } = await check(file);
    expect(code).to.equal(1);
    expect(error).to.match(/none\/mapping\.yaml: .*\n1 mistake\n$/);
  });

  it('shows no secret, and no stack', async () => {
    const clients = [{ id: 'kcc', secret: environment.CLIENT_SECRET, scopes: 'all' }];
    const { code, error } = await check(await files.write('secret.yaml', { ...config, clients }));
    expect(code).to.equal(1);
    expect(error)
      .to.include('clients[0].secret')
      .and.not.include(environment.CLIENT_SECRET)
      .and.not.include('    at ');
  });
});
