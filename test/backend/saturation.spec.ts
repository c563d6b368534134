import { expect } from 'chai';
import { openBackend } from '../../src/backend/index.ts';
import type { Send } from '../../src/backend/send.ts';
import { deadlineIn } from '../../src/deadline.ts';
import type { Event } from '../../src/observe/events.ts';
import { BackendProblem } from '../../src/problem.ts';
import { scriptedCrm, sendJson } from '../kit/scripted-crm.ts';
import { until } from '../kit/until.ts';

const anHour = 3_600_000;
const request = { method: 'GET', path: [], query: [], headers: {} } as const;

describe('§8 Calls that find no connection free', () => {
  const crm = scriptedCrm();
  const events: Event[] = [];
  let send: Send;

  before(() => {
    send = openBackend(
      {
        name: 'crm',
        baseUrl: crm.url,
        credentials: undefined,
        limits: {
          connectMs: anHour,
          headersMs: anHour,
          bodyMs: anHour,
          responseBytes: 1000,
          concurrency: 1,
        },
        breaker: { failurePercentage: 1, minimumCalls: 1, windowSeconds: 3600, openSeconds: 3600 },
        errors: [],
      },
      (event) => events.push(event),
    );
  });

  const sendWithin = (milliseconds: number) =>
    send(request, { deadline: deadlineIn(milliseconds), observe: (event) => events.push(event) });

  const problemOf = async (call: Promise<unknown>): Promise<BackendProblem> => {
    const outcome: unknown = await call.catch((error: unknown) => error);
    if (outcome instanceof BackendProblem) return outcome;
    throw new Error('a problem was expected');
  };

  it('wait until their deadline, get 503 with Retry-After, and are no failures of the CRM', async () => {
    let finish = (): void => undefined;
    crm.answers((_, response) => {
      finish = () => {
        sendJson(response, {});
      };
    });
    const first = sendWithin(anHour);
    await until('the only connection is taken', () => crm.calls.length === 1);
    for (const call of [sendWithin(50), sendWithin(50), sendWithin(50)]) {
      const problem = await problemOf(call);
      expect(problem.status).to.equal(503);
      expect(problem.headers['Retry-After']).to.match(/^[1-9][0-9]*$/);
      expect(problem.outcome).to.equal('not-sent');
    }
    finish();
    expect((await first).status).to.equal(200);
    expect(crm.calls).to.have.length(1);
    expect(events.filter(({ event }) => event === 'breaker')).to.deep.equal([]);
  });

  it('are served when one comes free in time', async () => {
    let finish = (): void => undefined;
    crm.answers((_, response) => {
      if (crm.calls.length > 1) sendJson(response, {});
      else
        finish = () => {
          sendJson(response, {});
        };
    });
    const calls = [sendWithin(anHour), sendWithin(anHour), sendWithin(anHour)];
    await until('the only connection is taken', () => crm.calls.length === 1);
    finish();
    for (const { status } of await Promise.all(calls)) expect(status).to.equal(200);
    expect(crm.calls).to.have.length(3);
  });

  it('are not sent when their deadline has passed already', async () => {
    crm.answers((_, response) => {
      sendJson(response, {});
    });
    const deadline = { signal: AbortSignal.abort(), leftMs: () => 0 };
    const problem = await problemOf(send(request, { deadline, observe: () => undefined }));
    expect(problem.status).to.equal(504);
    expect(problem.outcome).to.equal('not-sent');
    expect(crm.calls).to.have.length(0);
  });
});
