import path from 'node:path';
import { styleText } from 'node:util';
import type { PlacedDifference, PlayedFile } from '../examples/play-files.ts';
import { formatMistakes, pathText } from '../files/mistakes.ts';
import type { JsonObject } from '../json.ts';

/** Whether an example is as it should be: it holds, or its file was changed to what came. */
export function isInOrder({ mistakes, differences, update }: PlayedFile): boolean {
  return update === 'written' || (mistakes.length === 0 && differences.length === 0);
}

/**
 * What there is to say of an example that did not hold: one line with its place, then each difference with what the
 * example says after `-` and what came after `+`. Nothing of one that holds.
 */
export function reportOf(played: PlayedFile, colour: boolean): string[] {
  const { file, example, mistakes, differences, update } = played;
  const paint = painter(colour);
  if (mistakes.length > 0) return [paint('bold', formatMistakes(mistakes))];
  const [first] = differences;
  if (!first) return [];
  const became = update === 'written' ? 'updated: ' : '';
  const place = `${shortest(file)}:${first.line}:${first.column}`;
  return [
    paint('bold', `${place} ${became}${example?.operation ?? ''}: ${example?.about ?? ''}`),
    ...differences.flatMap((difference) => differenceLines(difference, paint)),
    ...(typeof update === 'object' ? [`  not updated: ${update.impossible}`] : []),
  ];
}

/** The same for a machine. */
export function reportAsJson({ file, example, mistakes, differences, update }: PlayedFile): JsonObject {
  return {
    file,
    operation: example?.operation ?? null,
    about: example?.about ?? null,
    holds: mistakes.length === 0 && differences.length === 0,
    updated: update === 'written',
    ...(typeof update === 'object' ? { notUpdated: update.impossible } : {}),
    mistakes: mistakes.map((mistake) => formatMistakes([mistake])),
    differences: differences.map(({ path: at, line, column, expected, got }) => ({
      path: pathText(at),
      line,
      column,
      expected,
      got,
    })),
  };
}

type Paint = (style: 'bold' | 'red' | 'green', text: string) => string;

function painter(colour: boolean): Paint {
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
}

function differenceLines({ path: at, line, expected, got }: PlacedDifference, paint: Paint): string[] {
  return [
    `  ${pathText(at)} (line ${line})`,
    paint('red', `    - ${expected}`),
    paint('green', `    + ${got}`),
  ];
}

/** A path as seen from where the command was given, when that is shorter. */
function shortest(file: string): string {
  const relative = path.relative('', file);
  return relative.length < file.length ? relative : file;
}
