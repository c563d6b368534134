import { expect } from 'chai';
import { leastKlant, runningGateway } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { foundRelations, relation, scriptedCrm, type ScriptedCall, sendJson } from '../kit/scripted-crm.ts';
import { until } from '../kit/until.ts';
import { mistakesIn, soundSet } from './set.ts';

const post = '{ "method": "POST", "path": ["zoek"], "body": { "NAAM": columns.ANAAM } }';
const get = '{ "path": ["zoek"], "query": { "NAAM": columns.ANAAM } }';

/** A gateway on a set whose creates look something up first. */
function lookingUp(find: string, step: string) {
  const crm = scriptedCrm();
  const copy = mappingCopy({
    'mapping.yaml': [
      ['    errors:\n', '    errors:\n      - { when: { field: NIEMAND }, means: nothing }\n'],
      [
        'create: [{ request: klant.create.jsonata, id: RELNR }]',
        `create:\n      - ${step}\n      - { request: make.jsonata, id: RELNR }`,
      ],
    ],
    'find.jsonata': find,
    'make.jsonata': '{ "method": "POST", "path": ["maak", answers[0].NR ?: "nieuw"], "body": {} }',
  });
  const limits = { connectMs: 500, headersMs: 1500, bodyMs: 500 };
  const gateway = runningGateway({
    get config() {
      return {
        mapping: { folder: copy.folder },
        limits: { requestMs: 2000, drainMs: 10 },
        backends: { crm: { baseUrl: crm.url, limits, breaker: { minimumCalls: 1000 } } },
      };
    },
  });
  const events = (...names: string[]) => gateway.events.filter(({ event }) => names.includes(event));
  beforeEach(() => {
    gateway.events.length = 0;
  });
  return { crm, gateway, events };
}

const isSearch = ({ path }: ScriptedCall) => path === '/zoek';
const isWrite = ({ path }: ScriptedCall) => path.startsWith('/maak');
const klant = { ...leastKlant, klantnummer: '77', achternaam: 'Jansen' };

const ways: readonly (readonly [string, string, string])[] = [
  ['a POST that says so', post, '{ request: find.jsonata, reads: true }'],
  ['a GET', get, '{ request: find.jsonata }'],
];
for (const [what, find, step] of ways) {
  describe(`a step of a write that only reads: ${what}`, () => {
    const { crm, gateway, events } = lookingUp(find, step);

    /** What a write is answered; searches for who has this klantnummer already find nobody until it was made. */
    const script = (onWrite: (respond: (body: unknown, status?: number) => void) => void, found: unknown) => {
      let isMade = false;
      const made = relation(5, { KLANTNR: '77' });
      crm.answers((call, response) => {
        if (isSearch(call)) sendJson(response, found);
        else if (isWrite(call)) {
          isMade = true;
          onWrite((body, status) => {
            if (body === undefined) response.destroy();
            else sendJson(response, body, status);
          });
        } else if (call.path.endsWith('/5')) sendJson(response, { STATUS: 'OK', RELATIE: made });
        else sendJson(response, isMade ? foundRelations([made], 1) : foundRelations([], 0));
      });
    };

    it('gives its answer to the next one', async () => {
      script(
        (respond) => {
          respond(relation(5));
        },
        { NR: 9 },
      );
      expect((await gateway.post(klant)).status).to.equal(201);
      expect(crm.calls.filter(isWrite).map(({ path }) => path)).to.deep.equal(['/maak/9']);
    });

    it('may find nothing', async () => {
      script(
        (respond) => {
          respond(relation(5));
        },
        { NIEMAND: true },
      );
      expect((await gateway.post(klant)).status).to.equal(201);
      expect(crm.calls.filter(isWrite).map(({ path }) => path)).to.deep.equal(['/maak/nieuw']);
    });

    it('is not to be undone when the next one is refused', async () => {
      script(
        (respond) => {
          respond({}, 422);
        },
        { NR: 9 },
      );
      expect((await gateway.post(klant)).status).to.equal(502);
      expect(events('undo-failed', 'write-settled', 'write-outcome-unknown')).to.deep.equal([]);
    });

    it('leaves nothing open when it is not answered', async () => {
      crm.answers((call, response) => {
        if (isSearch(call)) response.destroy();
        else sendJson(response, foundRelations([], 0));
      });
      expect((await gateway.post(klant)).status).to.equal(502);
      script(
        (respond) => {
          respond(relation(5));
        },
        { NR: 9 },
      );
      // Nobody is still looking what became of the first one, with a lock on its klantnummer.
      expect((await gateway.post(klant)).status).to.equal(201);
      expect(events('undo-failed', 'write-settled', 'write-outcome-unknown')).to.deep.equal([]);
    });

    it('makes no half of a write of which only one request writes', async () => {
      script(
        (respond) => {
          respond(undefined);
        },
        { NR: 9 },
      );
      expect((await gateway.post(klant)).status).to.equal(502);
      await until('it is settled', () => events('write-settled', 'write-outcome-unknown').length > 0);
      expect(events('write-settled', 'undo-failed')).to.deep.equal([
        { event: 'write-settled', resource: 'klant', operation: 'create', outcome: 'done' },
      ]);
      expect(crm.calls.filter(({ method }) => method === 'DELETE')).to.deep.equal([]);
    });

    it(`is made again when its connection broke${find === get ? ', but for a GET that may write' : ''}`, async () => {
      crm.answers((call, response) => {
        if (isSearch(call)) response.destroy();
        else sendJson(response, foundRelations([], 0));
      });
      await gateway.post(klant);
      expect(crm.calls.filter(isSearch)).to.have.length(find === get ? 1 : 2);
    });
  });
}

describe('a step of a write that writes by a GET', () => {
  const { crm, gateway, events } = lookingUp(get, '{ request: find.jsonata, reads: false }');

  it('is to be undone', async () => {
    crm.answers((call, response) => {
      if (isSearch(call)) sendJson(response, { NR: 9 });
      else if (isWrite(call)) sendJson(response, {}, 422);
      else sendJson(response, foundRelations([], 0));
    });
    expect((await gateway.post(klant)).status).to.equal(502);
    expect(events('undo-failed')).to.have.length(1);
  });
});

describe('steps that only read, in mapping.yaml', () => {
  const withCreate = (steps: string) =>
    mistakesIn({
      ...soundSet,
      'mapping.yaml': soundSet['mapping.yaml'].replace('[{ request: create.jsonata, id: NR }]', steps),
    });

  it('have no undo', async () => {
    const mistakes = await withCreate(
      '[{ request: read.jsonata, reads: true, undo: delete.jsonata }, { request: create.jsonata, id: NR }]',
    );
    expect(mistakes.map(({ path }) => path)).to.deep.equal(['resources.klant.create[0].undo']);
  });

  it('are not all that there is', async () => {
    const mistakes = await withCreate('[{ request: create.jsonata, id: NR, reads: true }]');
    expect(mistakes.map(({ path }) => path)).to.deep.equal(['resources.klant.create']);
  });
});
