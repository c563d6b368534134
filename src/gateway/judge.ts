import type { JsonObject } from '../json.ts';
import { type Complaint, invalidInput } from '../problem.ts';
import type { Attempt, Phase, Rule, World } from '../rules/rule.ts';
import type { Resource } from '../contract/resource.ts';

/** The rules of one deployment: which are switched on. */
export interface RuleSwitches {
  isOn(rule: Rule): boolean;
}

/** Complaints of all switched-on rules of one phase. */
export async function judge(
  resource: Resource,
  phase: Phase,
  attempt: Attempt,
  switches: RuleSwitches,
  world: World,
): Promise<Complaint[]> {
  const rules = rulesFor(resource, attempt).filter((rule) => rule.phase === phase && switches.isOn(rule));
  const complaints = await Promise.all(rules.map((rule) => rule.check(attempt, world)));
  return complaints.flat();
}

/** What the rules have to fill in. Also done for a rule that is switched off: the standard still promises the field. */
export async function complete(resource: Resource, attempt: Attempt, world: World): Promise<JsonObject> {
  const parts = await Promise.all(
    rulesFor(resource, attempt).map((rule) => rule.complete?.(attempt, world) ?? Promise.resolve({})),
  );
  return Object.assign({}, ...parts) as JsonObject;
}

/** The keys that this write must hold while it is checked and carried out. */
export function lockKeys(resource: Resource, attempt: Attempt, switches: RuleSwitches): string[] {
  return rulesFor(resource, attempt).flatMap((rule) =>
    switches.isOn(rule) ? (rule.locks?.(attempt) ?? []) : [],
  );
}

/** Refuses with all complaints, in the order of the resource's fields; a rule's before the field's own (contract section 3.3). */
export function refuse(
  resource: Resource,
  fromRules: readonly Complaint[],
  fromFields: readonly Complaint[] = [],
): void {
  const names = Object.keys(resource.fields);
  const place = ({ name }: Complaint): number => {
    const index = names.indexOf(name.split('.')[0] ?? '');
    return index < 0 ? names.length : index;
  };
  const complaints = [...fromRules, ...fromFields].sort((one, other) => place(one) - place(other));
  if (complaints.length > 0) throw invalidInput(complaints);
}

function rulesFor(resource: Resource, attempt: Attempt): readonly Rule[] {
  return resource.rules.filter((rule) => rule.on.includes(attempt.operation));
}
