import type { SendContext } from '../backend/send.ts';
import type { Autorisaties } from './autorisaties.ts';

/** A component that stands for all three APIs: some registers know no other code for them. It is the Klantinteracties API's own. */
const sharedComponent = 'kic';

/**
 * What clients may do, as the Autorisaties API says it: everything with an application that has all of it, else the
 * scopes of all applications of the client together (contract section 5.3). A scope holds for all records.
 *
 * @param components the code of each API as a component: `klanten` -> `kc`
 */
export function grantsOf(autorisaties: Autorisaties, components: Readonly<Record<string, string>>) {
  return {
    /** Whether a client has a scope of an API. Throws as `Autorisaties.of` does. */
    async allows(clientId: string, api: string, scope: string, work: SendContext): Promise<boolean> {
      const own = components[api];
      const codes = own === undefined ? [sharedComponent] : [own, sharedComponent];
      const applicaties = await autorisaties.of(clientId, work);
      return applicaties.some(
        ({ all, scopesByComponent }) => all || codes.some((code) => scopesByComponent.get(code)?.has(scope)),
      );
    },
  };
}
