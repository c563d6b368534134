import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { expectProblem } from '../api/problem.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';

const mapping = readFileSync(
  path.resolve(import.meta.dirname, '../../mappings/demo-crm/mapping.yaml'),
  'utf8',
);

describe('a mapping set without an audit trail', () => {
  const copy = mappingCopy({
    'mapping.yaml': mapping.slice(0, mapping.indexOf('\n  audittrail:\n')),
  });
  const gateway = runningGateway({
    config: {
      get mapping() {
        return { folder: copy.folder };
      },
    },
  });

  it('keeps nothing, and writes all the same', async () => {
    await gateway.around.forget();
    const url = urlIn(await gateway.post(leastKlant));
    expect((await gateway.patch(url, { functie: 'inkoper' })).status).to.equal(200);
    expect((await gateway.delete(url)).status).to.equal(204);
    const calls = Object.keys(await gateway.around.counts());
    expect(calls.filter((call) => call.includes('/bijregister'))).to.deep.equal([]);
  });

  it('is 501 to who asks for one, and 403 to who may not', async () => {
    const url = urlIn(await gateway.post(leastKlant));
    for (const place of [`${url}/audittrail`, `${url}/audittrail/00000000-0000-4000-8000-000000000000`]) {
      expectProblem(await gateway.get(place), 'NotImplemented');
      expectProblem(await gateway.get(place, { client: 'reader' }), 'PermissionDenied');
    }
  });

  it('says nothing of one in the OpenAPI documents', async () => {
    for (const api of ['klanten', 'contactmomenten', 'verzoeken']) {
      const { text } = await gateway.get(`//${api}/api/v1/openapi.json`);
      expect(text).to.not.match(/audittrail|AuditTrail|Wijzigingen/);
    }
  });
});
