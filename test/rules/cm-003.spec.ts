import { expect } from 'chai';
import { contactmomentenOf, leastContactmoment } from '../contactmomenten/contactmomenten.ts';
import { type Answer, complaints, runningGateway, urlIn } from '../kit/gateway.ts';
import { webHost } from '../kit/web-host.ts';
import { closedPort, registerFaults } from './registers.ts';

/** What stands in for a medewerker: a list of the stand-in for Zaken, which only shows it to who has a token. */
const place = '/zaken/api/v1/zaakcontactmomenten';

describe('cm-003: valideren attribuut medewerker', () => {
  const host = webHost(({ url = '' }, response) => {
    const status = /^\/status\/([0-9]+)$/.exec(url)?.[1];
    response.writeHead(Number(status ?? 200), { 'Content-Type': 'text/html' }).end('<html></html>');
  });
  const stranger = webHost((_, response) => response.end('{}'));
  const closed = closedPort();
  const gateway = runningGateway({
    config: (aroundUrl) => ({
      urlChecks: {
        hosts: [
          { origin: host.origin, addresses: ['127.0.0.0/8'] },
          { origin: closed.origin, addresses: ['127.0.0.0/8'] },
        ],
      },
      registers: {
        // Of kind overig: anything that URLs in bodies lead to.
        zaken: { kind: 'overig', root: `${aroundUrl}/zaken/api/v1` },
      },
    }),
  });
  const contactmomenten = contactmomentenOf(gateway);

  function expectBadUrl(answer: Answer): void {
    expect(answer.status, answer.text).to.equal(400);
    expect(complaints(answer)).to.deep.equal(['medewerker bad-url']);
  }

  async function refused(medewerker: string): Promise<void> {
    await gateway.crm.forget();
    expectBadUrl(await contactmomenten.create({ medewerker }));
    expect(await gateway.crm.total(), 'calls to the CRM').to.equal(0);
  }

  describe('holds', () => {
    it('when the URL answers 200, whatever with', async () => {
      const medewerker = `${host.origin}/medewerkers/1`;
      const answer = await contactmomenten.create({ medewerker });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.medewerker).to.equal(medewerker);
      expect(host.requests.map(({ method, url }) => `${method ?? ''} ${url ?? ''}`)).to.deep.equal([
        'GET /medewerkers/1',
      ]);
    });

    it('in a register, that is asked with its credentials', async () => {
      const medewerker = `${gateway.around.url}${place}`;
      const answer = await contactmomenten.create({ medewerker });
      expect(answer.status, answer.text).to.equal(201);
    });

    it('when a register redirects to a configured host, which does not get its credentials', async () => {
      const naar = `${host.origin}/medewerkers/1`;
      await gateway.around.fault({ soort: 'omleiding', naar, pad: '/zaken' });
      const answer = await contactmomenten.create({ medewerker: `${gateway.around.url}${place}` });
      expect(answer.status, answer.text).to.equal(201);
      expect(host.requests).to.have.length(1);
      expect(host.requests[0]?.headers).not.to.include.keys('authorization');
    });

    it('when a register answers HTML: only the 200 counts', async () => {
      await gateway.around.fault({ soort: 'html', pad: '/zaken' });
      const answer = await contactmomenten.create({ medewerker: `${gateway.around.url}${place}` });
      expect(answer.status, answer.text).to.equal(201);
    });
  });

  describe('is broken', () => {
    for (const [what, fault] of Object.entries(registerFaults)) {
      it(`when the register ${what}, and nothing is written`, async () => {
        await gateway.around.fault({ ...fault, pad: '/zaken' });
        await refused(`${gateway.around.url}${place}`);
      });
    }

    for (const status of [201, 204, 403, 404, 410, 500]) {
      it(`when a host answers ${status}`, () => refused(`${host.origin}/status/${status}`));
    }

    it('when the host is down, which the operator hears of', async () => {
      const before = gateway.events.length;
      await refused(`${closed.origin}/medewerkers/1`);
      expect(gateway.events.slice(before).map(({ event }) => event)).to.include('url-check-failed');
    });

    it('by a host that is not configured, which is not connected to', async () => {
      await refused(`${stranger.origin}/medewerkers/1`);
      expect(stranger.connections).to.equal(0);
    });

    it('by what is no URL, which is complained about twice', async () => {
      const answer = await contactmomenten.create({ medewerker: 'geen-url' });
      expect(complaints(answer)).to.deep.equal(['medewerker bad-url', 'medewerker invalid']);
    });
  });

  describe('on an update', () => {
    let url = '';

    beforeEach(async () => {
      url = urlIn(
        await contactmomenten.create({ medewerker: `${host.origin}/medewerkers/1`, tekst: 'eerst' }),
      );
      host.requests.length = 0;
    });

    it('is asked of a PATCH and of a PUT that supply a medewerker; broken, nothing is changed', async () => {
      const wrong = { medewerker: `${host.origin}/status/404`, tekst: 'daarna' };
      expectBadUrl(await gateway.patch(url, wrong));
      expectBadUrl(await gateway.put(url, { ...leastContactmoment, ...wrong }));
      expect(host.requests).to.have.length(2);
      expect((await gateway.get(url)).body.tekst).to.equal('eerst');
    });

    it('is not asked when the medewerker is not supplied, or emptied', async () => {
      expect((await gateway.patch(url, { tekst: 'daarna' })).status).to.equal(200);
      expect((await gateway.put(url, leastContactmoment)).status).to.equal(200);
      expect((await gateway.patch(url, { medewerker: '' })).status).to.equal(200);
      expect(host.requests).to.have.length(0);
    });
  });
});

describe('cm-003, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-003': 'off' } } });
  const contactmomenten = contactmomentenOf(gateway);

  it('takes any URL without asking for it, and still refuses what is none', async () => {
    await gateway.around.forget();
    const medewerker = `${gateway.around.url}/zaken/api/v1/medewerkers/404`;
    const answer = await contactmomenten.create({ medewerker });
    expect(answer.status, answer.text).to.equal(201);
    expect(await gateway.around.counts()).not.to.include.keys('GET /zaken/api/v1/medewerkers/404');
    expect(complaints(await contactmomenten.create({ medewerker: 'geen-url' }))).to.deep.equal([
      'medewerker invalid',
    ]);
  });
});
