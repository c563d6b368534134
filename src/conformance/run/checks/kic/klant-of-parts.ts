import { type JsonObject, scalarText } from '../../../../json.ts';
import { type Exchange, objectIn } from '../../client.ts';
import type { Context } from '../../context.ts';
import { declared, declaredFor } from '../../declarations.ts';
import { change, expectStatus, make, type MadeRecord, reread } from '../../records.ts';
import { leastContactmoment, leastVerzoek } from '../../samples.ts';

/** What has a field `klant` here, and the relation with a klant that this is in the newer APIs. */
export interface Main {
  readonly name: 'contactmoment' | 'verzoek';
  readonly relation: string;
  /** The rol of the klant that is shown, and one that comes after it. */
  readonly rollen: readonly [best: string, other: string];
  readonly least: typeof leastVerzoek;
}

export const mains: readonly Main[] = [
  {
    name: 'contactmoment',
    relation: 'klantcontactmoment',
    rollen: ['gesprekspartner', 'belanghebbende'],
    least: leastContactmoment,
  },
  {
    name: 'verzoek',
    relation: 'klantverzoek',
    rollen: ['initiator', 'belanghebbende'],
    least: leastVerzoek,
  },
];

/** Tells of a record that has another klant, as it is read now. */
export async function expectKlant(
  context: Context,
  main: Main,
  { uuid }: MadeRecord,
  wanted: string | null,
): Promise<void> {
  const answer = await context.ask(declaredFor('kic', main.name), 'read', { uuid });
  expectShown(context, answer, wanted);
}

/** Tells of an answer that is no 200 with this klant. */
export function expectShown(context: Context, answer: Exchange, wanted: string | null): void {
  if (!expectStatus(context, answer, 200)) return;
  const isSo = objectIn(answer).klant === wanted;
  context.expect(isSo, answer, wanted === null ? 'klant null' : 'the klant that it has', 'another klant');
}

/** A relation with a klant, made over the newer API. */
export async function link(
  context: Context,
  { name, relation }: Main,
  { uuid }: MadeRecord,
  klant: string,
  rol: string,
  more: JsonObject = {},
): Promise<void> {
  const klantUrl = await newerUrl(context, 'klant', klant.split('/').at(-1) ?? '');
  const body = { [name]: await newerUrl(context, name, uuid), klant: klantUrl, rol, ...more };
  await make(context, declared(relation), body);
}

/** The URL of a record in the newer API that has it too. */
export async function newerUrl(context: Context, name: string, uuid: string): Promise<string> {
  const { url } = await reread(context, declared(name), uuid);
  return scalarText(url) ?? '';
}

/** The URL of a new klant. */
export async function newKlant(context: Context): Promise<string> {
  return (await make(context, 'klant', {})).url;
}

/** A new contactmoment or verzoek, with the least that it takes and this. */
export function of(context: Context, { name, least }: Main, body: JsonObject): Promise<MadeRecord> {
  return make(context, name, { ...least(context.run), ...body });
}

/** Asks for an update of a contactmoment or verzoek. */
export function update(
  context: Context,
  { name }: Main,
  { uuid }: MadeRecord,
  operation: 'update' | 'partial_update',
  body: JsonObject,
): Promise<Exchange> {
  return change(context, name, operation, uuid, body);
}

/** The ETag of a record as it is now. */
export async function etagOf(context: Context, { name }: Main, { uuid }: MadeRecord): Promise<string> {
  const answer = await context.ask(declaredFor('kic', name), 'read', { uuid });
  return answer.headers.get('ETag') ?? 'none';
}

/** Tells of what is wrong after an update. */
export function tell(context: Context, { name }: Main, expected: string, came: string): void {
  context.tell({ sent: `PATCH /${context.resource(name).plural}`, expected, came });
}
