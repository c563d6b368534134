import { expect } from 'chai';
import {
  type Grants,
  authenticator,
  authorize,
  type KnownClient,
  secretKey,
} from '../../src/api/authenticate.ts';
import { unavailable } from '../../src/problem.ts';
import type { Applicatie } from '../../src/surrounding/autorisaties-applicatie.ts';
import { grantsOf } from '../../src/surrounding/autorisaties-grants.ts';
import { workInto } from '../backend/systems.ts';
import { rejectionOf } from '../demo/crm.ts';
import { secrets, token } from '../kit/gateway.ts';

function applicatie(scopes: Readonly<Record<string, readonly string[]>>, all = false): Applicatie {
  const scopesByComponent = new Map(
    Object.entries(scopes).map(([component, names]) => [component, new Set(names)]),
  );
  return { uuid: 'u', label: 'l', all, scopesByComponent };
}

const settings = { clockSkewSeconds: 0, maxAgeSeconds: undefined };
const components = { klanten: 'kc', verzoeken: 'vrc' };

/** What becomes of a request for a scope of an API: `allowed`, or the problem. */
async function outcome(
  client: Pick<KnownClient, 'scopes'>,
  grants: Grants | undefined,
  scope = 'klanten.lezen',
  api = 'klanten',
): Promise<unknown> {
  const known = [{ id: 'all', secret: secretKey(secrets.all), ...client }];
  const authenticated = await authenticator(known, settings, grants)(`Bearer ${await token('all')}`);
  try {
    await authorize(authenticated, scope, api, workInto([]));
    return 'allowed';
  } catch (error) {
    return error;
  }
}

/** The Autorisaties API says that the client has these applications; the configuration says `all`, in vain. */
function withApplicaties(applicaties: readonly Applicatie[], scope?: string, api?: string): Promise<unknown> {
  const asked: string[] = [];
  const grants = grantsOf(
    {
      of: (clientId) => {
        asked.push(clientId);
        return Promise.resolve(applicaties);
      },
      forget: () => undefined,
    },
    components,
  );
  return outcome({ scopes: 'all' }, grants, scope, api).finally(() => {
    expect(asked).to.deep.equal(['all']);
  });
}

async function expectDenied(end: Promise<unknown>): Promise<void> {
  expect(await end).to.include({ class: 'PermissionDenied', status: 403, code: 'permission_denied' });
}

describe('What a client may do', () => {
  describe('as the Autorisaties API says it', () => {
    it('is nothing without applications', () => expectDenied(withApplicaties([])));

    it('is everything with an application that has all of it, also next to others', async () => {
      expect(await withApplicaties([applicatie({ kc: [] }), applicatie({}, true)])).to.equal('allowed');
    });

    it('is what the scopes of its applications together say', async () => {
      const both = [applicatie({ kc: ['klanten.lezen'] }), applicatie({ kc: ['klanten.aanmaken'] })];
      expect(await withApplicaties(both, 'klanten.lezen')).to.equal('allowed');
      expect(await withApplicaties(both, 'klanten.aanmaken')).to.equal('allowed');
      await expectDenied(withApplicaties(both, 'klanten.bijwerken'));
    });

    it('is what the scopes in the component of the API say, and not those in another', async () => {
      await expectDenied(withApplicaties([applicatie({ vrc: ['klanten.lezen'], zrc: ['klanten.lezen'] })]));
      const own = [applicatie({ vrc: ['verzoeken.lezen'] })];
      expect(await withApplicaties(own, 'verzoeken.lezen', 'verzoeken')).to.equal('allowed');
    });

    it('is what the scopes in kic say, for every API', async () => {
      const shared = [applicatie({ kic: ['klanten.lezen', 'verzoeken.lezen', 'contactmomenten.lezen'] })];
      for (const api of ['klanten', 'verzoeken', 'contactmomenten']) {
        expect(await withApplicaties(shared, `${api}.lezen`, api), api).to.equal('allowed');
      }
    });

    it('is in the Klantinteracties API only what the scopes in kic say: there they open more', async () => {
      await expectDenied(withApplicaties([applicatie({ kc: ['klanten.lezen'] })], 'klanten.lezen', 'kic'));
      const own = [applicatie({ kic: ['klanten.lezen'] })];
      expect(await withApplicaties(own, 'klanten.lezen', 'kic')).to.equal('allowed');
    });

    it('is nothing that a configuration does not call by its component', async () => {
      await expectDenied(
        withApplicaties([applicatie({ undefined: ['x'], cmc: ['x'] })], 'x', 'contactmomenten'),
      );
    });

    it('is unknown while that does not answer: then nothing is granted', async () => {
      const down = unavailable(7);
      const grants = grantsOf({ of: () => Promise.reject(down), forget: () => undefined }, components);
      expect(await outcome({ scopes: 'all' }, grants)).to.equal(down);
    });

    it('does not make a good token of a bad one', async () => {
      const grants = grantsOf(
        {
          of: () => Promise.resolve([applicatie({}, true)]),
          forget: () => undefined,
        },
        components,
      );
      const known = [{ id: 'all', secret: secretKey(secrets.reader), scopes: 'all' as const }];
      const authenticate = authenticator(known, settings, grants);
      expect(await rejectionOf(Promise.resolve(authenticate(`Bearer ${await token('all')}`)))).to.include({
        code: 'invalid-jwt-signature',
      });
    });
  });

  describe('as the configuration says it', () => {
    it('is everything', async () => {
      expect(await outcome({ scopes: 'all' }, undefined, 'klanten.verwijderen')).to.equal('allowed');
    });

    it('is what its scopes say', async () => {
      const reader = { scopes: new Set(['klanten.lezen']) };
      expect(await outcome(reader, undefined, 'klanten.lezen')).to.equal('allowed');
      await expectDenied(outcome(reader, undefined, 'klanten.aanmaken'));
      await expectDenied(outcome({ scopes: new Set() }, undefined));
    });

    it('is in the Klantinteracties API what it names with that: the same word opens more there', async () => {
      const reader = { scopes: new Set(['klanten.lezen']) };
      await expectDenied(outcome(reader, undefined, 'klanten.lezen', 'kic'));
      const both = { scopes: new Set(['kic:klanten.lezen']) };
      expect(await outcome(both, undefined, 'klanten.lezen', 'kic')).to.equal('allowed');
      await expectDenied(outcome(both, undefined, 'klanten.lezen', 'klanten'));
    });
  });
});
