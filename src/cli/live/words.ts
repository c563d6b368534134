import { isObject, type Json } from '../../json.ts';
import type { NamedFile } from './files-of.ts';
import type { ShownOutcome } from './show-outcome.ts';
import type { ShownPassed } from './show-passed.ts';

/** How many items of a list are shown to people. */
const shownItems = 3;

/** How wide a value may be before it gets several lines. */
const width = 100;

/** One request and its answer, for a person. */
export function passedInWords(
  { system, purpose, request, answer, fault }: ShownPassed,
  number: number,
): string[] {
  const what = {
    call: system,
    url: `${system}: a URL of the input`,
    credentials: `${system}: for a token or session`,
  };
  return [
    '',
    `${number}. ${request.method} ${request.url}   (${what[purpose]})`,
    ...headerLines(request.headers),
    ...(request.body === undefined ? [] : indented(request.body)),
    ...(answer
      ? [
          `   -> ${answer.status}, ${answer.bytes} bytes, ${answer.tookMs} ms`,
          ...headerLines(answer.headers),
          ...(answer.body === undefined ? [] : indented(answer.body)),
          ...(answer.means === undefined ? [] : [`   means: ${answer.means} (says ${answer.by ?? ''})`]),
        ]
      : []),
    ...(fault === undefined ? [] : [`   -> no answer: ${fault}`]),
  ];
}

/** What the client would get, for a person. */
export function outcomeInWords({ result, problem, remarks, advice }: ShownOutcome): string[] {
  return [
    '',
    ...(result
      ? [`The client gets ${result.status}:`, ...(result.body === undefined ? [] : indented(result.body))]
      : []),
    ...(problem ? ['The client gets a problem:', ...indented(problem)] : []),
    '',
    ...(remarks.length === 0
      ? ['The contract has nothing to say against it.']
      : ['What the contract says of it, and what the log has:', ...remarks.map((remark) => `   ${remark}`)]),
    ...(advice.length === 0 ? [] : ['', 'What to look at:', ...advice.map((one) => `   ${one}`)]),
  ];
}

/** The files that may take part, for a person. */
export function filesInWords(files: readonly NamedFile[]): string[] {
  const longest = Math.max(0, ...files.map(({ place }) => place.length));
  return [
    '',
    'These files may take part:',
    ...files.map(({ place, file }) => `   ${place.padEnd(longest)}  ${file}`),
  ];
}

function headerLines(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => `   ${name}: ${value}`);
}

function indented(value: Json): string[] {
  return linesOf(shortened(value)).map((line) => `   ${line}`);
}

/** JSON with what fits on a line on one line. */
function linesOf(value: Json): string[] {
  const line = JSON.stringify(value);
  if (line.length <= width || typeof value !== 'object' || value === null) return [line];
  const isList = Array.isArray(value);
  const entries = Object.entries(value).map(([name, inner]) => {
    const [first = '', ...rest] = linesOf(inner);
    return [`  ${isList ? '' : `${JSON.stringify(name)}: `}${first}`, ...rest.map((one) => `  ${one}`)];
  });
  const lines = entries.flatMap((one, index) =>
    index === entries.length - 1 ? one : [...one.slice(0, -1), `${one.at(-1) ?? ''},`],
  );
  return [isList ? '[' : '{', ...lines, isList ? ']' : '}'];
}

function shortened(value: Json): Json {
  if (Array.isArray(value)) {
    const shown = value.slice(0, shownItems).map(shortened);
    const left = value.length - shown.length;
    return left === 0 ? shown : [...shown, `… and ${left} more (all of them with --json)`];
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortened(inner)]));
}
