import { expect } from 'chai';
import type { Event } from '../../src/observe/events.ts';
import { leastKlant, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';

/** A mapping that does this for some klanten, and the ordinary thing for all others. */
const failures = {
  'fails on its own': '$error("999990019 Kloosterman")',
  'stumbles on a value': '$number($string($) & "Kloosterman")',
  'calls itself without end': '($again := function($n) { 1 + $again($n + 1) }; $again(0))',
  'makes a sequence that is too long': '[1..9000].[1..9000]',
  'nests too deeply': '$reduce([1..9000], function($all) { [[$all]] })',
  'yields a function': '$sum',
  'yields a text': '"Kloosterman"',
} as const;

/** Chosen by the surname, so that one gateway can fail in each way. */
const choose = (field: string, otherwise: string): string =>
  Object.entries(failures).reduceRight(
    (rest, [, source], index) => `${field} = "Fails${index}" ? (${source}) : (${rest})`,
    otherwise,
  );

const values = /999990019|Kloosterman|Fails[0-9]/;

const translationFailures = (events: readonly Event[]) =>
  events.filter((event) => event.event === 'translation-failed');

describe('a mapping that fails on the way out', () => {
  const copy = mappingCopy({
    'klant.create.jsonata': choose(
      'columns.ANAAM',
      '{ "method": "POST", "path": ["relaties"], "body": { "RELATIE": columns } }',
    ),
    'klant.list.jsonata': choose(
      'filters.achternaam',
      // The last parameter is never there: it is what `check` wants of the other filters.
      `{ "path": ["relaties"], "query": {
        "VANAF": offset, "AANTAL": limit, "ZOEKNR": filters.klantnummer, "MEER": $count($keys(filters)) > 99 ? 1 } }`,
    ),
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
    },
  });

  for (const [index, what] of Object.keys(failures).entries()) {
    it(`is a 500, and nothing is created, when it ${what}`, async () => {
      const created = async () => (await gateway.crm.counts())['POST /relbeheer/relaties'] ?? 0;
      const [before, seen] = [await created(), gateway.events.length];
      const answer = await gateway.post({ ...leastKlant, achternaam: `Fails${index}` });
      expect(answer.status).to.equal(500);
      expect(answer.body).to.include({ code: 'error', detail: 'Internal Server Error' });
      expect(answer.text).to.not.match(values);
      expect(await created()).to.equal(before);

      const [failed, ...more] = translationFailures(gateway.events.slice(seen));
      expect(more).to.deep.equal([]);
      expect(failed)
        .to.have.property('file')
        .that.matches(/klant\.create\.jsonata$|request translation/);
      expect(failed)
        .to.have.property('code')
        .that.matches(/^[A-Z][0-9]{4}$|^malformed-request$/);
      expect(JSON.stringify(gateway.events.slice(seen))).to.not.match(values);
    });

    it(`is a 500, and the CRM is not asked, when it ${what} for a list`, async () => {
      await gateway.crm.forget();
      const answer = await gateway.get(`/klanten?achternaam=Fails${index}`);
      expect(answer.status).to.equal(500);
      expect(answer.text).to.not.match(values);
      expect(await gateway.crm.total()).to.equal(0);
    });
  }

  it('leaves the gateway alive: the next klant is created', async () => {
    expect((await gateway.post({ ...leastKlant, achternaam: 'Succeeds' })).status).to.equal(201);
  });
});

describe('a mapping that fails on the way in', () => {
  const copy = mappingCopy({
    'klant.from-crm.jsonata': choose(
      'ANAAM',
      '{ "bronorganisatie": "123456782", "klantnummer": $string(RELNR), "websiteUrl": "https://x.example", "achternaam": ANAAM }',
    ),
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
    },
  });

  for (const [index, what] of Object.keys(failures).entries()) {
    it(`is a 502 that shows nothing when it ${what}`, async () => {
      const number = await gateway.crm.add({ SRT: 'P', ANAAM: `Fails${index}`, BSNR: '999990019' });
      const seen = gateway.events.length;
      const answer = await gateway.get(klantPath(number));
      expect(answer.status).to.equal(502);
      expect(answer.body).to.include({ code: 'bad_gateway' });
      expect(answer.text).to.not.match(values);
      const events = gateway.events.slice(seen);
      expect(JSON.stringify(events)).to.not.match(values);
      expect(events.map(({ event }) => event)).to.include.oneOf([
        'translation-failed',
        'record-unrenderable',
      ]);
    });
  }

  it('makes every list with that klant a 502, instead of leaving the klant out', async () => {
    await gateway.crm.add({ SRT: 'P', ANAAM: 'Fails0', EMAIL: 'list@example.nl' });
    const answer = await gateway.get('/klanten?achternaam=Fails0');
    expect(answer.status).to.equal(502);
    expect(answer.body).to.not.have.property('results');
  });

  it('is an event with the file, the code and the place', async () => {
    const number = await gateway.crm.add({ SRT: 'P', ANAAM: 'Fails0' });
    const seen = gateway.events.length;
    await gateway.get(klantPath(number));
    const [failed] = translationFailures(gateway.events.slice(seen));
    expect(failed)
      .to.have.property('file')
      .that.matches(/klant\.from-crm\.jsonata$/);
    expect(failed).to.include({ code: 'D3137', line: 1 });
  });

  it('leaves the gateway alive: other klanten are shown', async () => {
    const answer = await gateway.get(klantPath(100_001));
    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ achternaam: "O'Brien" });
  });
});

describe('a mapping that fails after the CRM was changed', () => {
  const copy = mappingCopy({
    'klant.from-crm.jsonata': [['"functie": FUNC', '"functie": FUNC = "Fails" ? $error("x") : FUNC']],
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
      // What became of the klant cannot be found out with this mapping, so there is nothing to wait for.
      limits: { drainMs: 10 },
    },
  });

  it('is a 502 without the record', async () => {
    const answer = await gateway.post({ ...leastKlant, achternaam: 'Kloosterman', functie: 'Fails' });
    expect(answer.status).to.equal(502);
    expect(answer.text).to.not.match(values);
  });
});
