import type { SendContext } from '../backend/send.ts';
import type { Autorisaties } from './autorisaties.ts';

/**
 * What clients may do, as the Autorisaties API says it: everything with an application that has all of it, else the
 * scopes of all applications of the client together (contract section 5.3). A scope holds for all records.
 */
export function grantsOf(autorisaties: Autorisaties) {
  return {
    /** Whether a client has a scope in one of these components. Throws as `Autorisaties.of` does. */
    async allows(
      clientId: string,
      components: readonly string[],
      scope: string,
      work: SendContext,
    ): Promise<boolean> {
      const applicaties = await autorisaties.of(clientId, work);
      return applicaties.some(
        ({ all, scopesByComponent }) =>
          all || components.some((component) => scopesByComponent.get(component)?.has(scope)),
      );
    },
  };
}
