import { randomUUID } from 'node:crypto';
import type { Filter } from '../../../../contract/filter.ts';
import { momentCheck } from '../../../../contract/moments.ts';
import { rsinCheck } from '../../../../contract/numbers.ts';
import type { Resource } from '../../../../contract/resource.ts';
import { type JsonObject, scalarText, valueAt } from '../../../../json.ts';
import { type Check, NotTried, Stopped } from '../../check.ts';
import type { Context } from '../../context.ts';
import {
  commonRecord,
  completeBody,
  narrowQuery,
  expectRefused,
  listed,
  make,
  type MadeRecord,
  makeComplete,
  reread,
  withShortList,
} from '../../records.ts';
import { completeKlant, someMoment, testNumber } from '../../samples.ts';
import { namesOf } from './names.ts';

/** Two moments around the one that complete records have. */
const [before, after] = ['2021-03-04T05:06:06Z', '2021-03-04T05:06:08Z'];

/** Which moments are let through: in a filter with the moment before, the very moment, and the one after. */
const moments: Readonly<Record<string, readonly [boolean, boolean, boolean]>> = {
  exact: [false, true, false],
  gt: [true, false, false],
  gte: [true, true, false],
  lt: [false, false, true],
  lte: [false, true, true],
};

/** One check for each filter of a list: a record is found by its value, and not by another. */
export function filterChecks(resource: Resource): Check[] {
  return Object.entries(resource.filters).map(([name, filter]) => ({
    ...namesOf(resource, 'list', `filter.${name}`),
    title: `${name} shows what has that value, and nothing else`,
    run: (context) => tryFilter(context, resource, name, filter),
  }));
}

async function tryFilter(context: Context, resource: Resource, name: string, filter: Filter): Promise<void> {
  const { uuid, record } = await recordFor(context, resource, filter);
  const stored = scalarText(valueAt(record, filter.on)) ?? '';
  if (stored === '') throw new NotTried(`the record does not show the ${filter.on} that it was given`);

  await withShortList(resource, record, async (narrowed) => {
    for (const [value, isFound] of valuesFor(name, filter, stored)) {
      const query = { ...narrowed, [name]: value };
      const found = await listed(context, resource.name, query);
      const about = { sent: `GET /${resource.plural}?${Object.keys(query).join('=…&')}=…` };
      if (found.includes(uuid) === isFound) continue;
      const expected = isFound
        ? `the record with this ${name} is in the list`
        : `the record with another ${name} is not in the list`;
      context.tell({ ...about, expected, came: isFound ? 'it is not' : 'it is' });
    }
  });
  for (const [value, code] of wrongValues(filter)) {
    const answer = await context.ask(resource, 'list', { query: { [name]: value } });
    expectRefused(context, answer, `${name} ${code}`);
  }
}

/** A record that shows something for the filter: of the right variant, or with the right links. */
async function recordFor(context: Context, resource: Resource, filter: Filter): Promise<MadeRecord> {
  const { name } = resource;
  const field = resource.fields[filter.on];
  if (filter.shape) return make(context, name, completeKlant(context.run, filter.shape.value));
  if (field?.link?.reach === 'local' && !field.required) return linkedRecord(context, resource, filter.on);
  if (field?.schema.format === 'uri' && !field.required && !field.link) {
    await context.needs('urls');
    return make(context, name, {
      ...(await completeBody(context, name)),
      [filter.on]: context.run.places.exists(),
    });
  }
  return commonRecord(context, name);
}

/** The end of a link within one resource that shows it: the one that points, or the one that is pointed at. */
async function linkedRecord(context: Context, resource: Resource, on: string): Promise<MadeRecord> {
  const { name } = resource;
  const pointed = await makeComplete(context, name);
  const inverseOf = resource.fields[on]?.inverseOf;
  const body = { ...(await completeBody(context, name)), [inverseOf ?? on]: pointed.url };
  const pointing = await make(context, name, body);
  return inverseOf === undefined
    ? pointing
    : { ...pointed, record: await reread(context, name, pointed.uuid) };
}

/** Values of a filter, and whether a record with the stored one passes it. */
function valuesFor(name: string, filter: Filter, stored: string): (readonly [string, boolean])[] {
  if (filter.checks.includes(momentCheck)) {
    const order = moments[name.split('__')[1] ?? 'exact'];
    if (!order || stored !== someMoment) throw new Stopped();
    return [before, someMoment, after].map((moment, index) => [moment, order[index] ?? false] as const);
  }
  const others = otherValues(filter, stored).filter((value) => value !== stored);
  return [[stored, true], ...others.map((value) => [value, false] as const)];
}

function otherValues(filter: Filter, stored: string): string[] {
  if (filter.schema.enum) return [...filter.schema.enum].slice(0, 3);
  if (filter.checks.includes(rsinCheck)) return [testNumber()];
  if (filter.schema.format === 'uri') return [stored.replace(/[^/]+$/, randomUUID())];
  const swapped = stored === stored.toUpperCase() ? stored.toLowerCase() : stored.toUpperCase();
  return [`${stored}x`, stored.slice(0, -1), swapped];
}

/** Values that a filter refuses, each with the code of its complaint. */
function wrongValues(filter: Filter): (readonly [string, string])[] {
  if (filter.schema.enum) return [['geen-bekend-woord', 'invalid_choice']];
  if (filter.checks.includes(rsinCheck))
    return [
      ['abcdefghi', 'only-digits'],
      ['12345678', 'invalid-length'],
      ['123456789', 'invalid'],
    ];
  if (filter.checks.includes(momentCheck)) return [['2020-01-01', 'invalid']];
  const blank = filter.readsBlank === true ? [['', 'invalid'] as const] : [];
  return filter.schema.format === 'uri' ? [['geen-url', 'invalid'], ...blank] : [];
}

/** A list's other parameters: the words of `ordering`. */
export function orderingChecks(resource: Resource): Check[] {
  const { ordering } = resource;
  if (!ordering) return [];
  return [
    {
      ...namesOf(resource, 'list', 'ordering'),
      title: 'ordering orders, up and down, and refuses other words',
      async run(context) {
        const start: JsonObject = await completeBody(context, resource.name);
        const made: string[] = [];
        for (const registratiedatum of [after, before, someMoment])
          made.push((await make(context, resource.name, { ...start, registratiedatum })).uuid);
        const query = narrowQuery(resource, start);
        const order = (word: string) => listed(context, resource.name, { ...query, ordering: word });
        const [late = '', early = '', middle = ''] = made;
        expectOrder(context, 'registratiedatum', await order('registratiedatum'), [early, middle, late]);
        expectOrder(context, '-registratiedatum', await order('-registratiedatum'), [late, middle, early]);
        for (const word of Object.keys(ordering).flatMap((one) => [one, `-${one}`]))
          expectOrder(context, word, (await order(word)).sort(), [...made].sort());
        const answer = await context.ask(resource, 'list', { query: { ordering: 'geen_bekend_woord' } });
        expectRefused(context, answer, 'ordering invalid_choice');
      },
    },
  ];
}

function expectOrder(
  context: Context,
  word: string,
  found: readonly string[],
  wanted: readonly string[],
): void {
  if (found.join() === wanted.join()) return;
  context.tell({
    sent: `GET …?ordering=${word}`,
    expected: 'the three records that there are, in order',
    came: `${found.length} records, or another order`,
  });
}
