import type { OpenApiOptions } from '../api/openapi/index.ts';
import { type Config, switchOf } from '../config/index.ts';
import type { MappingSet } from '../mapping/set.ts';
import type { RuleSwitch } from '../rules/rule.ts';
import { declaredApis, declaredResources, operationsOf } from './operations.ts';
import { type Need, type Ruling, rulings } from './rulings.ts';
import { settingDeviations, settingNotes } from './settings.ts';

/** What one deployment keeps of the standard. */
export interface Statement {
  /** Whether every operation of the APIs that it serves is offered, and nothing deviates. */
  readonly complete: boolean;
  /** The title of its mapping set. */
  readonly mapping: string;
  readonly apis: readonly ApiStatement[];
  readonly notServed: readonly string[];
  /** The rules that have something to judge here. */
  readonly rules: readonly RuleStatement[];
  readonly deviations: readonly Remark[];
  readonly rulings: readonly RulingStatement[];
  /** What the standard leaves free, and a client may want to know. */
  readonly notes: readonly Remark[];
}

/** One API that a deployment serves. */
export interface ApiStatement {
  readonly api: string;
  readonly version: string;
  /** Where it is, under the canonical base URL. */
  readonly url: string;
  /** How many operations the standard has here. */
  readonly operations: number;
  /** The operation ids that the mapping set cannot do: they answer 501. */
  readonly missing: readonly string[];
}

/** How a rule is switched. */
export interface RuleStatement {
  readonly id: string;
  readonly title: string;
  readonly state: RuleSwitch;
}

/** Something that the configuration or the mapping set decides. */
export interface Remark {
  /** The key of the configuration, or the file, that says so. */
  readonly key: string;
  readonly text: string;
}

/** `changed`: the configuration decides otherwise. `idle`: there is nothing here to rule about. */
export interface RulingStatement {
  readonly id: string;
  readonly topic: string;
  readonly state: 'holds' | 'changed' | 'idle';
}

/** What a deployment can do: whether its mapping set supports an operation of a resource. */
export type Supports = OpenApiOptions['supports'];

/** What the parts of a statement are derived from. */
export interface Deployed {
  readonly config: Config;
  readonly mapping: MappingSet;
  readonly supports: Supports;
  readonly rules: readonly RuleStatement[];
  /** The operation ids that are offered. */
  readonly offered: ReadonlySet<string>;
}

/** States what a deployment keeps of the standard. Pure: nothing is called. */
export function statementOf(config: Config, mapping: MappingSet, supports: Supports): Statement {
  const apis = declaredApis().flatMap((api) => apiStatement(api, config, supports));
  const served = new Set(apis.map(({ api }) => api));
  const offered = new Set([...served].flatMap((api) => operationsOf(api, supports).map(({ id }) => id)));
  const ruled = rulesOf(config, supports);
  const rules = ruled.map(({ id, title, state }) => ({ id, title, state }));
  const deployed: Deployed = { config, mapping, supports, rules, offered };
  const deviations = [
    ...ruled.filter(({ state, initially }) => state !== initially).map(ruleDeviation),
    ...settingDeviations(deployed),
  ];
  return {
    complete: deviations.length === 0 && apis.every(({ missing }) => missing.length === 0),
    mapping: mapping.title,
    apis,
    notServed: declaredApis().filter((api) => !served.has(api)),
    rules,
    deviations,
    rulings: rulings.map((ruling) => rulingStatement(ruling, deployed)),
    notes: settingNotes(deployed),
  };
}

function apiStatement(api: string, config: Config, supports: Supports): ApiStatement[] {
  const settings = config.apis[api];
  if (!settings) return [];
  const all = operationsOf(api).map(({ id }) => id);
  const offered = new Set(operationsOf(api, supports).map(({ id }) => id));
  const { path, version } = settings;
  const missing = all.filter((id) => !offered.has(id));
  return [{ api, version, url: `${config.baseUrls.canonical}${path}`, operations: all.length, missing }];
}

interface Ruled extends RuleStatement {
  /** What the standard makes of it, unless somebody switches it. */
  readonly initially: RuleSwitch;
}

/** The rules about an operation that is offered, by id. */
function rulesOf(config: Config, supports: Supports): Ruled[] {
  const judging = declaredResources
    .filter(({ api }) => config.apis[api] !== undefined)
    .flatMap((resource) =>
      resource.rules.filter(({ on }) =>
        on.some((operation) => resource.operations.includes(operation) && supports(resource, operation)),
      ),
    );
  return [...new Map(judging.map((rule) => [rule.id, rule])).values()]
    .map((rule) => ({
      id: rule.id,
      title: rule.title,
      state: switchOf(config, rule),
      initially: rule.default,
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

function ruleDeviation({ id, title, state }: RuleStatement): Remark {
  return { key: `rules.${id}`, text: `is ${state}: ${title}` };
}

function rulingStatement({ id, topic, needs, switches = [] }: Ruling, deployed: Deployed): RulingStatement {
  const { config } = deployed;
  const changed = switches.some((key) => {
    const rule = /^rules\.(.+)$/.exec(key)?.[1];
    const found = declaredResources.flatMap(({ rules }) => rules).find((candidate) => candidate.id === rule);
    return found !== undefined && switchOf(config, found) !== found.default;
  });
  const idle = needs !== undefined && !needs.some((need) => has(need, deployed));
  return { id, topic, state: idle ? 'idle' : changed ? 'changed' : 'holds' };
}

function has(need: Need, { config, offered }: Deployed): boolean {
  if (need === 'audittrail') return offered.has('audittrail_list');
  if (need === 'autorisaties') return config.authorisations.from === 'autorisaties';
  return Object.values(config.registers).some(({ kind }) => kind === need);
}
