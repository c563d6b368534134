import { EvaluationError } from '../limits.ts';
import { type Helper, isNothing } from './helper.ts';

/** Texts that are longer than one column of a CRM. */
export const pieceHelpers = {
  pieces: {
    call: '(text, atMost, atMost, …)',
    is:
      'a text cut into pieces of at most so many characters each, for several columns; together they are the text. ' +
      'One that does not fit in all of them stops the evaluation',
    example: { of: '$pieces("abcdefg", 3, 10)', yields: ['abc', 'defg'] },
    make:
      () =>
      (text: unknown, ...lengths: unknown[]) =>
        pieces(text, lengths),
  },
} as const satisfies Readonly<Record<string, Helper>>;

function pieces(text: unknown, lengths: readonly unknown[]): readonly string[] | undefined {
  if (isNothing(text)) return undefined;
  if (typeof text !== 'string' || lengths.length === 0) throw new EvaluationError('K0010');
  const found: string[] = [];
  let rest = text;
  for (const length of lengths) {
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 1)
      throw new EvaluationError('K0010');
    if (rest === '') continue;
    const end = endOfPiece(rest, length);
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (rest !== '') throw new EvaluationError('K0010');
  return found;
}

/** Half a character, or the first half of the end of a line, goes to the next piece. */
function endOfPiece(text: string, length: number): number {
  if (text.length <= length) return text.length;
  const [last, next] = [text.charCodeAt(length - 1), text.charCodeAt(length)];
  const isHalf = last >= 0xd800 && last <= 0xdbff && next >= 0xdc00 && next <= 0xdfff;
  const isEndOfLine = last === 0x0d && next === 0x0a;
  return isHalf || isEndOfLine ? length - 1 : length;
}
