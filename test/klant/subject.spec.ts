import { expect } from 'chai';
import { complaints, leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { expectRefused } from './samples.ts';

const noUrls = ['geen url', 'www.example.nl', '/klanten/1', 'http://', 'mailto:a@example.nl', 'http://a b'];

describe('klant.subject: contract section 3.3', () => {
  const gateway = runningGateway();

  for (const subject of noUrls) {
    it(`"${subject}" earns two codes, in this order`, async () => {
      const url = urlIn(await gateway.post(leastKlant));
      for (const answer of [
        await gateway.post({ ...leastKlant, subject }),
        await gateway.put(url, { ...leastKlant, subject }),
        await gateway.patch(url, { subject }),
      ]) {
        expect(answer.status).to.equal(400);
        expect(complaints(answer)).to.deep.equal(['subject bad-url', 'subject invalid']);
      }
    });
  }

  it('of more than 1000 characters is too long, though it exists', async () => {
    const start = `${gateway.crm.url}/gba/personen/1?`;
    const longest = start + 'a'.repeat(1000 - start.length);
    const answer = await gateway.post({ ...leastKlant, subject: longest });
    expect(answer.body.subject, answer.text).to.equal(longest);
    expectRefused(await gateway.post({ ...leastKlant, subject: `${longest}a` }), 'subject max_length');
  });

  for (const [value, code] of [
    [null, 'null'],
    [true, 'invalid'],
    [{}, 'invalid'],
  ] as const) {
    it(`${JSON.stringify(value)} is ${code}, and not fetched`, async () => {
      expectRefused(await gateway.post({ ...leastKlant, subject: value }), `subject ${code}`);
    });
  }

  it('is trimmed before it is fetched', async () => {
    const subject = `${gateway.crm.url}/gba/personen/4`;
    const answer = await gateway.post({ ...leastKlant, subject: `  ${subject} ` });
    expect(answer.body.subject, answer.text).to.equal(subject);
  });

  it('blank or left out is not fetched', async () => {
    await gateway.crm.forget();
    await gateway.post({ ...leastKlant, subject: '' });
    await gateway.post(leastKlant);
    const paths = Object.keys(await gateway.crm.counts());
    expect(paths.filter((path) => path.startsWith('/gba'))).to.deep.equal([]);
  });
});
