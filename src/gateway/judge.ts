import type { JsonObject } from '../json.ts';
import type { Observe } from '../observe/events.ts';
import { type Complaint, invalidInput, Problem } from '../problem.ts';
import type { Attempt, Check, Phase, Rule, RuleSwitch, World } from '../rules/rule.ts';
import type { Resource } from '../contract/resource.ts';

/** The rules of one deployment: how each is switched. */
export type RuleSwitches = (rule: Rule) => RuleSwitch;

/** What judging needs besides the attempt. */
export interface Court {
  readonly resource: Resource;
  readonly switches: RuleSwitches;
  readonly world: World;
  readonly observe: Observe;
}

/** What one rule has to say of an attempt. */
export interface Verdict {
  readonly rule: Rule;
  readonly complaints: readonly Complaint[];
}

/** Complaints of all switched-on rules of one phase. */
export async function judge(court: Court, phase: Phase, attempt: Attempt): Promise<readonly Complaint[]> {
  return (await verdicts(court, phase, attempt)).flatMap(({ complaints }) => complaints);
}

/** What each switched-on rule of one phase has to say. */
export async function verdicts(court: Court, phase: Phase, attempt: Attempt): Promise<readonly Verdict[]> {
  return Promise.all(
    rulesFor(court, attempt).map(async (rule) => {
      const check = rule.checks[phase];
      return { rule, complaints: check ? await complaintsOf(court, rule, check, attempt) : [] };
    }),
  );
}

/** Of a rule that only warns, an operator hears what is broken, or that it could not be seen. */
async function complaintsOf(
  { resource, switches, world, observe }: Court,
  rule: Rule,
  check: Check,
  attempt: Attempt,
): Promise<readonly Complaint[]> {
  if (switches(rule) !== 'warn') return check(attempt, world);
  const warn = (code: string): void => {
    observe({ event: 'rule-broken', rule: rule.id, resource: resource.name, code });
  };
  try {
    for (const { code } of await check(attempt, world)) warn(code);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    warn('not-checked');
  }
  return [];
}

/** What the rules have to fill in. Also done for a rule that is switched off: the standard still promises the field. */
export async function complete({ resource, world }: Court, attempt: Attempt): Promise<JsonObject> {
  const rules = resource.rules.filter((rule) => rule.on.includes(attempt.operation));
  const parts = await Promise.all(
    rules.map((rule) => rule.complete?.(attempt, world) ?? Promise.resolve({})),
  );
  return Object.assign({}, ...parts) as JsonObject;
}

/** The keys that this write must hold while its generated values are made up and written. */
export function completeLockKeys({ resource }: Court, attempt: Attempt): string[] {
  return resource.rules.flatMap((rule) =>
    rule.on.includes(attempt.operation) ? (rule.completeLocks?.(attempt) ?? []) : [],
  );
}

/** The keys that this write must hold while it is checked and carried out. */
export function lockKeys(court: Court, attempt: Attempt): string[] {
  return rulesFor(court, attempt).flatMap((rule) => rule.locks?.(attempt) ?? []);
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

function rulesFor({ resource, switches }: Court, attempt: Attempt): readonly Rule[] {
  return resource.rules.filter((rule) => rule.on.includes(attempt.operation) && switches(rule) !== 'off');
}
