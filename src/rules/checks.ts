import { type JsonObject, scalarText } from '../json.ts';
import type { Complaint } from '../problem.ts';
import type { Attempt, Check, Found, World } from './rule.ts';

/** What several rules have in common. */

/** The complaint about a URL that does not finally answer 200. */
function badUrl(name: string): Complaint {
  return {
    name,
    code: 'bad-url',
    reason: 'Het ophalen van deze URL gaf niet het antwoord HTTP 200. Geef een geldige URL op.',
  };
}

/** A URL that the body supplies, and that is not blank, finally answers 200 (ruling R7). */
export function mustExist(name: string): Check {
  return async ({ change }, world) => {
    const url = textOf(change, name);
    return url === '' || (await world.existence(url)) === 'exists' ? [] : [badUrl(name)];
  };
}

/** A URL that the body supplies finally answers 200, with something of the right shape (contract section 3.3). */
export function mustBe(
  name: string,
  isShape: (body: unknown) => boolean,
  headers: Readonly<Record<string, string>> = {},
): Check {
  return async ({ change }, world) => {
    const url = textOf(change, name);
    if (url === '') return [];
    const fetched = await world.fetch(url, headers);
    if (!fetched) return [badUrl(name)];
    const reason = 'Deze URL leidt naar een andere soort resource.';
    return isShape(fetched.body) ? [] : [{ name, code: 'invalid-resource', reason }];
  };
}

/** A reference that the body supplies leads to a record that is there. The CRM's silence is a Problem of its own. */
export function mustBeOurs(name: string, resource: string): Check {
  return async ({ change }, world) => {
    const url = textOf(change, name);
    if (url === '' || (await world.record(resource, url))) return [];
    return [{ name, code: 'does_not_exist', reason: 'Ongeldige hyperlink: de resource bestaat niet.' }];
  };
}

/** Several checks of one phase, whose complaints are reported together. */
export function all(...checks: readonly Check[]): Check {
  return async (attempt, world) => (await Promise.all(checks.map((check) => check(attempt, world)))).flat();
}

/** Something that a record must have in one of several ways; on an update what is stored counts too (contract section 3.4). */
export function oneOf(code: string, reason: string, has: (record: JsonObject) => boolean): Check {
  return ({ stored, merged }) => {
    const complaint = { name: 'nonFieldErrors', code, reason };
    return Promise.resolve([stored, merged].some((record) => record && has(record)) ? [] : [complaint]);
  };
}

/** The complaint about a combination of fields that another record has already. */
export function notUnique(names: readonly string[]): Complaint {
  return {
    name: 'nonFieldErrors',
    code: 'unique',
    reason: `De velden ${names.join(', ')} moeten een unieke set zijn.`,
  };
}

/** A relation of which the combination of these fields is unique: the locks, and the check under them. */
export function uniqueTogether(
  resource: string,
  names: readonly string[],
  filters: readonly string[] = names,
): { readonly locks: (attempt: Attempt) => readonly string[]; readonly check: Check } {
  return {
    locks: ({ merged }) => [[resource, ...names.map((name) => textOf(merged, name))].join(' ')],
    async check({ merged }, world) {
      const given = Object.fromEntries(filters.map((name) => [name, textOf(merged, name)]));
      const found = await world.find(resource, given);
      const isSame = ({ representation }: Found): boolean =>
        names.every((name) => textOf(representation, name) === textOf(merged, name));
      return found.some(isSame) ? [notUnique(names)] : [];
    },
  };
}

/** A reference that only one record may have: the locks, and the check under them (contract section 3.6). */
export function oneToOne(
  resource: string,
  name: string,
): { readonly locks: (attempt: Attempt) => readonly string[]; readonly check: Check } {
  return {
    locks: ({ merged }) => {
      const target = textOf(merged, name);
      return target === '' ? [] : [`${resource} ${name} ${target}`];
    },
    async check(attempt, world) {
      const target = textOf(attempt.merged, name);
      if (target === '' || !(name in attempt.change) || !changes(attempt, [name])) return [];
      const found = await world.find(resource, { [name]: target });
      const others = found.filter(({ id }) => id !== attempt.id);
      return others.length === 0 ? [] : [{ name, code: 'unique', reason: 'Dit veld moet uniek zijn.' }];
    },
  };
}

/** Whether any of these fields would be other than it is stored. */
export function changes({ stored, merged }: Attempt, names: readonly string[]): boolean {
  return names.some((name) => merged[name] !== stored?.[name]);
}

/** A field's text; blank when it is not set. */
export function textOf(record: JsonObject, name: string): string {
  return scalarText(record[name]) ?? '';
}

/** Whether the relation is in the source of the object, for a create (it must be) and a delete (it must not). */
export function inSource(relation: Parameters<World['zaakRelation']>[0], main: string, words: string): Check {
  return async ({ operation, merged }, world) => {
    const answer = await world.zaakRelation(relation, textOf(merged, 'object'), textOf(merged, main));
    const complaint = (code: string, reason: string): Complaint[] => [
      { name: 'nonFieldErrors', code, reason },
    ];
    if (answer === 'refused') {
      const code = operation === 'delete' ? 'relation-lookup-error' : 'relation-validation-error';
      return complaint(code, 'De bron van het object weigert de vraag naar de relatie.');
    }
    if (operation === 'delete') {
      const reason = `De relatie tussen het ${main} en ${words} bestaat nog in de bron.`;
      return answer === 'present' ? complaint('remote-relation-exists', reason) : [];
    }
    const reason = `Het ${main} heeft in de bron geen relatie met ${words}.`;
    return answer === 'absent' ? complaint('inconsistent-relation', reason) : [];
  };
}
