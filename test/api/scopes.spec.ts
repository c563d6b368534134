import { expect } from 'chai';
import { type ClientId, leastKlant, runningGateway, token } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { expectProblem } from './problem.ts';

const path = klantPath(100_001);

describe('Scopes (contract, sections 1.1 and 5.2)', () => {
  const operations = {
    list: ['klanten.lezen', 'GET', '/klanten?klantnummer=x'],
    'list, HEAD': ['klanten.lezen', 'HEAD', '/klanten?klantnummer=x'],
    read: ['klanten.lezen', 'GET', path],
    'read, HEAD': ['klanten.lezen', 'HEAD', path],
    create: ['klanten.aanmaken', 'POST', '/klanten'],
    update: ['klanten.bijwerken', 'PUT', path],
    'partial update': ['klanten.bijwerken', 'PATCH', path],
    delete: ['klanten.verwijderen', 'DELETE', klantPath(1)],
  } as const;
  // What a client that may do it is answered: the klant to delete is not there.
  const allowed = { GET: 200, HEAD: 200, POST: 201, PUT: 200, PATCH: 200, DELETE: 404 };

  describe('of a client with klanten.lezen, and of one with all', () => {
    const gateway = runningGateway();
    expectScopes(gateway, 'reader', ['klanten.lezen']);
    expectScopes(
      gateway,
      'all',
      Object.values(operations).map(([scope]) => scope),
    );

    it('do not come from the token', async () => {
      const more = { scopes: ['klanten.aanmaken'], scope: 'klanten.aanmaken', heeftAlleAutorisaties: true };
      const authorization = `Bearer ${await token('reader', more)}`;
      const answer = await gateway.post(leastKlant, { headers: { Authorization: authorization } });
      expectProblem(answer, 'PermissionDenied');
    });
  });

  describe('of clients with one other scope each', () => {
    const gateway = withScopes('klanten.aanmaken', 'klanten.bijwerken');
    expectScopes(gateway, 'all', ['klanten.aanmaken']);
    expectScopes(gateway, 'reader', ['klanten.bijwerken']);
  });

  describe('of clients with deletion, alone and with creation', () => {
    const gateway = withScopes('klanten.verwijderen', 'klanten.verwijderen', 'klanten.aanmaken');
    expectScopes(gateway, 'all', ['klanten.verwijderen']);
    expectScopes(gateway, 'reader', ['klanten.verwijderen', 'klanten.aanmaken']);
  });

  function withScopes(scope: string, ...others: string[]) {
    return runningGateway({
      config: {
        clients: [
          { id: 'all', secret: '${ALL}', scopes: [scope] },
          { id: 'reader', secret: '${READER}', scopes: others },
        ],
      },
    });
  }

  function expectScopes(
    gateway: ReturnType<typeof runningGateway>,
    client: ClientId,
    scopes: readonly string[],
  ): void {
    for (const [what, [scope, method, place]] of Object.entries(operations)) {
      const may = scopes.includes(scope);

      it(`${may ? 'allow' : 'refuse'} ${what} with ${[...new Set(scopes)].join(' and ')}`, async () => {
        await gateway.crm.forget();
        const body = method === 'POST' || method === 'PUT' || method === 'PATCH' ? leastKlant : undefined;
        const answer = await gateway.request(method, place, { client, ...(body ? { body } : {}) });
        expect(answer.status).to.equal(may ? allowed[method] : 403);
        if (!may) expect(await gateway.crm.total()).to.equal(0);
        if (!may && method !== 'HEAD') expectProblem(answer, 'PermissionDenied');
      });
    }
  }
});
