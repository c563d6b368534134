import path from 'node:path';
import type { JsonObject } from '../../src/json.ts';
import { results, runningGateway } from '../kit/gateway.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { objecten } from '../stand-ins/objecten.ts';

const sets = path.resolve(import.meta.dirname, '../../mappings');

/** A mapping set as a spec tries it. */
export interface TriedSet {
  /** Its own backends; asked for when their stand-ins are there. */
  readonly backends: () => JsonObject;
  /** Settings of the set, likewise. */
  readonly settings?: () => JsonObject;
  /** Rules that are not its business; those about zaken, which are elsewhere, never are. */
  readonly off?: readonly string[];
  /** More sections of the configuration. */
  readonly more?: JsonObject;
}

/**
 * Runs a gateway on a mapping set and on the stand-in of an Objecten API beside it, for the specs of the surrounding
 * `describe`. Begin the stand-ins of the set's own backends before it.
 *
 * @param name the folder of the set
 */
export function gatewayOnSet(name: string, { backends, settings, off = [], more = {} }: TriedSet) {
  const store = runningStandIn(objecten());
  const gateway = runningGateway({
    config: () => ({
      mapping: {
        folder: path.join(sets, name),
        with: [path.join(sets, 'objecten')],
        ...(settings ? { settings: settings() } : {}),
      },
      backends: {
        ...backends(),
        objecten: {
          baseUrl: store.url,
          credentials: { header: { name: 'Authorization', value: '${OBJECTEN}' } },
        },
      },
      rules: Object.fromEntries(['cm-005', 'cm-006', ...off].map((rule) => [rule, 'off'])),
      ...more,
    }),
  });
  return {
    gateway,
    /** The stand-in of the Objecten API. */
    store,
    /** Makes a contactmoment, with the least that the standard asks for. */
    contactmoment: (body: JsonObject) =>
      gateway.create('contactmomenten', 'contactmomenten', {
        bronorganisatie: '123456782',
        medewerkerIdentificatie: { identificatie: '007' },
        ...body,
      }),
    /** Makes a verzoek, likewise. */
    verzoek: (body: JsonObject) =>
      gateway.create('verzoeken', 'verzoeken', {
        bronorganisatie: '123456782',
        status: 'ontvangen',
        ...body,
      }),
    /** What a list shows: `found('contactmomenten', 'klantcontactmomenten?klant=…')`. */
    found: async (api: string, asked: string) => results(await gateway.list(api, asked)),
  };
}

/** The operations in the OpenAPI document of one API of a deployment. */
export async function offered(
  { request }: Pick<ReturnType<typeof runningGateway>, 'request'>,
  api: string,
): Promise<readonly string[]> {
  const { text } = await request('GET', `//${api}/api/v1/openapi.json`, { client: null });
  return [...text.matchAll(/"operationId":\s*"(\w+)"/g)].map(([, id = '']) => id);
}

/** Credentials of a backend that wants a token of its own server: as the user of the stand-ins. */
export function clientOf(tokenUrl: string, more: JsonObject = {}): JsonObject {
  return {
    oauth2: {
      tokenUrl,
      clientId: 'klantbrug',
      clientSecret: '${CRM_KEY}',
      clientAuthentication: 'body',
      ...more,
    },
  };
}

/** A breaker that many refusals in a row do not trip. */
export const patient = { breaker: { minimumCalls: 1000 } } as const;

/** Parameters as a query. */
export function queryOf(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString();
}
