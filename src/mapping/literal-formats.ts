import { isObject, scalarText } from '../json.ts';
import { offsetOf, walk } from './analyse.ts';
import type { ParsedExpression } from './expression.ts';
import { type FormatMistake, isZone, mistakeInFormat } from './helpers/time-format.ts';

/** What the helpers of dates and times do with a format. */
const uses: ReadonlyMap<string, 'read' | 'write'> = new Map([
  ['moment', 'read'],
  ['date', 'read'],
  ['formatMoment', 'write'],
  ['formatDate', 'write'],
]);

/** The formats and time zones in calls of the helpers of dates and times that are wrong, where they are literal. */
export function badFormatsIn({ tree, source }: ParsedExpression): (FormatMistake & { offset: number })[] {
  const found: (FormatMistake & { offset: number })[] = [];
  walk(tree, (node) => {
    const use = isObject(node.procedure) ? uses.get(scalarText(node.procedure.value) ?? '') : undefined;
    if (use === undefined || !Array.isArray(node.arguments)) return;
    const [, format, zone]: readonly unknown[] = node.arguments;
    const mistakes = [
      [format, (text: string) => mistakeInFormat(text, use)],
      [zone, mistakeInZone],
    ] as const;
    for (const [literal, mistakeIn] of mistakes) {
      if (!isObject(literal) || literal.type !== 'string') continue;
      const mistake = mistakeIn(scalarText(literal.value) ?? '');
      if (mistake) found.push({ ...mistake, offset: offsetOf(literal, source) });
    }
  });
  return found;
}

function mistakeInZone(name: string): FormatMistake | undefined {
  if (isZone(name)) return undefined;
  return { problem: `there is no time zone '${name}'`, expected: 'its IANA name: Europe/Amsterdam' };
}
