import { expect } from 'chai';
import { scalarText } from '../../src/json.ts';
import type { Event } from '../../src/observe/events.ts';
import { leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath, relationNumber } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { until } from '../kit/until.ts';
import { foundRelations, relation, scriptedCrm, sendJson } from '../kit/scripted-crm.ts';

const mappingYaml = {
  'mapping.yaml': [
    [
      'create: [{ request: klant.create.jsonata, id: RELNR }]',
      `create:
      - { request: klant.create.jsonata, id: RELNR, undo: undo-create.jsonata }
      - { request: mark.jsonata }
      - { request: sometimes.jsonata }`,
    ],
    [
      'update: [{ request: klant.update.jsonata }]',
      `update:
      - { request: klant.update.jsonata, undo: undo-update.jsonata }
      - { request: mark.jsonata }`,
    ],
  ],
} as const;

/** A second call for every write; $extra decides what is in it. */
const twoSteps = {
  ...mappingYaml,
  'undo-create.jsonata': '{ "method": "DELETE", "path": ["relaties", answers[0].RELNR] }',
  'undo-update.jsonata': `{
    "method": "PUT", "path": ["relaties", id], "body": { "RELATIE": { "ANAAM": $stored.achternaam } }
  }`,
  'mark.jsonata': `$extra.broken ? $error("broken") : {
    "method": "PUT",
    "path": ["relaties", id ?? answers[0].RELNR],
    "body": { "RELATIE": $merge([{ "VNAAM": "marked" }, $extra.kind ? { "SRT": $extra.kind }]) }
  }`,
  'sometimes.jsonata': `$extra.third ? {
    "method": "PUT", "path": ["relaties", answers[0].RELNR], "body": { "RELATIE": { "FUNC": $extra.third } }
  }`,
} as const;

const shortLimits = { connectMs: 500, headersMs: 1500, bodyMs: 500 };

/** A kind that the CRM refuses. */
const refused = { kind: 'X' };

const undoFailures = (events: readonly Event[]) => events.filter((event) => event.event === 'undo-failed');

describe('a write of several steps', () => {
  const copy = mappingCopy(twoSteps);
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
      limits: { requestMs: 2000, drainMs: 10 },
      // What became of a write that went unanswered is known after the longest that a call may take.
      backends: { crm: { limits: shortLimits }, bijregister: { limits: shortLimits } },
    },
  });
  const klant = (achternaam: string, more: object = {}) => ({ ...leastKlant, achternaam, ...more });
  const inCrm = async (achternaam: string) => results(await gateway.get(`/klanten?achternaam=${achternaam}`));

  it('carries them all out, and shows what became of it', async () => {
    const answer = await gateway.post(klant('Allemaal', { third: 'Derde' }));
    expect(answer.status).to.equal(201);
    expect(answer.body).to.include({ achternaam: 'Allemaal', voornaam: 'marked', functie: 'Derde' });
  });

  it('passes over a step that yields nothing', async () => {
    await gateway.crm.forget();
    const answer = await gateway.post(klant('Twee'));
    expect(answer.body).to.include({ voornaam: 'marked', functie: '' });
    expect(await gateway.crm.counts()).to.include({ 'PUT /relbeheer/relaties/:nr': 1 });
  });

  it('undoes a create when the CRM refuses a later step', async () => {
    const seen = gateway.events.length;
    const answer = await gateway.post(klant('Geweigerd', refused));
    expect(answer.status).to.equal(502);
    expect(await inCrm('Geweigerd')).to.deep.equal([]);
    expect((await gateway.crm.counts())['DELETE /relbeheer/relaties/:nr']).to.equal(1);
    expect(undoFailures(gateway.events.slice(seen))).to.deep.equal([]);
  });

  it('undoes a create when the translation of a later step fails', async () => {
    const answer = await gateway.post(klant('Gebroken', { broken: true }));
    expect(answer.status).to.equal(500);
    expect(await inCrm('Gebroken')).to.deep.equal([]);
  });

  it('takes a create back when a later step is not answered, once it cannot be on its way any more', async () => {
    await gateway.crm.fault({ soort: 'verbreek', methode: 'PUT' });
    const seen = gateway.events.length;
    const answer = await gateway.post(klant('Verbroken'));
    expect(answer.status).to.equal(502);
    await gateway.crm.calm();
    await until('nothing of it is left', async () => (await inCrm('Verbroken')).length === 0);
    expect(undoFailures(gateway.events.slice(seen))).to.deep.equal([]);
  });

  it('says as loudly as it can that an undo failed', async () => {
    await gateway.crm.fault({ soort: 'fout', methode: 'DELETE' });
    const seen = gateway.events.length;
    const answer = await gateway.post(klant('Blijft', refused));
    expect(answer.status).to.equal(502);
    await gateway.crm.calm();
    const [left, ...more] = await inCrm('Blijft');
    expect(more).to.deep.equal([]);
    expect(undoFailures(gateway.events.slice(seen))).to.deep.equal([
      {
        event: 'undo-failed',
        resource: 'klant',
        id: scalarText(left?.url)?.split('/').at(-1),
        operation: 'create',
        step: 1,
      },
    ]);
  });

  it('undoes an update with what was stored before', async () => {
    const created = await gateway.post(klant('Eerst'));
    const number = relationNumber(urlIn(created));
    expect((await gateway.patch(urlIn(created), { achternaam: 'Daarna', ...refused })).status).to.equal(502);
    expect(await gateway.crm.record(number)).to.include({ ANAAM: 'Eerst' });
    expect((await gateway.get(urlIn(created))).body).to.include({ achternaam: 'Eerst' });
  });

  it('carries out both steps of an update', async () => {
    await gateway.crm.change(100_050, { SRT: 'O', VNAAM: '' });
    const answer = await gateway.patch(klantPath(100_050), { achternaam: 'Daarna' });
    expect(answer.body).to.include({ achternaam: 'Daarna', voornaam: 'marked' });
  });
});

describe('a write of several steps without an undo', () => {
  const copy = mappingCopy({
    ...twoSteps,
    'mapping.yaml': mappingYaml['mapping.yaml'].map(
      ([piece, instead]) => [piece, instead.replace(/, undo: [\w.-]+/, '')] as const,
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

  it('says so when a later step fails: somebody has to repair the record', async () => {
    const seen = gateway.events.length;
    await gateway.post({ ...leastKlant, achternaam: 'Half', ...refused });
    expect(undoFailures(gateway.events.slice(seen))[0]).to.include({ operation: 'create', step: 1 });
  });
});

describe('the undoing of several steps', () => {
  const crm = scriptedCrm();
  const copy = mappingCopy({
    'mapping.yaml': [
      [
        'create: [{ request: klant.create.jsonata, id: RELNR }]',
        `create:
      - { request: one.jsonata, id: RELNR, undo: undo-one.jsonata }
      - { request: two.jsonata, undo: undo-two.jsonata }
      - { request: three.jsonata, undo: undo-three.jsonata }`,
      ],
    ],
    'one.jsonata': '{ "method": "POST", "path": ["one"], "body": {} }',
    'two.jsonata': '{ "method": "POST", "path": ["two"], "body": { "after": answers[0].RELNR } }',
    'three.jsonata': '{ "method": "POST", "path": ["three", answers[1].NR], "body": {} }',
    'undo-one.jsonata': '{ "method": "DELETE", "path": ["one", answers[0].RELNR] }',
    'undo-two.jsonata': '{ "method": "DELETE", "path": ["two", answers[1].NR] }',
    'undo-three.jsonata': '{ "method": "DELETE", "path": ["three"] }',
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
      backends: {
        crm: {
          get baseUrl() {
            return crm.url;
          },
        },
      },
    },
  });

  /** Answers searches with nothing, so that every klantnummer is free; then each step by its path. */
  const refuseThree = (failingUndo = 'none') => {
    crm.answers(({ method, path }, response) => {
      if (method === 'GET') sendJson(response, foundRelations([], 0));
      else if (path.startsWith('/three') || `${method} ${path}` === failingUndo) sendJson(response, {}, 422);
      else sendJson(response, { ...relation(100_001), NR: 22 });
    });
  };
  const writes = () =>
    crm.calls.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

  it('goes backwards, and leaves out the step that failed', async () => {
    refuseThree();
    expect((await gateway.post(leastKlant)).status).to.equal(502);
    expect(writes()).to.deep.equal([
      'POST /one',
      'POST /two',
      'POST /three/22',
      'DELETE /two/22',
      'DELETE /one/100001',
    ]);
  });

  it('goes on after an undo that failed', async () => {
    refuseThree('DELETE /two/22');
    const seen = gateway.events.length;
    await gateway.post(leastKlant);
    expect(writes().at(-1)).to.equal('DELETE /one/100001');
    expect(
      undoFailures(gateway.events.slice(seen)).map((event) => 'step' in event && event.step),
    ).to.deep.equal([2]);
  });
});
