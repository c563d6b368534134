import { expect } from 'chai';
import { isObject } from '../../src/json.ts';
import { leastKlant, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { staysHarmless } from './harmless.ts';
import { expectProblem } from './problem.ts';

const path = klantPath(100_001);

/** How each operation is asked for, by its id. */
const requests = {
  klant_list: ['GET', '/klanten?klantnummer=x', 'get'],
  klant_create: ['POST', '/klanten', 'post'],
  klant_read: ['GET', path, 'get'],
  klant_update: ['PUT', path, 'put'],
  klant_partial_update: ['PATCH', path, 'patch'],
  klant_delete: ['DELETE', path, 'delete'],
} as const;

type OperationId = keyof typeof requests;

const plan = (name: string): string => `    ${name}: [{ request: klant.${name}.jsonata }]\n`;
const createPlan = '    create: [{ request: klant.create.jsonata, id: RELNR }]\n';

describe('Operations that the mapping set does not have', () => {
  describe('without deletion', () => {
    expectMissing([[plan('delete'), '']], ['klant_delete']);
  });

  describe('without creation and updates', () => {
    expectMissing(
      [
        [createPlan, ''],
        [plan('update'), ''],
      ],
      ['klant_create', 'klant_update', 'klant_partial_update'],
    );
  });

  function expectMissing(
    edits: readonly (readonly [string, string])[],
    missing: readonly OperationId[],
  ): void {
    const mapping = mappingCopy({ 'mapping.yaml': edits });
    const gateway = runningGateway({
      config: {
        get mapping() {
          return { folder: mapping.folder };
        },
      },
    });
    staysHarmless(gateway);

    for (const id of missing) {
      const [method, place] = requests[id];

      it(`are 501 without a call to the CRM: ${id}`, async () => {
        const body = method === 'DELETE' ? {} : { body: leastKlant };
        expectProblem(await gateway.request(method, place, body), 'NotImplemented');
        expect(await gateway.crm.total()).to.equal(0);
      });

      it(`are 403 to who may not do them: ${id}`, async () => {
        const answer = await gateway.request(method, place, { client: 'reader' });
        expectProblem(answer, 'PermissionDenied');
      });
    }

    it('are not in the OpenAPI document, in which the others are', async () => {
      const { paths = {} } = (await gateway.get('/openapi.json')).body;
      const text = JSON.stringify(paths);
      for (const id of Object.keys(requests) as OperationId[]) {
        expect(text.includes(`"operationId":"${id}"`), id).to.equal(!missing.includes(id));
      }
      const methods = isObject(paths) ? Object.values(paths).filter(isObject).flatMap(Object.keys) : [];
      for (const id of missing) expect(methods).not.to.include(requests[id][2]);
    });

    it('do not keep the others from being done', async () => {
      expect((await gateway.get(path)).status).to.equal(200);
      expect((await gateway.get('/klanten?klantnummer=x')).status).to.equal(200);
    });
  }
});
