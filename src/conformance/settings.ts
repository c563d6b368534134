import { declaredResources } from './operations.ts';
import type { Deployed, Remark } from './statement.ts';

/** What a deployment's settings take away from the standard. The rules' own switches are not among them. */
export function settingDeviations(deployed: Deployed): Remark[] {
  return [
    ...missingRegisters(deployed),
    ...uncheckableUrls(deployed),
    ...untold(deployed),
    ...auditGaps(deployed),
  ];
}

/** What the standard leaves free, and a client may want to know. */
export function settingNotes({ config, mapping }: Deployed): Remark[] {
  const { authorisations, cache, notifications } = config;
  const cached = Object.entries(cache.resources).flatMap(([name, settings]) =>
    settings && settings.staleSeconds > 0 ? [`${name} ${settings.staleSeconds} s`] : [],
  );
  const shown = [...mapping.resources.values()].flatMap(({ resource, parts }) =>
    parts.flatMap(({ policies }) =>
      Object.entries(policies).flatMap(([field, policy]) =>
        policy === 'pass' ? [`${resource.name}.${field}`] : [],
      ),
    ),
  );
  return [
    {
      key: 'authorisations.from',
      text: `scopes come from ${authorisations.from === 'autorisaties' ? 'the Autorisaties API' : 'the configuration'}`,
    },
    ...noteWhen(cached.length > 0, 'cache.resources', `records may be this old: ${cached.join(', ')}`),
    ...noteWhen(
      notifications.strict && hasRegister(config, 'notificaties'),
      'notifications.strict',
      'a create or update of which nobody can be told is undone',
    ),
    ...noteWhen(
      shown.length > 0,
      'mapping.folder',
      `values of the CRM beyond the standard are shown as they are: ${[...new Set(shown)].join(', ')}`,
    ),
  ];
}

/** Rules that ask a register about a relation: without it they refuse every one. */
const asking = [
  { kind: 'zaken', rules: ['cm-006', 'vrz-009'], relation: 'relation with a zaak' },
  { kind: 'documenten', rules: ['kic-001'], relation: 'relation with an informatieobject' },
] as const;

function missingRegisters({ config, rules }: Deployed): Remark[] {
  return asking.flatMap(({ kind, rules: ids, relation }) => {
    const holding = rules.filter(({ id, state }) => state === 'on' && ids.some((asks) => asks === id));
    if (hasRegister(config, kind) || holding.length === 0) return [];
    const named = holding.map(({ id }) => id).join(', ');
    return [{ key: 'registers', text: `none of kind ${kind}: every ${relation} is refused (${named})` }];
  });
}

/** Rules about a URL that may be of any system. */
const aboutAnyUrl = ['kla-002', 'cm-003', 'vrz-007'];

function uncheckableUrls({ config, rules }: Deployed): Remark[] {
  const holding = rules.filter(({ id, state }) => state === 'on' && aboutAnyUrl.includes(id));
  const open = config.urlChecks.hosts.length > 0 || hasRegister(config, 'overig');
  if (open || holding.length === 0) return [];
  const named = holding.map(({ id }) => id).join(', ');
  return [{ key: 'urlChecks.hosts', text: `none: every URL of another system is refused (${named})` }];
}

/** Changes that the standard wants announced, without anybody to announce them to. */
function untold({ config, supports }: Deployed): Remark[] {
  const told = declaredResources.filter(
    (resource) =>
      resource.notifies !== undefined &&
      config.apis[resource.api] !== undefined &&
      resource.operations.some(
        (operation) => operation !== 'list' && operation !== 'read' && supports(resource, operation),
      ),
  );
  if (told.length === 0 || hasRegister(config, 'notificaties')) return [];
  const channels = [...new Set(told.flatMap(({ notifies }) => (notifies ? [notifies.kanaal] : [])))];
  return [
    {
      key: 'registers',
      text: `none of kind notificaties: changes are not announced (${channels.join(', ')})`,
    },
  ];
}

/** Entries that may be lost; where none are kept, the operations that read them are missing. */
function auditGaps({ config, offered }: Deployed): Remark[] {
  const lossy = config.audit === 'best-effort' && offered.has('audittrail_list');
  return noteWhen(lossy, 'audit', 'best-effort: a write stands of which no entry could be kept');
}

function hasRegister({ registers }: Deployed['config'], kind: string): boolean {
  return Object.values(registers).some((register) => register.kind === kind);
}

function noteWhen(holds: boolean, key: string, text: string): Remark[] {
  return holds ? [{ key, text }] : [];
}
