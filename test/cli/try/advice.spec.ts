import { mkdir } from 'node:fs/promises';
import { expect } from 'chai';
import { scriptedCrm, sendJson } from '../../kit/scripted-crm.ts';
import { soundSet } from '../../mapping/set.ts';
import { environment, soundConfig, temporaryFiles } from '../config.ts';
import { inside } from '../inside.ts';

/** A record of a CRM that nobody knows, with the particulars of somebody. */
const person = { NR: 7, ORG: '123456782', WEB: 'https://x.example', NAME: 'Zeldzaam', PERSONAL: '999990019' };

const paging = 'paging: { by: offset, size: 50 }';

/** A set that reads its one record and its list at these places. */
function setWith(changes: {
  readonly read?: string;
  readonly list?: string;
  readonly from?: string;
  readonly view?: true;
}) {
  const { read = '', list = `records: data, total: meta.total, ${paging}`, from, view } = changes;
  const resource = view === true ? 'klantcontactmoment' : 'klant';
  return {
    ...soundSet,
    'mapping.yaml': `klantbrug: 1
title: A set for the specs
resources:
  ${resource}:
    backend: crm
    id: { field: NR, form: integer${view === true ? ', and: { field: REL, form: integer }' : ''} }${view === true ? '\n    view: true' : ''}
    record: { from: from.jsonata, to: to.jsonata }
    read: { request: read.jsonata${read} }
    list: { request: list.jsonata, ${list}, filters: { ${view === true ? '' : 'achternaam: exact'} } }
    create: [{ request: create.jsonata, id: data.NR }]
`,
    'from.jsonata':
      from ??
      '{ "bronorganisatie": ORG, "klantnummer": "1", "websiteUrl": WEB, "achternaam": NAME, "subjectType": "natuurlijk_persoon" }',
    'to.jsonata': view === true ? '{ "REL": klant }' : '{ "NAME": achternaam }',
    'list.jsonata':
      view === true
        ? '{ "path": ["people"] }'
        : '{ "path": ["people"], "query": { "NAME": filters.achternaam } }',
  };
}

describe('what klantbrug try advises', () => {
  const files = temporaryFiles();
  const crm = scriptedCrm();

  /** Tries one operation with a set, on a CRM that answers this. Gives what it says to look at. */
  async function advised(
    set: ReturnType<typeof setWith>,
    answer: unknown,
    args: readonly string[],
    status = 200,
  ): Promise<string> {
    await mkdir(files.place('set'), { recursive: true });
    for (const [name, text] of Object.entries(set)) await files.write(`set/${name}`, text);
    const config = await files.write('klantbrug.yaml', {
      ...soundConfig({ port: 8080, crmUrl: crm.url }),
      apis: { klanten: {}, contactmomenten: {} },
      mapping: { folder: './set' },
      backends: { crm: { baseUrl: crm.url } },
    });
    crm.answers((_, response) => {
      sendJson(response, answer, status);
    });
    const { out, error } = await inside(['try', '--config', config, ...args, '--send'], environment);
    expect(error).to.equal('');
    expect(out).not.to.match(/Zeldzaam|999990019/);
    return out.split('What to look at:\n')[1] ?? '';
  }

  const read = ['klant.read', '--id', '7'];
  const list = ['klant.list'];
  const error = { error: { code: 'E7', message: 'Zeldzaam' } };
  const listed = (at: string) => setWith({ list: `${at}, ${paging}` });

  for (const [what, set, answer, args, says] of [
    [
      'a line in the error table for an error in an answer of 200',
      setWith({ read: ', record: data' }),
      error,
      read,
      'nothing at `data` (`read.record`); the answer has `error`. It has `error.code`: does that need a line in the error table',
    ],
    [
      'the place of the record',
      setWith({}),
      { data: person, meta: {} },
      read,
      'no id at `NR` (`id.field`); there is `data`, `meta`. Is `data` the place of the record (`read.record`)?',
    ],
    [
      'the place of a record that is first in a list',
      setWith({}),
      { items: [person] },
      read,
      'Is `items.0` the place of the record (`read.record`)?',
    ],
    [
      'to look at the id of another record',
      setWith({}),
      { ...person, NR: 8 },
      read,
      'The id at `NR` is not the one that was asked for',
    ],
    [
      'where the records are',
      listed('records: items, total: meta.total'),
      { data: [person], meta: { total: 1 } },
      list,
      'no list at `items` (`list.records`); the answer has `data`, `meta`. `data` is a list',
    ],
    [
      'where the records are, of a list that is taken to be empty',
      setWith({ list: 'records: items, paging: { by: none }' }),
      { data: [person] },
      list,
      'no list at `items` (`list.records`); the answer has `data`. `data` is a list',
    ],
    [
      'a line in the error table for a list that is an error',
      listed('records: data, total: meta.total'),
      error,
      list,
      'no list at `data` (`list.records`); the answer has `error`. It has `error.code`: does that need a line',
    ],
    [
      'where the count is',
      listed('records: data, total: meta.count'),
      { data: [person], meta: { total: 1 } },
      list,
      'no number at `meta.count` (`list.total`); the answer has `data`, `meta`. `meta.total` is one: is that it?',
    ],
    [
      'to leave out a count that is not there',
      listed('records: data, total: meta.count'),
      { data: [person] },
      list,
      'Where the CRM does not count, leave `list.total` out.',
    ],
    [
      'to look at the size of pages',
      listed('records: data, total: meta.total'),
      { data: [person], meta: { total: 9 } },
      list,
      'The answer has 1 of 9 records, and `paging.size` is 50',
    ],
    [
      '`narrows`',
      listed('records: data, total: meta.total'),
      { data: [person], meta: { total: 1 } },
      [...list, '--query', 'achternaam=Anders'],
      'The CRM finds more than `achternaam` asks for: write `narrows` instead of `exact`',
    ],
    [
      'to ask first, where JSONata fails on null',
      setWith({ from: '{ "bronorganisatie": ORG, "achternaam": $uppercase(NONE) }' }),
      { ...person, NONE: null },
      read,
      'T0410: A function got a value of the wrong kind',
    ],
    [
      'what a code of a helper means',
      setWith({ from: '{ "bronorganisatie": ORG, "achternaam": $json(NAME).x }' }),
      person,
      read,
      'K0011: a text that is no JSON',
    ],
    [
      'a value for a field that must have one',
      setWith({ from: '{ "bronorganisatie": ORG }' }),
      person,
      read,
      'klant always has `klantnummer`: give it a value in `from`',
    ],
    [
      '`rows`, of a view on a record that has nothing there',
      setWith({
        view: true,
        from: '{ "rol": "gesprekspartner" }',
        list: `records: data, total: meta.total, ${paging}`,
      }),
      { data: [{ NR: 7, REL: null }], meta: { total: 1 } },
      ['klantcontactmoment.list'],
      'A record has nothing at `NR` and `REL`. Has it then no klantcontactmoment? Say so with `rows`: a file that yields nothing for such a record, such as `REL ? $ : []`',
    ],
  ] as const) {
    it(`is ${what}`, async () => {
      expect(await advised(set, answer, args)).to.include(says);
    });
  }

  it('is a line in the error table for a refusal that it does not know', async () => {
    const told = await advised(setWith({}), error, read, 422);
    expect(told).to.include('The CRM says no (422), and the answer has `error`').and.include('`error.code`');
  });

  it('is a line that means `nothing` for a list that is "not found"', async () => {
    expect(await advised(setWith({ list: `records: data, ${paging}` }), {}, list, 404)).to.include(
      'let that line of the error table mean `nothing`',
    );
  });

  it('is nothing where nothing is wrong, and where a list is really empty', async () => {
    const set = setWith({ list: `records: data, total: meta.total, ${paging}` });
    expect(await advised(set, { data: [], meta: { total: 0 } }, list)).to.equal('');
    expect(await advised(set, person, read)).to.equal('');
  });

  it('is in the JSON document too', async () => {
    await advised(setWith({ read: ', record: data' }), error, read);
    const config = files.place('klantbrug.yaml');
    const { out } = await inside(['try', '--config', config, ...read, '--send', '--json'], environment);
    expect((JSON.parse(out) as { advice: string[] }).advice).to.have.length(1);
  });
});
