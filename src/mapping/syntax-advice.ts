/** A slip that other languages lead to: how it is recognised, and what JSONata has instead. */
interface Slip {
  /** Holds for the text from a little before the place of the mistake on; or for what the parser says. */
  readonly near?: RegExp;
  readonly says?: RegExp;
  readonly advice: string;
}

/** In this order: the first one that fits is told. */
const slips: readonly Slip[] = [
  { near: /^.{0,3}={2,3}/s, advice: 'one = compares: a = b' },
  { near: /^.{0,3}&&/s, advice: 'write a and b' },
  { near: /^.{0,3}\|\|/s, advice: 'write a or b; for a value in the place of nothing, a ?: b' },
  { near: /^.{0,3}[=-]>/s, advice: 'a function is function($x) { … }' },
  { near: /^.{0,3}<>/s, advice: 'write a != b' },
  { near: /^.{0,3}\?\./s, advice: 'write a.b, which is nothing when there is no a' },
  { near: /^.{0,2}(?:\+\+|--)/s, advice: 'a name is given its value once: write $y := $x + 1' },
  { says: /Unknown operator: "!"/, advice: 'write $not(a), or a ? false : true' },
  { says: /Empty regular expressions/, advice: 'a remark is between /* and */' },
  { near: /^.{0,8}\b(?:let|const|var) /s, advice: 'write ($x := 1; …), with brackets around all of it' },
  { near: /^.{0,16}\bif *\(/s, advice: 'write condition ? one : other' },
  { near: /^.{0,10}\breturn /s, advice: 'leave out return: an expression is its own result' },
  { says: /Syntax error: ";"/, advice: 'several expressions need brackets around all of them: ($x := 1; …)' },
  { says: /Expected "[}\]]", got ";"/, advice: 'between keys, and between the items of a list, is a comma' },
  { says: /Expected ":", got/, advice: 'between a key and its value is a colon: { "key": value }' },
  { says: /Expected "[}\])]", got/, advice: 'a comma is missing before it, or a bracket is not closed' },
  {
    says: /The symbol "[}\])]" cannot be used/,
    advice: 'a value is missing before it, or a comma is too much',
  },
  { says: /Syntax error: "[}\])]"/, advice: 'it closes a bracket that was not opened' },
  { says: /must be terminated|no closing tag/, advice: 'what begins here is not closed' },
  { says: /Unexpected end of expression/, advice: 'a value is missing at the end' },
  {
    says: /Expected "[}\])]" before end/,
    advice: 'a bracket is not closed; look at the one that was opened last',
  },
  {
    says: /Syntax error: ["\w`$]/,
    advice: 'a comma or an operator is missing before it, or a quote in a text: write \\"',
  },
];

/** How far before the place that the parser tells a slip may begin. */
const before = 3;

/** Words stand before what the parser stumbles on: `let x`. */
const beforeWords = 14;

/**
 * The usual cause of something that is no JSONata, as a piece of advice.
 *
 * @param offset where the parser stumbled, counted from 0
 * @param message what the parser says
 * @returns undefined when nothing more can be said
 */
export function syntaxAdvice(source: string, offset: number, message: string): string | undefined {
  return slips.find(({ near, says }) => {
    const reach = near?.source.includes('\\b') ? beforeWords : before;
    return near?.test(source.slice(Math.max(0, offset - reach), offset + 4)) ?? says?.test(message);
  })?.advice;
}
