import type { Rule, RuleSwitch } from '../rules/rule.ts';
import type { Config } from './config.ts';

/** How a deployment switches a rule: as its configuration says, and otherwise as the standard has it. */
export function switchOf({ rules }: Pick<Config, 'rules'>, rule: Pick<Rule, 'id' | 'default'>): RuleSwitch {
  const switched = rules[rule.id] ?? rule.default;
  if (typeof switched === 'string') return switched;
  return switched ? 'on' : 'off';
}
