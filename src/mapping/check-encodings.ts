import type { Mistake } from '../files/mistakes.ts';
import { mistakeAt, type YamlFile } from '../files/yaml-file.ts';
import { meant } from './meant.ts';
import { type ParsedExpression, positionIn } from './expression.ts';
import type { EncodingRule, MappingFile, ResourceMapping } from './format.ts';
import { type LiteralKey, literalKeys, resultKeys } from './literal-keys.ts';

type Named = NonNullable<EncodingRule['encoding']>;

/** What a request looks like, by the encoding of the backend that it goes to, and which keys tell it is for another. */
const shapes: Readonly<
  Record<'plain' | 'json-rpc' | 'soap', { needs?: string; not: string[]; like: string }>
> = {
  plain: { not: ['call', 'params', 'action'], like: '{ "method": …, "path": […], "body": … }' },
  'json-rpc': { needs: 'call', not: ['method', 'body', 'action'], like: '{ "call": …, "params": […] }' },
  soap: { needs: 'action', not: ['method', 'call', 'params'], like: '{ "action": …, "body": { … } }' },
};

/** Prefixes that mean something already. */
const takenPrefixes = ['xml', 'xmlns'] as const;
const takenBySoap = ['soap', 'wsse', 'wsu'] as const;

/**
 * What is wrong in how backends are said to write, and in the JSONata files that make their requests: one that is for
 * another encoding, and names with a prefix that is not declared.
 */
export function checkEncodings(
  yaml: YamlFile,
  mapping: MappingFile,
  expressions: ReadonlyMap<string, ParsedExpression>,
): Mistake[] {
  const { backends = {} } = mapping;
  const { keptIds } = mapping;
  const made = [
    ...Object.values(mapping.resources).flatMap(filesFor),
    ...[keptIds?.find, keptIds?.keep].flatMap((file): MadeFor[] =>
      file && keptIds ? [{ file, backend: keptIds.backend, makesRequest: true }] : [],
    ),
  ];
  const inFiles = distinct(made).flatMap(({ file, backend, makesRequest }) => {
    const expression = expressions.get(file);
    if (!expression) return [];
    const rule = backends[backend] ?? {};
    return [
      ...(makesRequest ? wrongShapes(expression, backend, rule) : []),
      ...(isXml(rule) ? unknownPrefixes(expression, backend, rule) : []),
    ];
  });
  return [
    ...Object.entries(backends).flatMap(([name, rule]) =>
      wrongKeys(rule).map(({ at, ...finding }) =>
        mistakeAt(yaml, { path: ['backends', name, ...at], ...finding }),
      ),
    ),
    ...inFiles,
  ];
}

interface Finding {
  readonly at: readonly string[];
  readonly problem: string;
  readonly expected: string;
}

/** Keys that this encoding has no use for, and prefixes that are taken. */
function wrongKeys(rule: EncodingRule): Finding[] {
  const { encoding = 'json', mediaType, xml, jsonRpc } = rule;
  const findings: Finding[] = [];
  const unfit = (at: readonly string[], expected: string): void => {
    findings.push({ at, problem: `not with \`encoding: ${encoding}\``, expected });
  };
  if (mediaType !== undefined && (encoding === 'soap' || encoding === 'json-rpc')) {
    unfit(['mediaType'], 'no `mediaType`: this encoding has a name of its own');
  }
  if (jsonRpc !== undefined && encoding !== 'json-rpc') unfit(['jsonRpc'], '`encoding: json-rpc`');
  if (xml && !isXml(rule)) unfit(['xml'], '`encoding: xml` or `encoding: soap`');
  if (xml?.soap !== undefined && encoding === 'xml') unfit(['xml', 'soap'], '`encoding: soap`');
  const taken: readonly string[] = [...takenPrefixes, ...(encoding === 'soap' ? takenBySoap : [])];
  const namespaces = Object.entries(xml?.namespaces ?? {});
  for (const [index, [prefix, uri]] of namespaces.entries()) {
    const at = ['xml', 'namespaces', prefix];
    if (taken.includes(prefix)) {
      findings.push({ at, problem: `the prefix '${prefix}' is taken`, expected: 'another prefix' });
    }
    if (namespaces.slice(0, index).some(([, other]) => other === uri)) {
      findings.push({ at, problem: 'this namespace has a prefix already', expected: 'one prefix for each' });
    }
  }
  return findings;
}

function wrongShapes(
  expression: ParsedExpression,
  backend: string,
  { encoding = 'json' }: EncodingRule,
): Mistake[] {
  const { needs, not, like } = shapes[shapeOf(encoding)];
  return resultKeys(expression).flatMap((keys): Mistake[] => {
    const wrong = keys.find(({ key }) => not.includes(key));
    const [first] = keys;
    const isMissing = needs !== undefined && !keys.some(({ key }) => key === needs);
    const place = wrong ?? (isMissing ? first : undefined);
    if (!place) return [];
    const problem = wrong
      ? `\`${wrong.key}\` in a request to the backend '${backend}', which has \`encoding: ${encoding}\``
      : `no \`${needs ?? ''}\` in a request to the backend '${backend}', which has \`encoding: ${encoding}\``;
    return [{ ...placeIn(expression, place), problem, expected: like }];
  });
}

function unknownPrefixes(expression: ParsedExpression, backend: string, { xml }: EncodingRule): Mistake[] {
  const known = Object.keys(xml?.namespaces ?? {});
  return literalKeys(expression).flatMap((found): Mistake[] => {
    const prefix = /^@?([^:@]+):[^:]+$/.exec(found.key)?.[1];
    if (prefix === undefined || prefix === 'xml' || known.includes(prefix)) return [];
    const problem = `the backend '${backend}' has no namespace '${prefix}'${meant(prefix, known)}`;
    const expected = `a prefix under \`xml.namespaces\` in mapping.yaml: ${known.join(', ') || 'there are none'}`;
    return [{ ...placeIn(expression, found), problem, expected }];
  });
}

function placeIn({ file, source }: ParsedExpression, { offset }: LiteralKey) {
  return { file, ...positionIn(source, offset), path: '' };
}

function shapeOf(encoding: Named): keyof typeof shapes {
  return encoding === 'json-rpc' || encoding === 'soap' ? encoding : 'plain';
}

function isXml({ encoding }: EncodingRule): boolean {
  return encoding === 'xml' || encoding === 'soap';
}

/** A file that makes something of what goes to a backend. */
interface MadeFor {
  readonly file: string;
  readonly backend: string;
  /** A whole request, or only columns of one. */
  readonly makesRequest: boolean;
}

function filesFor(resource: ResourceMapping): MadeFor[] {
  const { backend: own, read, list, record, supplements = {}, inverse = {}, numbers = {} } = resource;
  const steps = [resource.create, resource.update, resource.delete].flatMap((plan) => plan ?? []);
  const requests: readonly (readonly [backend: string, file: string | undefined])[] = [
    [own, read.request],
    [own, read.revalidate?.by === 'stamp' ? read.revalidate.request : undefined],
    [own, list?.request],
    [own, list?.each?.request],
    [own, typeof list?.total === 'object' ? list.total.request : undefined],
    ...Object.values(supplements).flatMap(({ backend, request, search }) => [
      [backend, request] as const,
      [backend, search] as const,
    ]),
    ...Object.values(inverse).map((how) => [own, how.by === 'searchMany' ? how.request : undefined] as const),
    ...Object.values(numbers).map(({ request }) => [own, request] as const),
    ...steps.flatMap(({ backend = own, request, undo, readBack }) => [
      [backend, request] as const,
      [backend, undo] as const,
      [own, readBack] as const,
    ]),
  ];
  return [
    ...requests.flatMap(([backend, file]) =>
      file === undefined ? [] : [{ file, backend, makesRequest: true }],
    ),
    ...(record.to === undefined ? [] : [{ file: record.to, backend: own, makesRequest: false }]),
  ];
}

/** One file may make several requests; what is wrong in it is told once. */
function distinct(made: readonly MadeFor[]): MadeFor[] {
  return [...new Map(made.map((one) => [JSON.stringify([one.file, one.backend]), one])).values()];
}
