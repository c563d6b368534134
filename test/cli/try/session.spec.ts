import { expect } from 'chai';
import { scriptedCrm } from '../../kit/scripted-crm.ts';
import { environment, soundConfig, temporaryFiles } from '../config.ts';
import { inside } from '../inside.ts';

const password = 'password-of-the-session-spec';
const token = 'token-of-the-session-spec';

describe('klantbrug try on a CRM with sessions', () => {
  const files = temporaryFiles();
  const crm = scriptedCrm();
  let file = '';

  before(async () => {
    const config = soundConfig({ port: 8080, crmUrl: crm.url });
    const login = {
      url: '/sessions',
      body: { user: 'klantbrug', password: '${PASSWORD}' },
      session: { token: { path: 'data.token', header: 'X-Session' } },
    };
    const backends = config.backends as Record<string, object>;
    file = await files.write('sessions.yaml', {
      ...config,
      backends: { ...backends, crm: { baseUrl: `${crm.url}/relbeheer`, credentials: { login } } },
    });
  });

  const run = (args: readonly string[], options: Parameters<typeof inside>[2] = {}) =>
    inside(['try', '--config', file, ...args], { ...environment, PASSWORD: password }, options);

  const answers = (body: object) => {
    crm.answers(({ path }, response) => {
      const said = path.endsWith('/sessions') ? { data: { token } } : body;
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(said));
    });
  };

  it('does not even log in without --send', async () => {
    const { code, out } = await run(['klant.list']);
    expect(code).to.equal(0);
    expect(out).to.include('X-Session: ‹secret›');
    expect(crm.calls).to.deep.equal([]);
  });

  it('shows the log-in without what is in it, and hides the session wherever it comes back', async () => {
    answers({ STATUS: 'OK', RELATIE: { RELNR: 7, KLANTNR: 'K7', STR: `echo of ${token}` } });
    for (const way of [[], ['--reveal']]) {
      const { code, out } = await run(['klant.read', '--id', '7', '--send', ...way]);
      expect(code).to.equal(0);
      expect(out).to.match(/POST http\S+\/relbeheer\/sessions {3}\(crm: for a token or session\)/);
      expect(out).to.include('X-Session: ‹secret›');
      expect(out).not.to.include(token).and.not.include(password);
    }
    expect((await run(['klant.read', '--id', '7', '--send', '--reveal'])).out).to.include('echo of ‹secret›');
  });

  it('tells on a terminal that it waits', async () => {
    let told = (): void => undefined;
    const waited = new Promise<void>((resolve) => {
      told = resolve;
    });
    const lines: string[] = [];
    crm.answers((_, response) => {
      void waited.then(() => response.writeHead(500).end());
    });
    const error = (text: string): void => {
      lines.push(text);
      told();
    };
    await run(['klant.list', '--send'], { interactive: true, error });
    expect(lines[0]).to.match(/^\d requests? so far, waiting for crm …$/);
  });
});
