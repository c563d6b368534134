import { expect } from 'chai';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';

describe('An unanswered create whose pair need not be unique', () => {
  const gateway = runningGateway({
    config: {
      rules: { 'kla-001': 'off' },
      limits: { requestMs: 1500 },
      backends: { crm: { limits: { connectMs: 100, headersMs: 400, bodyMs: 100 } } },
    },
  });

  it('is never taken for somebody else’s klant', async () => {
    const body = { ...leastKlant, klantnummer: 'ZELFDE' };
    const other = urlIn(await gateway.post({ ...body, functie: 'de ander' }));
    const headers = { 'Idempotency-Key': 'zelfde-sleutel' };
    await gateway.crm.fault({ soort: 'traag', moment: 'voor', methode: 'POST', aantal: 1 });
    expect((await gateway.post(body, { headers })).status).to.equal(504);
    const again = await gateway.post(body, { headers });
    expect(again.status, again.text).to.equal(503);
    expect(urlIn(again)).not.to.equal(other);
  });
});
