/** A number of nine digits or more is one by itself: a BSN, a telephone number that is written in one piece. */
const whole = 9;

/** The most that a telephone number has: `0031` and nine more. */
const longest = 13;

/**
 * Takes a run of digits, with blanks and signs in between, apart into the numbers that it can be: a BSN with a telephone
 * number behind it is two.
 *
 * @param run `123456782 06-12345678`
 * @returns pieces that together are the run
 */
export function numbersIn(run: string): string[] {
  const numbers: string[] = [];
  let here = '';
  for (const group of run.match(/\D*\d+\D*$|\D*\d+/g) ?? []) {
    if (here !== '' && isNext(here, group)) {
      numbers.push(here);
      here = '';
    }
    here += group;
  }
  return [...numbers, here];
}

/** Whether some more digits belong to another number than those before them. */
function isNext(before: string, group: string): boolean {
  const [had, more] = [before, group].map((text) => text.replace(/\D/g, ''));
  if (had === undefined || more === undefined) return true;
  if (had.length + more.length > longest || had.length >= longest) return true;
  // What comes after the code of a country is in one piece as well.
  if (more.length >= whole) return !(had.length < 5 && (before.includes('+') || had.startsWith('00')));
  const isInOnePiece = /\d{9}/.test(before);
  return isInOnePiece || (had.length > whole && more.startsWith('0'));
}
