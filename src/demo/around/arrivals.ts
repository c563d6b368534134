import { newCollection } from './collection.ts';
import type { Collection, Row } from './collection.ts';

/** Everything that callers brought, and the channels of Notificaties. */
export interface Arrivals {
  readonly notificaties: Collection;
  readonly kanalen: Collection;
  readonly zaakcontactmomenten: Collection;
  readonly zaakverzoeken: Collection;
  readonly objectinformatieobjecten: Collection;
  /** The tables of the bijregister that were ever written to, by name. */
  readonly tabellen: Map<string, Collection>;
}

/** A place for everything, with nothing in it. */
export function newArrivals(): Arrivals {
  return {
    notificaties: newCollection(),
    kanalen: newCollection(),
    zaakcontactmomenten: newCollection(),
    zaakverzoeken: newCollection(),
    objectinformatieobjecten: newCollection(),
    tabellen: new Map(),
  };
}

/** Throws everything away. */
export function clearArrivals({ tabellen, ...collections }: Arrivals): void {
  for (const collection of Object.values(collections)) collection.clear();
  tabellen.clear();
}

/** What arrived as GET /aangekomen shows it: oldest first, and tables only as long as they have rows. */
export function shownArrivals(arrivals: Arrivals): Readonly<Record<string, unknown>> {
  const filled = [...arrivals.tabellen].map(([name, table]): [string, readonly Row[]] => [
    name,
    table.rows(),
  ]);
  return {
    notificaties: arrivals.notificaties.rows(),
    zaakcontactmomenten: arrivals.zaakcontactmomenten.rows(),
    zaakverzoeken: arrivals.zaakverzoeken.rows(),
    objectinformatieobjecten: arrivals.objectinformatieobjecten.rows(),
    tabellen: Object.fromEntries(filled.filter(([, rows]) => rows.length > 0)),
  };
}
