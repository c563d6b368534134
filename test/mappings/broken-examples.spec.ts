import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { differenceText } from '../../src/examples/difference.ts';
import type { Example, Exchange } from '../../src/examples/format.ts';
import { findExamples, loadExample } from '../../src/examples/load.ts';
import { exampleClock, exampleRandom, playExample } from '../../src/examples/run.ts';
import { loadMappingSet } from '../../src/mapping/load.ts';
import type { MappingSet } from '../../src/mapping/set.ts';
import { Mistakes } from '../../src/files/mistakes.ts';
import { mappedResources as resources } from '../../src/resources/index.ts';

const folder = new URL('../../mappings/demo-crm', import.meta.url).pathname;

const relation = { RELNR: 100001, KLANTNR: 'K1', ANAAM: 'Jansen', HNR: '12', SRT: 'F', HNDNM: 'Krul' };

const readIt: Exchange = {
  request: { method: 'GET', path: '/relaties/100001' },
  answer: { status: 200, body: { STATUS: 'OK', RELATIE: relation } },
};

const findIt: Exchange = {
  request: { method: 'GET', path: '/relaties', query: { VANAF: 0, AANTAL: 50, ANAAM: 'Jansen' } },
  answer: { status: 200, body: { STATUS: 'OK', TOTAAL: 1, RELATIES: [relation] } },
};

const klant = {
  bronorganisatie: '123456782',
  klantnummer: 'K1',
  websiteUrl: 'https://www.gemeente.example',
  achternaam: 'Jansen',
  adres: { huisnummer: 12 },
  subjectType: 'vestiging',
  subjectIdentificatie: { handelsnaam: ['Krul'] },
};

const read: Example = {
  about: 'A klant.',
  operation: 'klant.read',
  id: 100001,
  exchanges: [readIt],
  result: klant,
};
const list: Example = {
  about: 'A list.',
  operation: 'klant.list',
  filters: { achternaam: 'Jansen' },
  exchanges: [findIt],
  result: { count: 1, results: [klant] },
};

const readParticipant: Exchange = {
  request: { method: 'GET', path: '/deelnemers/600007' },
  answer: {
    status: 200,
    body: { STATUS: 'OK', DEELNEMER: { DLNNR: 600007, ACTNR: 500123, RELNR: 100002, ROL: 'B' } },
  },
};

const participant: Example = {
  about: 'A participant.',
  operation: 'klantcontactmoment.read',
  id: 600007,
  part: 'deelnemer',
  exchanges: [readParticipant],
  result: { contactmoment: 500123, klant: 100002, rol: 'belanghebbende' },
};

describe('an example', () => {
  let set: MappingSet;

  before(async () => {
    set = await loadMappingSet(folder, {
      resources,
      settings: {},
      clock: exampleClock,
      random: exampleRandom,
    });
  });

  async function differencesOf(example: Example): Promise<string[]> {
    return (await playExample(set, example)).differences.map(differenceText);
  }

  it('holds when everything is as it says', async () => {
    expect(await differencesOf(read)).to.deep.equal([]);
    expect(await differencesOf(list)).to.deep.equal([]);
  });

  const broken: readonly (readonly [what: string, example: Example, difference: string])[] = [
    [
      'a value of the result',
      { ...read, result: { ...klant, adres: { huisnummer: 13 } } },
      'result.adres.huisnummer: expected 13, got 12',
    ],
    [
      'a value that it leaves out, and that is set',
      { ...read, result: { ...klant, achternaam: '' } },
      'result.achternaam: expected "", got "Jansen"',
    ],
    [
      'an item of a list in the result',
      {
        ...read,
        result: { ...klant, subjectIdentificatie: { handelsnaam: ['Krul', 'Krul Online'] } },
      },
      'result.subjectIdentificatie.handelsnaam[1]: expected "Krul Online", got nothing',
    ],
    [
      'a field that the standard does not have',
      { ...read, result: { ...klant, adres: { huisnummer: 12, provincie: '' } } },
      'result.adres.provincie: expected "", got nothing',
    ],
    [
      'the url, which a result does not have',
      { ...read, result: { ...klant, url: 'https://klantbrug.example' } },
      'result.url: expected "https://klantbrug.example", got nothing',
    ],
    [
      'a value in a list of results',
      { ...list, result: { count: 1, results: [{ ...klant, achternaam: 'Jans' }] } },
      'result.results[0].achternaam: expected "Jans", got "Jansen"',
    ],
    [
      'a parameter of a request',
      {
        ...list,
        exchanges: [{ ...findIt, request: { ...findIt.request, query: { VANAF: 0, AANTAL: 50 } } }],
      },
      'exchanges[0].request.query.ANAAM: expected nothing, got "Jansen"',
    ],
    [
      'the path of a request',
      { ...read, exchanges: [{ ...readIt, request: { method: 'GET', path: '/klanten/100001' } }] },
      'exchanges[0].request.path: expected "/klanten/100001", got "/relaties/100001"',
    ],
    [
      'a header of a request',
      { ...read, exchanges: [{ ...readIt, request: { ...readIt.request, headers: { 'X-Soort': 'P' } } }] },
      'exchanges[0].request.headers.X-Soort: expected "P", got nothing',
    ],
    [
      'a request that never comes',
      { ...read, exchanges: [readIt, readIt] },
      'exchanges[1]: expected GET /relaties/100001, got no request',
    ],
    [
      'a request that it does not speak of',
      {
        about: 'A list.',
        operation: 'klant.list',
        filters: { achternaam: 'Jansen' },
        exchanges: [],
        problem: { status: 502, code: 'bad_gateway' },
      },
      'exchanges[0]: expected no further request, got GET /relaties?VANAF=0&AANTAL=50&ANAAM=Jansen',
    ],
    [
      'a problem instead of a result',
      { ...read, exchanges: [{ ...readIt, answer: { status: 404 } }] },
      'result: expected a result, got {"status":404,"code":"not_found"}',
    ],
    [
      'a result instead of a problem',
      {
        about: 'A klant.',
        operation: 'klant.read',
        id: 100001,
        exchanges: [readIt],
        problem: { status: 404, code: 'not_found' },
      },
      'problem: expected {"status":404,"code":"not_found"}, got no problem',
    ],
    [
      'another complaint',
      {
        about: 'A create.',
        operation: 'klant.create',
        input: { bronorganisatie: '123456782' },
        exchanges: [],
        problem: {
          status: 400,
          code: 'invalid',
          invalidParams: [{ name: 'websiteUrl', code: 'blank' }],
        },
      },
      'problem.invalidParams[0].code: expected "blank", got "required"',
    ],
    ['an id of another form', { ...read, id: 'K1' }, 'id: expected an id of the set\'s form, got "K1"'],
    [
      'a part that the resource does not have',
      { ...participant, part: 'deelneemster' },
      'part: expected a part of the resource: hoofdcontact, hoofdcontact-elders, deelnemer, got "deelneemster"',
    ],
    [
      'an id that is of another part',
      { ...participant, part: 'hoofdcontact' },
      "id: expected an id of the set's form, got 600007",
    ],
    [
      'another backend',
      { ...participant, exchanges: [{ ...readParticipant, backend: 'bijregister' }] },
      'exchanges[0].backend: expected bijregister, got crm',
    ],
    [
      'a link to another record',
      { ...participant, result: { contactmoment: 500123, klant: 100003, rol: 'belanghebbende' } },
      'result.klant: expected 100003, got 100002',
    ],
    [
      'a resource that the set does not have',
      { ...read, operation: 'zaak.read' },
      'operation: expected a resource of the set: klant, contactmoment, klantcontactmoment, objectcontactmoment, ' +
        'verzoek, klantverzoek, objectverzoek, verzoekcontactmoment, verzoekinformatieobject, verzoekproduct, audittrail, got zaak',
    ],
  ];
  for (const [what, example, difference] of broken) {
    it(`tells ${what}`, async () => {
      expect(await differencesOf(example)).to.deep.equal([difference]);
    });
  }

  it('lets reads that follow one another come in any order', async () => {
    expect(await differencesOf(participant)).to.deep.equal([]);
    const file = path.join(folder, 'examples/contactmoment.read.all-columns.yaml');
    const example = await loadExample(file);
    expect(await differencesOf({ ...example, exchanges: [...example.exchanges].reverse() })).to.deep.equal(
      [],
    );
  });

  it('does not let a write come before what it has to follow', async () => {
    const file = path.join(folder, 'examples/contactmoment.partial_update.crm-only.yaml');
    const example = await loadExample(file);
    const [first, ...others] = example.exchanges;
    const write = others.findIndex(({ request }) => request.method === 'PUT');
    const moved = [others[write], first, ...others.toSpliced(write, 1)].filter((one) => one !== undefined);
    expect(await differencesOf({ ...example, exchanges: moved })).to.include(
      'exchanges[0]: expected before the reads after it, got after one of them',
    );
  });

  it('tells an author where a translation failed', async () => {
    const nonsense = { ...relation, GEBDAT: { dag: 1 }, SRT: 'P' };
    const answer = { status: 200, body: { RELATIE: nonsense } };
    const [difference = ''] = await differencesOf({ ...read, exchanges: [{ ...readIt, answer }] });
    expect(difference).to.match(/"status":502.*translation-failed.*klant\.from-crm\.jsonata.*"line":\d+/);
  });
});

describe('the file of an example', () => {
  let folderOfFiles = '';

  before(async () => {
    folderOfFiles = await mkdtemp(path.join(tmpdir(), 'klantbrug-examples-'));
  });

  after(() => rm(folderOfFiles, { recursive: true }));

  async function mistakesIn(text: string): Promise<string[]> {
    const file = path.join(folderOfFiles, 'example.yaml');
    await writeFile(file, text);
    try {
      await loadExample(file);
    } catch (error) {
      if (error instanceof Mistakes) return error.message.replaceAll(file, 'example.yaml').split('\n');
      throw error;
    }
    throw new Error('The example was accepted.');
  }

  const wrong: readonly (readonly [what: string, text: string, mistake: string | RegExp])[] = [
    [
      'an operation that is none',
      'about: x\noperation: klant.remove\nresult: {}\n',
      /^example\.yaml:2:1 operation: expected a resource, a dot and one of list, create/,
    ],
    [
      'an unknown key',
      'about: x\noperation: klant.list\nfilter: {}\nresult: {}\n',
      /^example\.yaml:3:1 filter: unknown key 'filter': did you mean 'filters'\?/,
    ],
    [
      'an answer without a status',
      'about: x\noperation: klant.list\nexchanges:\n  - request: { method: GET, path: /x }\n    answer: {}\nresult: {}\n',
      /^example\.yaml:5:5 exchanges\[0\]\.answer\.status: missing/,
    ],
    [
      'a read without an id',
      'about: x\noperation: klant.read\nresult: {}\n',
      'example.yaml:1:1 id: missing; expected id with read',
    ],
    [
      'an update without an input',
      'about: x\noperation: klant.update\nid: 1\nresult: {}\n',
      'example.yaml:1:1 input: missing; expected id and input with update',
    ],
    [
      'a list with an id',
      'about: x\noperation: klant.list\nid: 1\nresult: {}\n',
      'example.yaml:3:1 id: list has no id; expected one of filters, page',
    ],
    [
      'no outcome',
      'about: x\noperation: klant.list\n',
      'example.yaml:1:1 result: missing; expected what the client gets: a result or a problem (test --update writes what the set makes of it)',
    ],
    [
      'two outcomes',
      'about: x\noperation: klant.list\nresult: {}\nproblem: { status: 404, code: not_found }\n',
      'example.yaml:4:1 problem: there is a result too; expected either a result or a problem',
    ],
    [
      'a delete with a result',
      'about: x\noperation: klant.delete\nid: 1\nresult: {}\n',
      'example.yaml:4:1 result: a delete has no result; expected no result',
    ],
  ];
  for (const [what, text, mistake] of wrong) {
    it(`is refused with ${what}`, async () => {
      const [first] = await mistakesIn(text);
      if (typeof mistake === 'string') expect(first).to.equal(mistake);
      else expect(first).to.match(mistake);
    });
  }

  it('is found in the folder `examples` only, in the order of names', async () => {
    expect((await findExamples(folder)).map((file) => path.relative(folder, file))[0]).to.match(
      /^examples\//,
    );
    expect(await findExamples(folderOfFiles)).to.deep.equal([]);
  });
});
