import { expect } from 'chai';
import { eventsSince } from '../kit/events-since.ts';
import { leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';

let lastKey = 0;

/** A header with a key that nobody used before. */
function newKey() {
  return { headers: { 'Idempotency-Key': `sleutel-${++lastKey}` } };
}

describe('Idempotency-Key', () => {
  const gateway = runningGateway({
    config: {
      clients: [
        { id: 'all', secret: '${ALL}', scopes: 'all' },
        { id: 'reader', secret: '${READER}', scopes: 'all' },
      ],
      trustedProxies: ['127.0.0.0/8'],
      backends: { crm: { limits: { connectMs: 300, headersMs: 500, bodyMs: 200 } } },
    },
  });
  const since = eventsSince(gateway.events);

  beforeEach(() => gateway.crm.forget());

  const created = async () => (await gateway.crm.counts())['POST /relbeheer/relaties'] ?? 0;
  const holders = async (klantnummer: string) =>
    results(await gateway.get(`/klanten?klantnummer=${klantnummer}`));

  it('repeated: the same answer, and one klant', async () => {
    const key = newKey();
    const first = await gateway.post(leastKlant, key);
    const second = await gateway.post(leastKlant, key);
    expect([first.status, second.status]).to.deep.equal([201, 201]);
    expect(second.text).to.equal(first.text);
    expect(second.headers.get('Location')).to.equal(first.headers.get('Location'));
    expect(await created()).to.equal(1);
  });

  it('repeated at the same time: the same answer, and one klant', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.post(leastKlant, key)));
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 201));
    expect(new Set(answers.map(({ text }) => text))).to.have.property('size', 1);
    expect(await created()).to.equal(1);
  });

  it('repeated through another base URL: the same klant, in links of that one', async () => {
    const key = newKey();
    const first = await gateway.post(leastKlant, key);
    const second = await gateway.post(leastKlant, {
      headers: { ...key.headers, 'X-Forwarded-Host': 'intern.test:8080' },
    });
    expect(second.status).to.equal(201);
    expect(urlIn(second)).to.equal(urlIn(first).replace('http://klantbrug.test', 'http://intern.test:8080'));
    expect(second.headers.get('Location')).to.equal(urlIn(second));
  });

  it('with another body: 409 conflict, and nothing is written', async () => {
    const key = newKey();
    await gateway.post(leastKlant, key);
    const answer = await gateway.post({ ...leastKlant, functie: 'inkoper' }, key);
    expect(answer.status).to.equal(409);
    expect(answer.body.code).to.equal('conflict');
    expect(await created()).to.equal(1);
  });

  it('of another client: a create of its own', async () => {
    const key = newKey();
    const mine = await gateway.post(leastKlant, key);
    const theirs = await gateway.post({ ...leastKlant, functie: 'inkoper' }, { ...key, client: 'reader' });
    expect(theirs.status).to.equal(201);
    expect(urlIn(theirs)).not.to.equal(urlIn(mine));
  });

  it('another one, or none: a create of its own', async () => {
    const answers = [
      await gateway.post(leastKlant, newKey()),
      await gateway.post(leastKlant, newKey()),
      await gateway.post(leastKlant),
      await gateway.post(leastKlant),
    ];
    expect(new Set(answers.map(urlIn))).to.have.property('size', 4);
  });

  it('of a create that was refused is not remembered', async () => {
    const key = newKey();
    const body = { ...leastKlant, klantnummer: 'I1' };
    const holder = urlIn(await gateway.post(body));
    expect((await gateway.post(body, key)).status).to.equal(400);
    await gateway.delete(holder);
    expect((await gateway.post(body, key)).status).to.equal(201);
  });

  it('of a create that was refused may be used with another body', async () => {
    const key = newKey();
    expect((await gateway.post({}, key)).status).to.equal(400);
    expect((await gateway.post(leastKlant, key)).status).to.equal(201);
  });

  it('of a create that could not be checked is not remembered', async () => {
    const key = newKey();
    await gateway.crm.fault({ soort: 'fout', methode: 'GET' });
    expect((await gateway.post(leastKlant, key)).status).to.equal(502);
    await gateway.crm.calm();
    expect((await gateway.post(leastKlant, key)).status).to.equal(201);
    expect(await created()).to.equal(1);
  });

  it('does not make an update a repetition', async () => {
    const key = newKey();
    const url = urlIn(await gateway.post(leastKlant, key));
    expect((await gateway.patch(url, { functie: 'inkoper' }, key)).body.functie).to.equal('inkoper');
    expect((await gateway.patch(url, { functie: 'verkoper' }, key)).body.functie).to.equal('verkoper');
  });

  describe('of a create that the CRM did not answer', () => {
    for (const [soort, status] of Object.entries({ traag: 504, verbreek: 502 })) {
      it(`(${soort}), and carried out: 201 with the klant that was created`, async () => {
        const key = newKey();
        const body = { ...leastKlant, klantnummer: `J${status}`, functie: 'inkoper' };
        await gateway.crm.fault({ soort, moment: 'na', methode: 'POST', aantal: 1 });
        expect((await gateway.post(body, key)).status).to.equal(status);
        const again = await gateway.post(body, key);
        expect(again.status, again.text).to.equal(201);
        expect(again.body).to.include(body);
        expect((await gateway.get(again.headers.get('Location') ?? '')).body).to.deep.equal(again.body);
        expect(await holders(body.klantnummer)).to.have.length(1);
        expect(await created()).to.equal(1);
      });
    }

    it('and carried out, without a klantnummer: 201 with the one that was generated, and one klant', async () => {
      const key = newKey();
      await gateway.crm.fault({ soort: 'traag', moment: 'na', methode: 'POST', aantal: 1 });
      expect((await gateway.post(leastKlant, key)).status).to.equal(504);
      const answers = await Promise.all([1, 2, 3].map(() => gateway.post(leastKlant, key)));
      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
      expect(new Set(answers.map(urlIn))).to.have.property('size', 1);
      expect(await created()).to.equal(1);
    });

    it('and not carried out: those who repeat it at the same time create one klant together', async () => {
      const key = newKey();
      await gateway.crm.fault({ soort: 'traag', moment: 'voor', methode: 'POST', aantal: 1 });
      expect((await gateway.post(leastKlant, key)).status).to.equal(504);
      const answers = await Promise.all([1, 2, 3].map(() => gateway.post(leastKlant, key)));
      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
      expect(new Set(answers.map(urlIn))).to.have.property('size', 1);
      expect(since('write-settled').map(({ outcome }) => outcome)).to.deep.equal(['not-done']);
      expect(await created(), 'the one that was not carried out included').to.equal(2);
    });
  });
});
