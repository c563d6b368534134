import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { soundSet } from '../mapping/set.ts';
import { temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

/** A set in which every kind of field is once. */
const set = {
  ...soundSet,
  'mapping.yaml': soundSet['mapping.yaml']
    .replace('{ achternaam: narrows }', '{ achternaam: narrows, bronorganisatie: absent }')
    .replace(
      '    read: {',
      `    supplements:
      more: { backend: extra, request: more.jsonata, records: rows, own: NR, theirs: nr }
    fixed: [functie]
    read: {`,
    )
    .replace('update: [{', 'update: [{ backend: extra, request: keep.jsonata }, {')
    .concat('    lengths: { achternaam: 40 }\n'),
  'from.jsonata': `(
    $address := { "city": CITY.name };
    {
      "bronorganisatie": ORG ?: $settings.org,
      "websiteUrl": $settings.site,
      "bedrijfsnaam": "none",
      "functie": more.job,
      "achternaam": NAME,
      "emailadres": MEANS[kind = "mail"].value,
      "adres": { "woonplaatsnaam": $address.city, "straatnaam": $uppercase(STREET) },
      "subject": STATE = 1 ? URL : OTHER,
      "subjectType": $decode("soort", KIND),
      "subjectIdentificatie": { "inpBsn": PERSONAL, "subVerblijfBuitenland": \`abroad.of\` }
    }
  )`,
  'to.jsonata': `{
    "NAME": achternaam, "JOB": functie, "KIND": $encode("soort", subjectType), "MAIL": emailadres,
    "PERSONAL": subjectIdentificatie.inpBsn
  }`,
  'more.jsonata': '{ "path": ["more"], "query": { "keys": keys } }',
  'keep.jsonata': '{ "method": "PUT", "path": ["more", id], "body": { "job": columns.JOB } }',
  'create.jsonata': `{
    "method": "POST", "path": ["people"],
    "body": $merge([$sift(columns, function($v, $k) { $k in ["NAME", "KIND", "PERSONAL"] }), { "mail": { "address": columns.MAIL, "sort": columns.MAIL = "" ? "none" : "home" } }])
  }`,
} as const;

describe('klantbrug fields', () => {
  const files = temporaryFiles();

  /** Runs the command on a set of files; of its configuration, only the folder of the set is right. */
  async function fields(name: string, changes: Readonly<Record<string, string>> = {}, into?: string) {
    await mkdir(files.place(name));
    for (const [file, content] of Object.entries({ ...set, ...changes }))
      await files.write(path.join(name, file), content);
    const config = await files.write(`${name}.yaml`, { mapping: { folder: name } });
    return inside(['fields', '--config', config, ...(into === undefined ? [] : ['--into', into])]);
  }

  it('tells what can be done with each resource', async () => {
    const { code, out, error } = await fields('operations', {
      'mapping.yaml': set['mapping.yaml'].replace(/ {4}delete: .*\n/, ''),
    });
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(out).to.include('| resource | in | id | list | create | read | update | delete |');
    expect(out).to.include('| klant | crm | `NR` | yes | yes | yes | yes | 501 |');
    expect(out).to.include('Not in this set: contactmoment, klantcontactmoment,');
  });

  it('tells that there is nothing to read or to list, where the files make no request', async () => {
    const { out } = await fields('nothing', {
      'mapping.yaml': set['mapping.yaml'].replace(/ +filters: .*\n/, ''),
      'read.jsonata': 'null',
      'list.jsonata': '( )',
    });
    expect(out).to.include('| klant | crm | `NR` | 501 | yes | 501 | yes | yes |');
    expect(out).to.match(/^\| achternaam \| `NAME` \| yes \| create, update \| 501 \|/m);
  });

  for (const [what, row] of [
    [
      'as it is, and too long',
      'achternaam | `NAME` | yes | create, update | narrows | at most 40 characters',
    ],
    ['or a setting', 'bronorganisatie | `ORG` | yes | no | absent | or setting `org`'],
    ['a setting alone', 'websiteUrl |  | setting | no |  | setting `site`'],
    ['a constant alone', 'bedrijfsnaam |  | constant | no | gateway | always `none`'],
    [
      'another backend, and never changed',
      'functie | `job` (extra) | yes | no | gateway | cannot be changed',
    ],
    ['through a variable', 'adres.woonplaatsnaam | `CITY.name` | yes | no | gateway | '],
    ['worked out', 'adres.straatnaam | `STREET` | computed | no | gateway | '],
    [
      'one of a list',
      'emailadres | `MEANS.value` | yes | create, update: `mail.address`, `MAIL` | gateway | picked by `MEANS.kind`: `mail`',
    ],
    ['one of two', 'subject | `URL`, `OTHER` | yes | no | gateway | depends on `STATE`'],
    ['a code table', 'subjectType | `KIND` | code table `soort` | create, update | gateway | '],
    ['in an object', 'subjectIdentificatie.inpBsn | `PERSONAL` | yes | create, update | gateway | '],
    [
      'an object as a whole',
      'subjectIdentificatie.subVerblijfBuitenland.* | `"abroad.of".*` | yes | no |  | ',
    ],
  ] as const) {
    it(`tells where a field is: ${what}`, async () => {
      const { out } = await fields(what);
      expect(out.split('\n')).to.include(`| ${row} |`);
    });
  }

  it('tells which fields are nowhere, and not of those that Klantbrug makes', async () => {
    const { out } = await fields('nowhere');
    expect(out).to.match(/^Neither read nor written: klantnummer, voornaam, .*verblijfsadres\.\*/m);
    expect(out).to.not.match(/^\| url /m);
  });

  it('tells that a request may have more than its file shows', async () => {
    const { out } = await fields('unknown', {
      'update.jsonata': '{ "method": "PUT", "path": ["people", id], "body": changes ~> |$|{ "by": "us" }| }',
    });
    expect(out).to.match(/^\| adres\.straatnaam \| `STREET` \| computed \| not known \|/m);
  });

  it('writes it between the marks of a file, and leaves the rest', async () => {
    const readme = await files.write(
      'README.md',
      '# Ours\n\n<!-- fields -->\nold\n<!-- /fields -->\n\nMine.\n',
    );
    const shown = await fields('shown');
    expect(await fields('written', {}, readme)).to.deep.equal({ code: 0, out: '', error: '' });
    const text = await readFile(readme, 'utf8');
    expect(text)
      .to.match(/^# Ours\n\n<!-- fields -->\n/)
      .and.match(/<!-- \/fields -->\n\nMine\.\n$/);
    expect(text).to.include(shown.out.trim()).and.not.include('old');
  });

  it('says that a file has no such marks, and does not touch it', async () => {
    const readme = await files.write('plain.md', '# Ours\n');
    const { code, error } = await fields('no-marks', {}, readme);
    expect({ code, error }).to.deep.equal({
      code: 1,
      error: `${readme} has no lines <!-- fields --> and <!-- /fields -->\n`,
    });
    expect(await readFile(readme, 'utf8')).to.equal('# Ours\n');
  });

  it('says what is wrong in the set', async () => {
    const { code, error } = await fields('wrong', { 'from.jsonata': '{' });
    expect(code).to.equal(1);
    expect(error).to.include('from.jsonata:1:');
  });
});
