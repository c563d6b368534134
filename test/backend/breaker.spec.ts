import { expect } from 'chai';
import { type Answer, leastKlant, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { scriptedCrm, sendJson } from '../kit/scripted-crm.ts';
import { until } from '../kit/until.ts';

const klant = klantPath(100003);
const minimumCalls = 5;
const anHour = 3600;

type Gateway = ReturnType<typeof runningGateway>;

const states = ({ events }: Gateway) =>
  events.flatMap((event) => (event.event === 'breaker' ? [event.state] : []));

/** Reads so often, one after the other, and tells the statuses. */
async function reads(gateway: Gateway, count: number, place = klant): Promise<number[]> {
  const statuses = [];
  for (let index = 0; index < count; index++) statuses.push((await gateway.get(place)).status);
  return statuses;
}

function expectOpen({ status, headers, body }: Answer): void {
  expect(status).to.equal(503);
  expect(body).to.include({ code: 'service_unavailable', status: 503 });
  expect(headers.get('Retry-After')).to.match(/^[1-9][0-9]*$/);
}

describe('§8 A backend that keeps failing is left alone', () => {
  const gateway = runningGateway({
    config: { backends: { crm: { breaker: { minimumCalls, openSeconds: anHour, windowSeconds: anHour } } } },
  });

  it('after the configured number of calls, not before', async () => {
    await gateway.crm.fault({ soort: 'fout' });
    await gateway.crm.forget();
    expect(await reads(gateway, minimumCalls)).to.deep.equal(Array(minimumCalls).fill(502));
    expect(states(gateway)).to.deep.equal(['open']);
    expect(await gateway.crm.total()).to.equal(minimumCalls);
  });

  it('then every request is a 503 with Retry-After, and the CRM is not called, also when it is well again', async () => {
    await gateway.crm.forget();
    const answers = [
      await gateway.get(klant),
      await gateway.head(klant),
      await gateway.get('/klanten'),
      await gateway.post(leastKlant),
      await gateway.put(klant, leastKlant),
      await gateway.patch(klant, {}),
      await gateway.delete(klant),
    ];
    for (const { status, headers } of answers) {
      expect(status).to.equal(503);
      expect(Number(headers.get('Retry-After'))).to.be.within(1, anHour);
    }
    expectOpen(await gateway.get(klant));
    expect(await gateway.crm.total()).to.equal(0);
  });

  it('what needs no CRM is still answered', async () => {
    expect((await gateway.get('/klanten/not-one-of-ours')).status).to.equal(404);
    expect((await gateway.post({})).status).to.equal(400);
    expect((await gateway.get(klant, { client: null })).status).to.equal(403);
  });
});

describe('§8 Each kind of failure counts', () => {
  for (const soort of ['fout', 'foutcode', 'html', 'afgekapt', 'verbreek', 'groot', 'traag']) {
    describe(soort, () => {
      const gateway = runningGateway({
        config: {
          backends: {
            crm: {
              breaker: { minimumCalls, openSeconds: anHour, windowSeconds: anHour },
              ...(soort === 'traag' ? { limits: { headersMs: 100 } } : {}),
            },
          },
        },
      });

      it('opens the breaker', async () => {
        await gateway.crm.fault({ soort });
        const statuses = await reads(gateway, minimumCalls + 1);
        expect(statuses[0]).to.equal(soort === 'traag' ? 504 : 502);
        expect(statuses.at(-1)).to.equal(503);
        expect(states(gateway)).to.deep.equal(['open']);
      });
    });
  }
});

describe('§8 An answer is no failure', () => {
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      const breaker = { minimumCalls, failurePercentage: 1, openSeconds: anHour, windowSeconds: anHour };
      return { backends: { crm: { baseUrl: crm.url, breaker } } };
    },
  });
  const answers: readonly (readonly [status: number, shown: number, times: number])[] = [
    [404, 404, 100],
    [410, 404, 20],
    [400, 502, 20],
    [401, 502, 20],
    [403, 502, 20],
    [409, 502, 20],
    [422, 502, 20],
    [429, 503, 20],
  ];

  for (const [status, shown, times] of answers) {
    it(`${times} times ${status} does not open the breaker`, async () => {
      crm.answers((_, response) => {
        sendJson(response, {}, status);
      });
      expect(new Set(await reads(gateway, times))).to.deep.equal(new Set([shown]));
      expect(crm.calls).to.have.length(times);
      expect(states(gateway)).to.deep.equal([]);
    });
  }
});

describe('§8 Not found is no failure, also when it is told in a 200', () => {
  const gateway = runningGateway({
    config: { backends: { crm: { breaker: { minimumCalls, openSeconds: anHour } } } },
  });

  it('a hundred of them do not open the breaker', async () => {
    expect(new Set(await reads(gateway, 100, klantPath(999999)))).to.deep.equal(new Set([404]));
    expect(states(gateway)).to.deep.equal([]);
    expect((await gateway.get(klant)).status).to.equal(200);
  });
});

describe('§8 After its time a backend is tried again', () => {
  const gateway = runningGateway({
    config: { backends: { crm: { breaker: { minimumCalls, openSeconds: 1, windowSeconds: anHour } } } },
  });

  /** Lets the CRM fail until the breaker opens, and waits until it lets a call through. */
  async function halfOpen(): Promise<void> {
    gateway.events.length = 0;
    await gateway.crm.fault({ soort: 'fout' });
    await until('the breaker is open', async () => (await gateway.get(klant)).status === 503);
    await until('it is half open', () => states(gateway).at(-1) === 'half-open');
    await gateway.crm.calm();
    await gateway.crm.forget();
    gateway.events.length = 0;
  }

  it('by one call: fifty at that moment cost the CRM one', async () => {
    await halfOpen();
    await gateway.crm.fault({ soort: 'traag' });
    // Different klanten, because identical reads are one call anyway.
    const answers = Array.from({ length: 50 }, (_, index) => gateway.get(klantPath(100030 + index)));
    let refused = 0;
    for (const answer of answers)
      void answer.then(({ status }) => {
        if (status === 503) refused += 1;
      });
    await until('the others are refused', () => refused === 49);
    expect(await gateway.crm.total()).to.equal(1);
    await gateway.crm.calm();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).to.have.length(1);
    for (const answer of await Promise.all(answers)) if (answer.status !== 200) expectOpen(answer);
    expect(await gateway.crm.total()).to.equal(1);
  });

  it('one that goes well closes the breaker', async () => {
    await halfOpen();
    expect(await reads(gateway, 3)).to.deep.equal([200, 200, 200]);
    expect(states(gateway)).to.deep.equal(['closed']);
  });

  it('one that fails opens it again', async () => {
    await halfOpen();
    await gateway.crm.fault({ soort: 'fout', aantal: 1 });
    expect(await reads(gateway, 2)).to.deep.equal([502, 503]);
    expect(states(gateway)).to.deep.equal(['open']);
    expect(await gateway.crm.total()).to.equal(1);
  });

  for (const [what, soort, place, status] of [
    ['a klant that is not there', undefined, klantPath(999999), 404],
    ['a CRM that is busy', 'vol', klant, 503],
    ['credentials that it refuses', 'sleutel', klant, 502],
  ] as const) {
    it(`${what} is an answer, and closes the breaker`, async () => {
      await halfOpen();
      if (soort !== undefined) await gateway.crm.fault({ soort, aantal: 1 });
      expect((await gateway.get(place)).status).to.equal(status);
      expect(states(gateway)).to.deep.equal(['closed']);
      expect(await reads(gateway, 2)).to.deep.equal([200, 200]);
    });
  }
});
