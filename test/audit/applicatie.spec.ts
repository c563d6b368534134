import { expect } from 'chai';
import { applicatieUuids } from '../../src/demo/around/autorisaties.ts';
import { isObject, type JsonObject } from '../../src/json.ts';
import { leastKlant, runningGateway, token, urlIn } from '../kit/gateway.ts';
import { trailsOf } from './trail.ts';

describe('the application in the audit trail', () => {
  const gateway = runningGateway({
    config: (url): JsonObject => ({
      clients: [{ id: 'demo', secret: '${ALL}', scopes: 'all' }],
      authorisations: { from: 'autorisaties', cacheSeconds: 0 },
      registers: {
        autorisaties: {
          kind: 'autorisaties',
          root: `${url}/autorisaties/api/v1`,
          credentials: { zgw: { clientId: 'klantbrug', secret: '${AROUND_SECRET}' } },
          breaker: { minimumCalls: 1000 },
        },
      },
    }),
  });
  const trails = trailsOf(gateway);
  const asDemo = async () => ({
    headers: { Authorization: `Bearer ${await token('all', { client_id: 'demo' })}` },
  });

  it('is the one of the Autorisaties API, when that says what clients may do', async () => {
    const answer = await gateway.post(leastKlant, await asDemo());
    expect(answer.status, answer.text).to.equal(201);
    const [entry] = await trails.read(urlIn(answer), await asDemo());
    expect(entry).to.include({
      applicatieId: applicatieUuids[0],
      applicatieWeergave: 'Klantcontactcentrum',
    });
  });

  it('is the id of the client, when that API stops to answer meanwhile', async () => {
    const given = await asDemo();
    // The first question is about the scope of the client, the second about its name.
    await gateway.around.fault({ pad: '/autorisaties', soort: 'verboden', vanaf: 2 });
    const answer = await gateway.post(leastKlant, given);
    expect(answer.status, answer.text).to.equal(201);
    await gateway.around.calm();
    const [entry] = await trails.kept(urlIn(answer));
    expect(isObject(entry) && entry).to.include({ applicatieId: 'demo', applicatieWeergave: '' });
  });
});
