import { expect } from 'chai';
import { scalarText } from '../../src/json.ts';
import { api, type Answer, canonical, results, runningGateway, token, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { send } from '../kit/wire.ts';
import { expectProblem } from './problem.ts';

const intern = 'http://intern.test:8080';
const withPath = 'https://Klanten.Voorbeeld.test/brug';
const plainWithPath = 'https://klanten.voorbeeld.test/brug';
const path = klantPath(100_001);

/** Asks for something with these headers; the one of a token is added. */
async function asked(port: number, place: string, headers: Record<string, string>): Promise<Answer> {
  const authorization = `Bearer ${await token('all')}`;
  return send(port, { target: `${api}${place}`, headers: { Authorization: authorization, ...headers } });
}

describe('Base URLs (ruling R1)', () => {
  const gateway = runningGateway({ config: { baseUrls: { further: { nlx: withPath } } } });

  /** The base URL in the answer to a request with these headers. */
  async function baseFor(port: number, headers: Record<string, string>): Promise<string> {
    const answer = await asked(port, path, headers);
    expect(answer.status).to.equal(200);
    expect(urlIn(answer).endsWith(`${api}${path}`)).to.equal(true);
    return urlIn(answer).slice(0, -`${api}${path}`.length);
  }

  describe('are chosen by Host', () => {
    for (const [host, base] of [
      ['klantbrug.test', canonical],
      ['intern.test:8080', intern],
      ['INTERN.Test:8080', intern],
      ['klanten.voorbeeld.test', plainWithPath],
      ['klanten.voorbeeld.test:443', plainWithPath],
    ] as const) {
      it(`${host} is ${base}`, async () => {
        expect(await baseFor(gateway.port, { Host: host })).to.equal(base);
      });
    }

    for (const host of [
      'kwaadaardig.test',
      'intern.test',
      'intern.test:8081',
      'intern.test:8080.kwaadaardig.test',
      'klanten.voorbeeld.test:80',
      'gebruiker@intern.test:8080',
      '127.0.0.1',
      '__proto__',
      '',
    ]) {
      it(`${host === '' ? 'a blank one' : host} is not configured, so canonical`, async () => {
        expect(await baseFor(gateway.port, { Host: host })).to.equal(canonical);
      });
    }
  });

  describe('are in everything that is answered', () => {
    const headers = { Host: 'intern.test:8080' };

    it('in the links of a list, and in its klanten', async () => {
      const answer = await asked(gateway.port, '/klanten?page=2', headers);
      expect(answer.body).to.include({
        next: `${intern}${api}/klanten?page=3`,
        previous: `${intern}${api}/klanten`,
      });
      expect(
        results(answer).every(({ url }) => scalarText(url)?.startsWith(`${intern}${api}/klanten/`)),
      ).to.equal(true);
    });

    it('in the type of a problem', async () => {
      expectProblem(await asked(gateway.port, klantPath(1), headers), 'NotFound', { base: intern });
      expectProblem(await send(gateway.port, { target: '/nergens', headers }), 'NotFound', { base: intern });
    });

    it('in Location', async () => {
      const body = '{"bronorganisatie":"123456782","websiteUrl":"https://www.gemeente.example"}';
      const answer = await send(gateway.port, {
        method: 'POST',
        target: `${api}/klanten`,
        headers: {
          ...headers,
          Authorization: `Bearer ${await token('all')}`,
          'Content-Type': 'application/json',
        },
        body,
      });
      expect(answer.status).to.equal(201);
      expect(answer.headers.get('Location')).to.equal(urlIn(answer));
      expect(urlIn(answer).startsWith(`${intern}${api}/klanten/`)).to.equal(true);
    });

    it('in the ETag: another one for each base URL, none of which counts for another', async () => {
      const hosts = ['klantbrug.test', 'intern.test:8080', 'klanten.voorbeeld.test'];
      const answers = await Promise.all(hosts.map((Host) => asked(gateway.port, path, { Host })));
      const etags = answers.map((answer) => answer.headers.get('ETag') ?? '');
      expect(new Set(etags).size).to.equal(3);
      const again = { Host: 'klantbrug.test', 'If-None-Match': etags[0] ?? '' };
      expect((await asked(gateway.port, path, again)).status).to.equal(304);
      const other = { Host: 'intern.test:8080', 'If-None-Match': etags[0] ?? '' };
      expect((await asked(gateway.port, path, other)).status).to.equal(200);
    });
  });

  describe('with X-Forwarded-Host', () => {
    const forwarded = { Host: 'klantbrug.test', 'X-Forwarded-Host': 'intern.test:8080' };

    describe('of somebody who is no trusted proxy', () => {
      const elsewhere = runningGateway({ config: { trustedProxies: ['10.0.0.0/8', '127.0.0.2', '::1'] } });

      it('are those of Host', async () => {
        expect(await baseFor(gateway.port, forwarded)).to.equal(canonical);
        expect(await baseFor(elsewhere.port, forwarded)).to.equal(canonical);
      });
    });

    describe('of a trusted proxy', () => {
      const behind = runningGateway({ config: { trustedProxies: ['127.0.0.1'] } });

      it('are those of the forwarded host', async () => {
        expect(await baseFor(behind.port, forwarded)).to.equal(intern);
      });

      it('are those of the first of several', async () => {
        const several = { Host: 'klantbrug.test', 'X-Forwarded-Host': 'intern.test:8080 , klantbrug.test' };
        expect(await baseFor(behind.port, several)).to.equal(intern);
      });

      it('are canonical for a forwarded host that is not configured, whatever Host says', async () => {
        const unknown = { Host: 'intern.test:8080', 'X-Forwarded-Host': 'kwaadaardig.test' };
        expect(await baseFor(behind.port, unknown)).to.equal(canonical);
      });

      it('are those of Host when there is no forwarded one', async () => {
        expect(await baseFor(behind.port, { Host: 'intern.test:8080' })).to.equal(intern);
        expect(await baseFor(behind.port, { Host: 'intern.test:8080', 'X-Forwarded-Host': '' })).to.equal(
          intern,
        );
      });
    });
  });
});
