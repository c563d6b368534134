import { isObject, type Json, type JsonObject } from '../json.ts';

/** An application, as far as it says what a client may do. */
export interface Applicatie {
  readonly uuid: string;
  readonly label: string;
  /** Whether it may do everything, whatever its scopes are. */
  readonly all: boolean;
  readonly scopesByComponent: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Reads an application of this client. Undefined for any other: a register that does not know the filter gives those
 * of everybody.
 */
export function applicatieIn(item: Json, clientId: string): Applicatie | undefined {
  if (!isObject(item) || !textsIn(item.clientIds).includes(clientId)) return undefined;
  return {
    uuid: uuidIn(item),
    label: typeof item.label === 'string' ? item.label : '',
    all: item.heeftAlleAutorisaties === true,
    scopesByComponent: scopesIn(item),
  };
}

/** A component can have several entries: for different zaaktypen, which mean nothing to us. */
function scopesIn({ autorisaties }: JsonObject): Map<string, Set<string>> {
  const scopes = new Map<string, Set<string>>();
  for (const entry of Array.isArray(autorisaties) ? autorisaties : []) {
    if (!isObject(entry) || typeof entry.component !== 'string') continue;
    scopes.set(entry.component, new Set([...(scopes.get(entry.component) ?? []), ...textsIn(entry.scopes)]));
  }
  return scopes;
}

function uuidIn({ url }: JsonObject): string {
  return typeof url === 'string' ? (url.split('/').at(-1) ?? '') : '';
}

function textsIn(list: Json | undefined): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
