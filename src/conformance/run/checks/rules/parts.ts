import type { JsonObject } from '../../../../json.ts';
import type { ApiName, Check } from '../../check.ts';
import { declared } from '../../declarations.ts';
import type { Exchange } from '../../client.ts';
import type { Context } from '../../context.ts';
import {
  change,
  completeBody,
  expectRefused,
  expectStatus,
  make,
  makeComplete,
  reread,
} from '../../records.ts';

/** How often the same is tried at once. */
const ten: readonly number[] = Array.from({ length: 10 }, (_, index) => index);

/** A URL of nobody at a host that there is not. */
export const nowhere = 'https://conformance.invalid/nergens';

/** A check of a rule: its id is that of the rule and a word. */
export function ruleCheck(
  rule: string,
  resource: string,
  operations: readonly string[],
  what: string,
  title: string,
  run: Check['run'],
): Check {
  const { api } = declared(resource);
  const proves = [rule, ...operations.map((operation) => `${resource}_${operation}`)];
  return { id: `${rule}.${what}`, api: api as ApiName, proves, title, run };
}

/**
 * Creates ten at once of which there may be one: one is made, and all others are refused for this reason.
 *
 * @param body makes each of them: what may not be twice for another reason has to differ
 */
export async function expectOneOfTen(
  context: Context,
  name: string,
  body: () => JsonObject,
  complaint: string,
): Promise<void> {
  await expectOneMade(
    context,
    ten.map(() => context.ask(context.resource(name), 'create', { body: body() })),
    complaint,
  );
}

/** Of several creates at once: one is made, and all others are refused for this reason. */
async function expectOneMade(
  context: Context,
  asked: readonly Promise<Exchange>[],
  complaint: string,
): Promise<void> {
  const answers = await Promise.all(asked);
  const [first] = answers;
  if (!first) return;
  const made = answers.filter(({ status }) => status === 201).length;
  context.expect(made === 1, first, 'one 201 of ten at the same time', `${made}`);
  for (const answer of answers.filter(({ status }) => status !== 201))
    expectRefused(context, answer, complaint);
}

/** Creates ten at once that need a number each, made by `body`: all are made, and no two with the same. */
export async function expectTenNumbers(
  context: Context,
  name: string,
  field: string,
  body: () => JsonObject,
): Promise<void> {
  const made = await Promise.all(ten.map(() => make(context, name, body())));
  const numbers = new Set(made.map(({ record }) => record[field]));
  if (numbers.size < ten.length)
    context.tell({
      sent: `POST /${context.resource(name).plural} (ten at once)`,
      expected: `ten different values of ${field}`,
      came: String(numbers.size),
    });
}

/** The same relation once more is refused, also when all come at once. */
export function uniqueChecks(rule: string, name: string): Check[] {
  const unique = 'nonFieldErrors unique';
  return [
    ruleCheck(rule, name, ['create'], 'unique', 'the same relation once more is refused', async (context) => {
      const body = await completeBody(context, name);
      await make(context, name, body);
      expectRefused(context, await context.ask(context.resource(name), 'create', { body }), unique);
    }),
    ruleCheck(
      rule,
      name,
      ['create'],
      'unique-at-once',
      'of ten of the same relation at once, one is made',
      async (context) => {
        const body = await completeBody(context, name);
        await expectOneOfTen(context, name, () => body, unique);
      },
    ),
  ];
}

/** A field with the URL of something elsewhere: it has to be there. */
export function urlCheck(rule: string, name: string, field: string): Check {
  const operations = declared(name).operations.filter(
    (one) => one === 'create' || one === 'update' || one === 'partial_update',
  );
  const title = `${field} leads to something that is there, after redirects`;
  return ruleCheck(rule, name, operations, field, title, async (context) => {
    await context.needs('urls');
    const { places } = context.run;
    const required = requiredIn(name, await completeBody(context, name));
    const wrong = [
      places.missing(),
      nowhere,
      ...(places.hasStandIns ? [places.standIns.elsewhere.fails()] : []),
    ];
    const right = [places.exists(), ...(places.hasStandIns ? [places.standIns.elsewhere.redirects()] : [])];
    for (const operation of operations) {
      const uuid = operation === 'create' ? {} : { uuid: (await makeComplete(context, name)).uuid };
      const ask = async (value: string) => {
        const others = operation === 'create' ? await completeBody(context, name) : required;
        return context.ask(context.resource(name), operation, {
          ...uuid,
          body: { ...others, [field]: value },
        });
      };
      for (const value of wrong) expectRefused(context, await ask(value), `${field} bad-url`);
      expectRefused(context, await ask('geen-url'), `${field} bad-url`, `${field} invalid`);
      for (const value of right) expectStatus(context, await ask(value), operation === 'create' ? 201 : 200);
    }
  });
}

/** What an update cannot do without. */
function requiredIn(name: string, body: JsonObject): JsonObject {
  const { fields } = declared(name);
  return Object.fromEntries(Object.entries(body).filter(([key]) => fields[key]?.required));
}

/** A link to one other record, with the field of that record that shows it from the other side. */
export function linkChecks(rule: string, name: string, link: string, inverse: string): Check[] {
  return [
    ruleCheck(
      rule,
      name,
      ['create', 'update', 'partial_update', 'read', 'delete'],
      inverse,
      `${inverse} shows the other side of ${link}, whatever becomes of it`,
      (context) => tryInverse(context, name, link, inverse),
    ),
    ruleCheck(
      rule,
      name,
      ['create', 'partial_update'],
      `${link}.unique`,
      `only one has a record as its ${link}, also when ten want it at once`,
      async (context) => {
        const [target, other] = [await makeComplete(context, name), await makeComplete(context, name)];
        const bodies = await Promise.all(
          ten.map(async () => ({ ...(await completeBody(context, name)), [link]: target.url })),
        );
        await expectOneMade(
          context,
          bodies.map((body) => context.ask(context.resource(name), 'create', { body })),
          `${link} unique`,
        );
        expectRefused(
          context,
          await change(context, name, 'partial_update', other.uuid, { [link]: target.url }),
          `${link} unique`,
        );
      },
    ),
  ];
}

async function tryInverse(context: Context, name: string, link: string, inverse: string): Promise<void> {
  const [first, second] = [await makeComplete(context, name), await makeComplete(context, name)];
  const pointing = await make(context, name, { ...(await completeBody(context, name)), [link]: first.url });
  const read = context.ask.bind(undefined, context.resource(name), 'read');
  const expectInverse = async (uuid: string, wanted: string | null, when: string): Promise<void> => {
    const answer = await read({ uuid });
    const shown = (await reread(context, name, uuid))[inverse];
    context.expect(
      shown === wanted,
      answer,
      `${inverse} is ${wanted === null ? 'null' : 'the record that points'} ${when}`,
      'it is not',
    );
  };
  const point = async (to: string | null, operation: 'update' | 'partial_update'): Promise<void> => {
    const body = operation === 'update' ? { ...pointing.record, [link]: to } : { [link]: to };
    expectStatus(context, await change(context, name, operation, pointing.uuid, body), 200);
  };
  await expectInverse(first.uuid, pointing.url, 'after a create');
  await point(second.url, 'partial_update');
  await expectInverse(first.uuid, null, 'when the other points elsewhere');
  await expectInverse(second.uuid, pointing.url, 'after a partial update');
  await point(null, 'update');
  await expectInverse(second.uuid, null, 'when the link is emptied');
  await point(second.url, 'update');
  await expectInverse(second.uuid, pointing.url, 'after an update');
  const gone = await context.ask(context.resource(name), 'delete', { uuid: pointing.uuid });
  expectStatus(context, gone, 204);
  await expectInverse(second.uuid, null, 'when the other is removed');
}
