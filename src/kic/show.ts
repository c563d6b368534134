import { fieldsOf } from '../contract/resource.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Stored } from '../register/record.ts';
import type { View } from './view.ts';

/** A representation of ours in the words of a view: its keys in its order, without `url`, which depends on who asks. */
export function shown(view: View, ours: JsonObject, klant: string | null): JsonObject {
  const derived: JsonObject = { ...view.show?.(ours), ...(view.klantLink ? { klant } : {}) };
  const names = Object.keys(fieldsOf(view.resource, ours)).filter((name) => name !== 'url');
  return Object.fromEntries(
    names.map((name): [string, Json] => [name, derived[name] ?? ours[view.renamed?.[name] ?? name] ?? null]),
  );
}

/** A record of ours as a view shows it. */
export function shownRecord(view: View, stored: Stored, klant: string | null): Stored {
  // What a mapping adds, it adds to the resources that it knows.
  return { ...stored, representation: shown(view, stored.representation, klant), added: {} };
}

/** A change in the words of a view, in ours. */
export function inOurs(view: View, change: JsonObject): JsonObject {
  const { derived = [], renamed = {} } = view;
  const same = Object.entries(change)
    .filter(([name]) => !derived.includes(name))
    .map(([name, value]): [string, Json] => [renamed[name] ?? name, value]);
  return { ...Object.fromEntries(same), ...view.changed?.(change) };
}
