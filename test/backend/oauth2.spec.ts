import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { expect } from 'chai';
import type { Event } from '../../src/observe/events.ts';
import { until } from '../kit/until.ts';
import { webHost } from '../kit/web-host.ts';
import { answerJson, asking, bodyOf, longMs } from './asking.ts';
import { workInto } from './systems.ts';

const clientSecret = 'secret of the client: 100%';

/** What the token endpoint does with a request; by default it gives a new token each time. */
type TokenScript = (request: IncomingMessage, response: ServerResponse, body: URLSearchParams) => void;

describe('Credentials: OAuth2 client credentials', () => {
  let given = 0;
  let script: TokenScript | undefined;
  const asked: { readonly headers: IncomingMessage['headers']; readonly body: URLSearchParams }[] = [];
  const grant = (response: ServerResponse, more: object = { expires_in: 3600 }): void => {
    given += 1;
    answerJson(response, { access_token: `token-${given}`, token_type: 'Bearer', ...more });
  };
  const tokens = webHost((request, response) => {
    void bodyOf(request).then((text) => {
      const body = new URLSearchParams(text);
      asked.push({ headers: request.headers, body });
      if (script) script(request, response, body);
      else grant(response);
    });
  });
  /** Tokens that the CRM does not take. */
  const refused = new Set<string | undefined>();
  const crm = webHost((request, response) => {
    request.resume();
    const answer = (): void => {
      answerJson(response, {}, refused.has(request.headers.authorization) ? 401 : 200);
    };
    if (holding) held.push(answer);
    else answer();
  });
  /** Whether the CRM keeps its answers to itself for now. */
  let holding = false;
  const held: (() => void)[] = [];

  beforeEach(() => {
    given = 0;
    script = undefined;
    asked.length = 0;
    refused.clear();
    holding = false;
    held.length = 0;
  });

  const open = (more: object = {}) =>
    asking(crm.origin, {
      credentials: {
        kind: 'oauth2',
        tokenUrl: `${tokens.origin}/token`,
        clientId: 'klantbrug',
        clientSecret,
        clientAuthentication: 'basic',
        ...more,
      },
    });
  const shown = () => crm.requests.map(({ headers }) => headers.authorization);

  it('asks for a token once, and uses it until it nearly expires', async () => {
    const { ask } = open();
    expect((await ask()).status).to.equal(200);
    expect((await ask('POST')).status).to.equal(200);
    expect(shown()).to.deep.equal(['Bearer token-1', 'Bearer token-1']);
    expect(asked).to.have.length(1);
    expect(asked[0]?.headers).to.include({
      authorization: `Basic ${Buffer.from('klantbrug:secret+of+the+client%3A+100%25').toString('base64')}`,
      accept: 'application/json',
    });
    expect(asked[0]?.headers['content-type']).to.contain('application/x-www-form-urlencoded');
    expect([...(asked[0]?.body ?? [])]).to.deep.equal([['grant_type', 'client_credentials']]);
  });

  it('sends id and secret in the body, with scope, audience and resource, when it is told to', async () => {
    const { ask } = open({
      clientAuthentication: 'body',
      scope: 'a b',
      audience: 'crm',
      resource: 'https://c',
    });
    await ask();
    expect(asked[0]?.headers.authorization).to.equal(undefined);
    expect(Object.fromEntries(asked[0]?.body ?? [])).to.deep.equal({
      grant_type: 'client_credentials',
      client_id: 'klantbrug',
      client_secret: clientSecret,
      scope: 'a b',
      audience: 'crm',
      resource: 'https://c',
    });
  });

  it('asks once for fifty calls at the same time, with no token and with one that is refused', async () => {
    const { crowd } = open();
    expect(await crowd(50)).to.deep.equal([200]);
    expect(asked).to.have.length(1);
    refused.add('Bearer token-1');
    expect(await crowd(50)).to.deep.equal([200]);
    expect(asked).to.have.length(2);
  });

  it('asks once for fifty calls at the same time when the token is about to expire', async () => {
    const { ask, crowd, later } = open();
    await ask();
    later(3539);
    await ask();
    expect(asked).to.have.length(1);
    later(2);
    expect(await crowd(50)).to.deep.equal([200]);
    expect(asked).to.have.length(2);
    expect(shown().filter((token) => token === 'Bearer token-1')).to.have.length(2);
    expect(shown().filter((token) => token === 'Bearer token-2')).to.have.length(50);
  });

  it('uses a token of a few seconds for most of them', async () => {
    script = (_request, response) => {
      grant(response, { expires_in: 10 });
    };
    const { ask, later } = open();
    await ask();
    later(8.9);
    await ask();
    expect(asked).to.have.length(1);
    later(0.2);
    await ask();
    expect(asked).to.have.length(2);
  });

  it('keeps the new token when an old one is refused late', async () => {
    const { ask } = open();
    await ask();
    holding = true;
    const late = ask();
    await until('it is at the CRM', () => held.length === 1, longMs);
    holding = false;
    refused.add('Bearer token-1');
    expect((await ask()).status).to.equal(200);
    for (const answer of held) answer();
    expect((await late).status).to.equal(200);
    expect(asked).to.have.length(2);
  });

  it('keeps a token without a lifetime until it is refused', async () => {
    script = (_request, response) => {
      grant(response, {});
    };
    const { ask, later } = open();
    await ask();
    later(1_000_000);
    await ask();
    expect(asked).to.have.length(1);
    refused.add('Bearer token-1');
    expect((await ask('POST')).status).to.equal(200);
    expect(shown()).to.deep.equal([...times(3, 'Bearer token-1'), 'Bearer token-2']);
  });

  it('does not ask again and again for a CRM that takes none of its tokens', async () => {
    const { ask, events, later } = open();
    for (const number of [1, 2, 3, 4, 5]) refused.add(`Bearer token-${number}`);
    for (const time of ['first', 'second', 'third']) expect((await ask()).status, time).to.equal(502);
    expect(asked).to.have.length(2);
    expect(shown()).to.deep.equal(['Bearer token-1', ...times(3, 'Bearer token-2')]);
    expect(events).to.deep.equal(times(3, { event: 'credentials-refused', backend: 'crm', status: 401 }));
    later(11);
    refused.clear();
    refused.add('Bearer token-2');
    expect((await ask()).status).to.equal(200);
    expect(asked).to.have.length(3);
  });

  it('renews for a literal URL as well', async () => {
    const { get, ask } = open();
    await ask();
    refused.add('Bearer token-1');
    expect((await get(`${crm.origin}/a`, workInto([], longMs))).status).to.equal(200);
    expect(asked).to.have.length(2);
  });

  describe('a token endpoint that', () => {
    for (const status of [400, 401, 403, 404]) {
      it(`refuses with ${status} is an event, and is left alone for a while`, async () => {
        script = (_request, response) => {
          answerJson(response, { error: 'invalid_client', error_description: clientSecret }, status);
        };
        const { ask, events, crowd, errors, later } = open();
        expect(await ask()).to.deep.equal({ status: 502, retryAfter: NaN });
        expect(await ask('POST')).to.deep.equal({ status: 503, retryAfter: 10 });
        later(9);
        expect(await ask()).to.deep.equal({ status: 503, retryAfter: 1 });
        expect(await crowd(50)).to.deep.equal([503]);
        expect(asked).to.have.length(1);
        expect(crm.requests).to.be.empty;
        expect(events).to.deep.equal([{ event: 'credentials-refused', backend: 'crm', status }]);
        expectSilence(events, errors);
        later(2);
        script = undefined;
        expect((await ask()).status).to.equal(200);
      });
    }

    it('redirects is not followed', async () => {
      script = (_request, response) => {
        response.writeHead(307, { Location: `${crm.origin}/token` }).end();
      };
      const { ask, events } = open();
      expect((await ask()).status).to.equal(502);
      expect((await ask()).status).to.equal(503);
      expect(asked).to.have.length(1);
      expect(crm.requests).to.be.empty;
      expect(events).to.deep.equal([
        { event: 'backend-failed', backend: 'crm', reason: 'redirect', status: 307 },
      ]);
    });

    it('is busy is left alone for as long as it asks', async () => {
      script = (_request, response) => {
        answerJson(response, {}, 429, { 'Retry-After': '30' });
      };
      const { ask, later } = open();
      expect(await ask()).to.deep.equal({ status: 503, retryAfter: 30 });
      later(20);
      expect(await ask()).to.deep.equal({ status: 503, retryAfter: 10 });
      expect(asked).to.have.length(1);
    });

    const unusable: Readonly<Record<string, (response: ServerResponse) => void>> = {
      'is no JSON': (response) => response.end('<html>'),
      'is blank': (response) => response.end(),
      'has no token': (response) => {
        answerJson(response, { token_type: 'Bearer' });
      },
      'has a token of another type': (response) => {
        grant(response, { token_type: 'DPoP' });
      },
      'has a token that is no header': (response) => {
        answerJson(response, { access_token: 'a\r\nX-Forged: 1', token_type: 'Bearer' });
      },
      'has no content': (response) => response.writeHead(204).end(),
    };
    for (const [what, answer] of Object.entries(unusable)) {
      it(`gives an answer that ${what} is an event`, async () => {
        script = (_request, response) => {
          answer(response);
        };
        const { ask, events } = open();
        expect((await ask()).status).to.equal(502);
        expect((await ask()).status).to.equal(503);
        expect(asked).to.have.length(1);
        expect(events).to.deep.equal([
          { event: 'backend-failed', backend: 'crm', reason: 'unexpected-answer' },
        ]);
        expect(crm.requests).to.be.empty;
      });
    }

    it('fails is an event, and is asked again', async () => {
      script = (_request, response) => {
        answerJson(response, {}, 500);
      };
      const { ask, events } = open();
      expect((await ask('POST')).status).to.equal(502);
      expect(events).to.deep.equal([
        { event: 'backend-failed', backend: 'crm', reason: 'status', status: 500 },
      ]);
      script = undefined;
      expect((await ask('POST')).status).to.equal(200);
    });

    it('is slow costs a client no more than its own time, and the others wait for the same answer', async () => {
      let answer = (): void => undefined;
      script = (_request, response) => {
        answer = () => {
          grant(response);
        };
      };
      const { ask } = open();
      const patient = ask();
      expect((await ask('GET', { withinMs: 300 })).status).to.equal(504);
      await until('the token is asked for', () => asked.length > 0, 60_000);
      answer();
      expect((await patient).status).to.equal(200);
      expect((await ask()).status).to.equal(200);
      expect(asked).to.have.length(1);
    });

    it('never answers is given up within the limits of the system', async () => {
      script = () => undefined;
      const { limits } = quick();
      const { ask, events } = asking(crm.origin, { limits, credentials: credentials() });
      expect((await ask()).status).to.equal(504);
      expect(events).to.deep.equal([{ event: 'backend-failed', backend: 'crm', reason: 'timeout' }]);
    });
  });

  const quick = () => ({
    limits: { connectMs: 60_000, headersMs: 100, bodyMs: 60_000, responseBytes: 10_000, concurrency: 5 },
  });
  const credentials = () =>
    ({
      kind: 'oauth2',
      tokenUrl: `${tokens.origin}/token`,
      clientId: 'klantbrug',
      clientSecret,
      clientAuthentication: 'basic',
    }) as const;
});

function times<Item>(count: number, item: Item): Item[] {
  return Array.from({ length: count }, () => item);
}

/** Neither the secret nor a text of the token endpoint may get out. */
function expectSilence(events: readonly Event[], errors: readonly unknown[]): void {
  const told = `${JSON.stringify(events)} ${inspect(errors, { depth: Infinity, showHidden: true })}`;
  expect(told).to.contain('BadGateway').and.not.contain('secret of the client');
}
