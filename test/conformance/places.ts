import type { JsonObject } from '../../src/json.ts';
import { apiNames, optionalApi } from '../../src/conformance/run/check.ts';
import { conform, type Conformance, type ConformOptions } from '../../src/conformance/run/conform.ts';
import { runningGateway, secrets } from '../kit/gateway.ts';
import { freePort } from '../kit/process.ts';

/** What a conformance run of the specs may take on a busy machine. */
export const runLimit = 420_000;

/** Options of a run against an address of this machine, with stand-ins at another one. */
export function optionsFor(base: string, standInsPort: number): ConformOptions {
  return {
    bases: new Map(
      apiNames.filter((name) => name !== optionalApi).map((name) => [name, `${base}/${name}/api/v1`]),
    ),
    optionalBase: `${base}/${optionalApi}/api/v1`,
    client: { clientId: 'all', secret: secrets.all },
    withoutScopes: { clientId: 'nothing', secret: secrets.reader },
    standIns: { host: '127.0.0.1', port: standInsPort, url: `http://127.0.0.1:${standInsPort}` },
    given: { zaak: undefined, informatieobject: undefined, exists: undefined, missing: undefined },
    announces: true,
    only: undefined,
    bronorganisatie: '123456782',
    timeoutMs: 30_000,
  };
}

/** A gateway that knows the stand-ins of a conformance run, for the specs of the surrounding `describe`. */
export function gatewayToTry(more: JsonObject = {}) {
  let port = 0;
  let standIns = 0;
  before(async () => {
    [port, standIns] = [await freePort(), await freePort()];
  });
  const gateway = runningGateway({
    config: () => {
      const root = `http://127.0.0.1:${standIns}`;
      const registers = ['zaken', 'documenten', 'notificaties'].map((kind) => [
        kind,
        { root: `${root}/${kind}/api/v1` },
      ]);
      return {
        listen: { port },
        baseUrls: { canonical: `http://127.0.0.1:${port}` },
        clients: [
          { id: 'all', secret: '${ALL}', scopes: 'all' },
          { id: 'nothing', secret: '${READER}', scopes: ['audittrails.lezen'] },
        ],
        registers: Object.fromEntries(registers) as JsonObject,
        urlChecks: { hosts: [{ origin: root, addresses: ['127.0.0.0/8'] }] },
        ...more,
      };
    },
  });
  return {
    gateway,
    /** The arguments of `npm run conformance` for the same; with the secret, which is no argument. */
    commandLine: () => ({
      args: ['--base', `http://127.0.0.1:${port}`, '--client-id', 'all'],
      standIns: ['--stand-ins', `127.0.0.1:${standIns}`],
      environment: { CONFORMANCE_SECRET: secrets.all },
    }),
    /** Runs the checks that match, or all. */
    conform: (changes: Partial<ConformOptions> = {}): Promise<Conformance> =>
      conform({ ...optionsFor(`http://127.0.0.1:${port}`, standIns), ...changes }, () => undefined),
  };
}
