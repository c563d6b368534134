import { kicApi } from '../contract/apis.ts';
import type { Fields } from '../contract/field.ts';
import { crudScopes, defineResource, type Resource } from '../contract/resource.ts';
import type { Check, Rule } from '../rules/rule.ts';

/** What the older contract says otherwise of a resource. */
type Differences = Pick<Resource, 'fields'> &
  Partial<Pick<Resource, 'filters' | 'variant' | 'unknownParameters' | 'description'>>;

/**
 * Declares a resource of the Klantinteracties API out of ours: the same names and operations, one set of scopes for
 * everything, lists without an envelope, and no channel or audit trail.
 */
export function declare(ours: Resource, differences: Differences): Resource {
  const { name, plural, schemaName, description, operations, rules, personalKeys } = ours;
  return defineResource({
    api: kicApi,
    name,
    plural,
    schemaName,
    description,
    operations,
    rules,
    personalKeys,
    scopes: crudScopes('klanten'),
    envelope: 'none',
    filters: {},
    ...differences,
  });
}

/** Some of the fields, in this order. */
export function pick(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(
    names.map((name) => {
      const field = fields[name];
      if (!field) throw new Error(`There is no field ${name}.`);
      return [name, field];
    }),
  );
}

/**
 * A resource of ours of which some rules check less in the phase of single fields: what only looks at a URL of another
 * register is no part of the older contract, while what protects the register that both share stays.
 *
 * @param fields by the id of a rule, what it still checks of single fields
 */
export function withRules(ours: Resource, fields: Readonly<Record<string, Check | undefined>>): Resource {
  const rules = ours.rules.map((rule) => (rule.id in fields ? checking(rule, fields[rule.id]) : rule));
  return { ...ours, rules };
}

function checking(rule: Rule, check: Check | undefined): Rule {
  const others = Object.entries(rule.checks).filter(([phase]) => phase !== 'fields');
  return { ...rule, checks: { ...Object.fromEntries(others), ...(check ? { fields: check } : {}) } };
}
