import { expect } from 'chai';
import { complaints, leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';

const fifty = Array.from({ length: 50 }, (_, index) => index);

describe('simultaneous creates', () => {
  const gateway = runningGateway({ config: { backends: { crm: { limits: { headersMs: 25_000 } } } } });

  it('with one bronorganisatie and klantnummer: exactly one 201, forty-nine 400 unique', async () => {
    const body = { ...leastKlant, klantnummer: 'S1' };
    const answers = await Promise.all(fifty.map(() => gateway.post(body)));
    const refusals = answers.filter(({ status }) => status === 400);
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(refusals).to.have.length(49);
    for (const refusal of refusals) expect(complaints(refusal)).to.deep.equal(['nonFieldErrors unique']);
    expect(results(await gateway.get('/klanten?klantnummer=S1'))).to.have.length(1);
  });

  it('without a klantnummer: fifty different numbers', async () => {
    const answers = await Promise.all(fifty.map(() => gateway.post(leastKlant)));
    expect(answers.map(({ status }) => status)).to.deep.equal(fifty.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.klantnummer))).to.have.property('size', 50);
    expect(new Set(answers.map(urlIn))).to.have.property('size', 50);
  });

  it('and updates to one pair: exactly one gets it', async () => {
    const one = urlIn(await gateway.post(leastKlant));
    const other = urlIn(await gateway.post(leastKlant));
    const pair = { ...leastKlant, klantnummer: 'S2' };
    const answers = await Promise.all([
      gateway.patch(one, pair),
      gateway.put(other, pair),
      ...[1, 2, 3].map(() => gateway.post(pair)),
    ]);
    expect(answers.filter(({ status }) => status < 300)).to.have.length(1);
    for (const refusal of answers.filter(({ status }) => status >= 300))
      expect(complaints(refusal)).to.deep.equal(['nonFieldErrors unique']);
    expect(results(await gateway.get('/klanten?klantnummer=S2'))).to.have.length(1);
  });
});

describe('simultaneous creates whose random numbers are all the same', () => {
  let draws = 0;
  // Every number is generated several times over, before the next one comes.
  const gateway = runningGateway({ random: () => (Math.floor(draws++ / 24) * 0.37) % 1 });

  it('still get different numbers', async () => {
    const answers = await Promise.all(fifty.slice(0, 6).map(() => gateway.post(leastKlant)));
    const created = answers.filter(({ status }) => status === 201);
    expect(created.length).to.be.at.least(2);
    expect(new Set(created.map(({ body }) => body.klantnummer))).to.have.property('size', created.length);
  });
});
