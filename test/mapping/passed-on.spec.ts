import { expect } from 'chai';
import { parseExpression } from '../../src/mapping/expression.ts';
import { lookAt } from '../../src/mapping/origins.ts';
import { namedFilters, notPassedOnAlone } from '../../src/mapping/passed-on.ts';

const all = ['number', 'organisation', 'name', 'mail'];

/** Which of the filters are not passed on alone, and what each of them takes: `number: organisation`. */
function told(source: string): string[] {
  const found = notPassedOnAlone(parseExpression('list.jsonata', source), all, all);
  return [...found].map(
    ([filter, { filters, asksAnyway }]) =>
      `${filter}: ${filters.join(' or ') || 'more'}${asksAnyway ? '' : ', or no request'}`,
  );
}

/** A list file that passes on three of the four, and something for the number. */
const list = (number: string): string =>
  `{ "query": { "nr": ${number}, "o": filters.organisation, "n": filters.name, "m": filters.mail } }`;

describe('filters that a list file passes on', () => {
  for (const [what, source, expected] of [
    ['each as it is', list('filters.number'), []],
    ['by a word that it chooses', list('filters.number = "1" ? "one" : "other"'), []],
    ['but for some values', list('$contains(filters.number, /^ID/) ? null : filters.number'), []],
    ['when no other one is given', list('filters.organisation ? null : filters.number'), []],
    ['only with another one', list('filters.organisation ? filters.number'), ['number: organisation']],
    [
      'only with another one that is not absent',
      list('$not($exists(filters.organisation)) or $contains(filters.number, /^ID/) ? null : filters.number'),
      ['number: organisation'],
    ],
    [
      'only with one value of another',
      list('filters.organisation = "1" ? filters.number'),
      ['number: organisation'],
    ],
    [
      'only with one of two',
      list('$exists(filters.organisation) or $exists(filters.name) ? filters.number'),
      ['number: organisation or name'],
    ],
    [
      'only with two others',
      list('filters.organisation and filters.name ? filters.number'),
      ['number: more'],
    ],
    [
      'behind variables and functions',
      `($f := filters; $with := function($one, $other) { $other ? $one }; ${list('$with($f.number, $f.organisation)')})`,
      ['number: organisation'],
    ],
    [
      'when there is a request at all',
      `filters.name ? ${list('filters.number')}`,
      ['number: name, or no request', 'organisation: name, or no request', 'mail: name, or no request'],
    ],
  ] as const) {
    it(`are told: ${what}`, () => {
      expect(told(source)).to.deep.equal(expected);
    });
  }

  it('are those that it names, right or wrong', () => {
    const named = namedFilters(
      lookAt(parseExpression('list.jsonata', '($f := filters; [$f.number, filters.nam])')),
      all,
    );
    expect([...named]).to.deep.equal(['number', 'nam']);
  });
});
