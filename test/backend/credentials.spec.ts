import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { loadConfig } from '../../src/config/index.ts';
import { type RunningGateway, startGateway } from '../../src/server.ts';
import { api, canonical, environment, runningGateway, token } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { foundRelations, relation, scriptedCrm, sendJson } from '../kit/scripted-crm.ts';
import { until } from '../kit/until.ts';
import { webHost } from '../kit/web-host.ts';
import { answerJson, longMs } from './asking.ts';

describe('Credentials of a gateway whose CRM wants OAuth2', () => {
  const crm = scriptedCrm();
  let refuses = false;
  const tokens = webHost((request, response) => {
    request.resume();
    if (refuses) answerJson(response, { error: 'invalid_client' }, 401);
    else answerJson(response, { access_token: 'token-of-the-specs', token_type: 'bearer', expires_in: 60 });
  });
  const lines: string[] = [];
  let folder = '';
  let running: RunningGateway | undefined;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-oauth2-'));
  });

  afterEach(async () => {
    await running?.stop('end of a spec');
    refuses = false;
  });

  after(() => rm(folder, { recursive: true }));

  async function start(): Promise<RunningGateway> {
    const file = path.join(folder, 'klantbrug.yaml');
    const oauth2 = { tokenUrl: `${tokens.origin}/token`, clientId: 'a', clientSecret: '${CRM_KEY}' };
    const limits = { connectMs: longMs, headersMs: longMs, bodyMs: longMs };
    const system = { baseUrl: crm.url, credentials: { oauth2 }, limits };
    await writeFile(
      file,
      stringify(
        {
          listen: { port: 0 },
          baseUrls: { canonical },
          apis: { klanten: {} },
          clients: [{ id: 'all', secret: '${ALL}', scopes: 'all' }],
          mapping: {
            folder: path.resolve(import.meta.dirname, '../../mappings/demo-crm'),
            settings: { bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' },
          },
          backends: { crm: system, bijregister: { baseUrl: crm.url } },
          limits: { requestMs: longMs },
        },
        { aliasDuplicateObjects: false },
      ),
    );
    running = await startGateway(await loadConfig(file, environment), {
      observe: (event) => lines.push(JSON.stringify(event)),
    });
    return running;
  }

  async function klanten({ port }: RunningGateway) {
    const headers = { Authorization: `Bearer ${await token('all')}` };
    const response = await fetch(`http://127.0.0.1:${port}${api}/klanten`, { headers });
    return { status: response.status, text: await response.text() };
  }

  it('asks for a token, and shows it', async () => {
    crm.answers((call, response) => {
      sendJson(response, foundRelations([], 0), call.headers.authorization === undefined ? 401 : 200);
    });
    const gateway = await start();
    expect((await klanten(gateway)).status).to.equal(200);
    expect((await klanten(gateway)).status).to.equal(200);
    expect(new Set(crm.calls.map(({ headers }) => headers.authorization))).to.deep.equal(
      new Set(['Bearer token-of-the-specs']),
    );
    expect(tokens.requests).to.have.length(1);
  });

  it('answers 502 and then 503 when it is refused, and says nothing of its secrets', async () => {
    refuses = true;
    const gateway = await start();
    lines.length = 0;
    const answers = [await klanten(gateway), await klanten(gateway)];
    expect(answers[0]?.status).to.equal(502);
    // On a machine that stands still for long the time of rest may be over by now.
    expect(answers[1]?.status).to.be.oneOf([502, 503]);
    expect(lines.join()).to.contain('"credentials-refused"').and.not.contain(environment.CRM_KEY);
    expect(answers.map(({ text }) => text).join()).not.to.contain('invalid_client');
    expect(crm.calls).to.be.empty;
  });
});

describe('A CRM that is told which user a request is for', () => {
  const crm = scriptedCrm();
  const gateway = runningGateway({
    config: () => ({
      backends: { crm: { baseUrl: `${crm.url}/relbeheer`, forwardUser: { header: 'X-Gebruiker' } } },
      cache: { resources: { klant: { staleSeconds: 3600 } } },
    }),
  });
  const users = () => crm.calls.map(({ headers }) => headers['x-gebruiker']);
  const as = async (userId: string | undefined) => ({
    headers: {
      Authorization: `Bearer ${await token('all', userId === undefined ? {} : { user_id: userId })}`,
    },
  });

  it('hears of the user in the token of the client', async () => {
    crm.answers((_, response) => {
      sendJson(response, foundRelations([], 0));
    });
    expect((await gateway.get('/klanten', await as('beheer\r\nX: 1'))).status).to.equal(200);
    expect((await gateway.get('/klanten', await as(undefined))).status).to.equal(200);
    expect(users()).to.deep.equal(['beheer%0D%0AX:%201', undefined]);
  });

  it('is asked again for another user, also when what it said is remembered', async () => {
    crm.answers((_, response) => {
      sendJson(response, { STATUS: 'OK', RELATIE: relation(100003) });
    });
    for (const user of ['anna', 'bob', 'anna', 'bob']) {
      expect((await gateway.get(klantPath(100003), await as(user))).status).to.equal(200);
    }
    expect(users()).to.deep.equal(['anna', 'bob']);
  });

  it('is asked for each user, also at the same time', async () => {
    const waiting: (() => void)[] = [];
    crm.answers((_, response) => {
      waiting.push(() => {
        sendJson(response, foundRelations([], 0));
      });
    });
    const both = Promise.all([
      gateway.get('/klanten', await as('anna')),
      gateway.get('/klanten', await as('bob')),
    ]);
    await until('both have come by', () => waiting.length === 2, longMs);
    for (const answer of waiting) answer();
    expect((await both).map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(users().sort()).to.deep.equal(['anna', 'bob']);
  });
});
