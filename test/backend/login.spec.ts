import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect } from 'chai';
import type { Credentials } from '../../src/backend/credentials.ts';
import { webHost } from '../kit/web-host.ts';
import { answerJson, asking, bodyOf } from './asking.ts';

type Session = Extract<Credentials, { kind: 'login' }>['session'];

const body = { user: 'klantbrug', inner: { password: 'password-of-the-specs' } };
const token: Session = {
  text: '{data.token}',
  encoding: 'plain',
  header: 'X-Session',
  prefix: 'Session ',
};
const cookie: Session = { cookie: 'PHPSESSID' };

/** A script that answers so. */
const json =
  (answer: object, status = 200) =>
  (response: ServerResponse): void => {
    answerJson(response, answer, status);
  };

describe('Credentials: a log-in session', () => {
  const logins: string[] = [];
  let script: ((response: ServerResponse, number: number) => void) | undefined;
  const refused = new Set<unknown>();
  const crm = webHost((request, response) => {
    void bodyOf(request).then((text) => {
      if (request.url === '/login') logIn(text, response);
      else answerJson(response, {}, refused.has(sessionIn(request)) ? 401 : 200);
    });
  });

  function logIn(text: string, response: ServerResponse): void {
    logins.push(text);
    if (script) script(response, logins.length);
    else
      answerJson(response, { data: { token: `session-${logins.length}` } }, 200, {
        'Set-Cookie': [
          'PHPSESSID=deleted; Max-Age=0',
          'other=1',
          `PHPSESSID=session-${logins.length}; Path=/; HttpOnly`,
        ],
      });
  }

  beforeEach(() => {
    logins.length = 0;
    script = undefined;
    refused.clear();
  });

  const sessionIn = ({ headers }: IncomingMessage) => headers['x-session'] ?? headers.cookie;
  const open = (session: Session) =>
    asking(crm.origin, { credentials: { kind: 'login', url: `${crm.origin}/login`, body, session } });
  const shown = () => crm.requests.filter(({ url }) => url !== '/login').map(sessionIn);

  for (const [what, session, sent] of [
    ['a token', token, 'Session session-'],
    ['a cookie', cookie, 'PHPSESSID=session-'],
  ] as const) {
    describe(`with ${what}`, () => {
      it('is begun once, and used again', async () => {
        const { crowd, ask } = open(session);
        expect(await crowd(50)).to.deep.equal([200]);
        expect((await ask('POST')).status).to.equal(200);
        expect(logins.map((text) => JSON.parse(text) as unknown)).to.deep.equal([body]);
        expect(new Set(shown())).to.deep.equal(new Set([`${sent}1`]));
      });

      it('is begun anew once, for everybody, when it has ended', async () => {
        const { crowd, ask } = open(session);
        await ask();
        refused.add(`${sent}1`);
        expect(await crowd(50)).to.deep.equal([200]);
        expect((await ask('POST')).status).to.equal(200);
        expect(logins).to.have.length(2);
        expect(shown().at(-1)).to.equal(`${sent}2`);
      });

      it('is not begun again and again when the CRM takes none', async () => {
        const { ask } = open(session);
        for (const number of [1, 2, 3, 4, 5]) refused.add(`${sent}${number}`);
        for (const time of ['first', 'second', 'third']) expect((await ask()).status, time).to.equal(502);
        expect(logins).to.have.length(2);
      });

      const refusals: readonly [string, number, (response: ServerResponse) => void][] = [
        ['with 401', 401, json({}, 401)],
        ['with 403', 403, json({}, 403)],
        ['with 400', 400, json({}, 400)],
        ['with a 200 that says so', 200, json({ error: 'password' })],
        ['with a page', 200, (response) => response.end('<html>')],
        ['with a session that is no header', 200, json({ data: { token: 'a\r\nb: c' } })],
      ];
      for (const [how, status, answer] of refusals) {
        it(`that is refused ${how} is not tried again in a loop`, async () => {
          script = answer;
          const { ask, crowd, events, later } = open(session);
          expect((await ask()).status).to.equal(502);
          later(9.5);
          expect(await ask('POST')).to.deep.equal({ status: 503, retryAfter: 1 });
          expect(await crowd(20)).to.deep.equal([503]);
          expect(logins).to.have.length(1);
          expect(shown()).to.be.empty;
          expect(events).to.deep.equal([{ event: 'credentials-refused', backend: 'crm', status }]);
          later(1);
          script = undefined;
          expect((await ask()).status).to.equal(200);
        });
      }
    });
  }

  it('that is refused when it is renewed is not tried again in a loop', async () => {
    const { ask } = open(token);
    await ask();
    refused.add('Session session-1');
    script = (response) => {
      answerJson(response, {}, 401);
    };
    expect((await ask()).status).to.equal(502);
    expect((await ask()).status).to.equal(503);
    expect(logins).to.have.length(2);
  });

  it('takes numbers for a token', async () => {
    script = (response) => {
      answerJson(response, { data: { token: 12 } });
    };
    const { ask } = open({ ...token, prefix: '' });
    await ask();
    expect(shown()).to.deep.equal(['12']);
  });

  it('puts a token together out of places in the answer, in base 64 where it must be', async () => {
    script = (response) => {
      answerJson(response, { result: [7, 'sléutel'] });
    };
    const pieces = { ...token, text: 'klantbrug:{result.0}:{result.1}' };
    await open({ ...pieces, encoding: 'base64' }).ask();
    await open({ ...pieces, text: 'klantbrug-{result.0}' }).ask();
    const [first, second] = shown().map((sent) => String(sent).slice('Session '.length));
    expect(Buffer.from(first ?? '', 'base64').toString('utf8')).to.equal('klantbrug:7:sléutel');
    expect(second).to.equal('klantbrug-7');
  });

  it('is refused when one of the places is not in the answer', async () => {
    script = (response) => {
      answerJson(response, { result: [7, ''] });
    };
    const text = 'klantbrug:{result.0}:{result.1}';
    expect((await open({ ...token, text, encoding: 'base64' }).ask()).status).to.equal(502);
    expect(shown()).to.be.empty;
  });

  it('does not look for places in what the answer gave', async () => {
    script = (response) => {
      answerJson(response, { a: '{b}', b: 'other' });
    };
    await open({ ...token, text: '{a}.{b}' }).ask();
    expect(shown()).to.deep.equal(['Session {b}.other']);
  });
});
