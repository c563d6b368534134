import type { Mistake, Path } from '../files/mistakes.ts';
import { mistakeAt, type YamlFile } from '../files/yaml-file.ts';
import { meant } from './meant.ts';
import type { MappingFile, ResourceMapping } from './format.ts';

/**
 * Backends that are called and not configured, and error tables of backends that are never called: a slip of the pen
 * there would leave the CRM's errors unrecognised.
 *
 * @param configured undefined when it is not known which there are
 */
export function checkBackends(
  yaml: YamlFile,
  mapping: MappingFile,
  configured: readonly string[] | undefined,
): Mistake[] {
  const called = [
    ...Object.entries(mapping.resources).flatMap(([name, resource]) => calledBy(name, resource)),
    ...(mapping.keptIds ? [{ backend: mapping.keptIds.backend, path: ['keptIds', 'backend'] }] : []),
  ];
  const names = [...new Set(called.map(({ backend }) => backend))];
  const unknown = called.filter(({ backend }) => configured && !configured.includes(backend));
  return [
    ...unknown.map(({ backend, path }) => ({
      path,
      problem: `unknown backend '${backend}'${meant(backend, configured ?? [])}`,
      expected: `a backend of the configuration: ${configured?.join(', ') ?? ''}`,
    })),
    ...Object.keys(mapping.backends ?? {})
      .filter((backend) => !names.includes(backend))
      .map((backend) => ({
        path: ['backends', backend],
        problem: `no resource calls the backend '${backend}'${meant(backend, names)}`,
        expected: `a backend that is called: ${names.join(', ')}`,
      })),
    ...errorLines(mapping),
  ].map((finding) => mistakeAt(yaml, finding));
}

/** Conditions that are about nothing, or about two things. */
function errorLines({ backends = {} }: MappingFile) {
  return Object.entries(backends).flatMap(([backend, { errors = [] }]) =>
    errors.flatMap(({ when }, index) => {
      const path = ['backends', backend, 'errors', index, 'when'];
      if (when.field !== undefined && when.header !== undefined)
        return [
          {
            path,
            problem: 'field and header in one line',
            expected: 'one of them: a line looks in one place',
          },
        ];
      const value = (['is', 'isNot'] as const).find((key) => when[key] !== undefined);
      if (value && when.field === undefined && when.header === undefined)
        return [
          {
            path,
            problem: `\`${value}\` of nothing`,
            expected: 'the field or the header that has this value',
          },
        ];
      return [];
    }),
  );
}

function calledBy(name: string, resource: ResourceMapping): { backend: string; path: Path }[] {
  const plans = (['create', 'update', 'delete'] as const).flatMap((plan) =>
    (resource[plan] ?? []).flatMap(({ backend }, index) =>
      backend === undefined ? [] : [{ backend, path: ['resources', name, plan, index, 'backend'] }],
    ),
  );
  const supplements = Object.entries(resource.supplements ?? {}).map(([supplement, { backend }]) => ({
    backend,
    path: ['resources', name, 'supplements', supplement, 'backend'],
  }));
  const assigning = resource.id.assign?.backend;
  return [
    { backend: resource.backend, path: ['resources', name, 'backend'] },
    ...(assigning === undefined
      ? []
      : [{ backend: assigning, path: ['resources', name, 'id', 'assign', 'backend'] }]),
    ...supplements,
    ...plans,
  ];
}
