import { firstKlant } from '../backend/klanten.ts';
import type { Request } from '../load/work.ts';
import type { Contender } from '../process.ts';
import type { Stage } from '../stage.ts';
import { canonical, clientHeaders, klantenPath, readsOf, readsWithOwnTokens, settings } from './gateway.ts';
import { startNginx } from './nginx.ts';
import { installNodeRed, writeFlows } from './node-red.ts';
import type { LeftOut } from './optional.ts';

/** Somebody who answers a klant, and a list of 100 of them. */
export interface Reader {
  readonly name: string;
  readonly contender: Contender;
  readonly asked: Asked;
}

/** How to ask. Those who are asked in the same way give the same answer. */
export interface Asked {
  /** Many different ones: of identical reads at the same time, the gateway makes one. */
  readonly klanten: readonly Request[];
  /** All of them the same list. */
  readonly lists: readonly Request[];
}

const places = Array.from({ length: 500 }, (_, place) => place);

const likeTheCrm: Asked = {
  klanten: places.map((place) => ({ path: `/relaties/${firstKlant + place}` })),
  lists: [{ path: '/relaties?VANAF=0&AANTAL=100' }],
};

const byNumber: Asked = {
  klanten: places.map((place) => ({ path: `/klanten/${firstKlant + place}` })),
  lists: [{ path: '/klanten' }],
};

/**
 * Starts everybody who can read klanten here, the gateway with its cache off.
 *
 * @param without the optional ones that are not wanted
 */
export async function startReaders(
  stage: Stage,
  without: readonly string[],
): Promise<{ readers: Reader[]; leftOut: Readonly<Record<string, string>> }> {
  const crm = `${stage.backend.url}/100`;
  const headers = await clientHeaders();
  const asClient: Asked = {
    klanten: await readsOf(places.length),
    lists: [{ path: klantenPath, headers }],
  };
  const ownTokens = await readsWithOwnTokens(places.length);
  const withOwnTokens: Asked = {
    klanten: ownTokens,
    lists: ownTokens.map((read) => ({ ...read, path: klantenPath })),
  };
  const passThrough = await stage.start('pass-through', [crm]);
  const sameV8 = await stage.start('pass-through', [crm, 'as the gateway']);
  const gateway = await stage.startGateway({ crm });
  const verifying = await stage.startGateway({ crm });
  const interpreter = await stage.startGateway({ crm }, 'interpreter');
  const byHand = await stage.start('by-hand', [crm, JSON.stringify(settings), canonical + klantenPath]);
  const readers: Reader[] = [
    { name: 'pass-through', contender: passThrough, asked: likeTheCrm },
    { name: 'pass-through, V8 as in the gateway', contender: sameV8, asked: likeTheCrm },
    { name: 'gateway', contender: gateway, asked: asClient },
    { name: 'gateway, a new token each time', contender: verifying, asked: withOwnTokens },
    { name: 'gateway, interpreter', contender: interpreter, asked: asClient },
    { name: 'by hand', contender: byHand, asked: byNumber },
    { name: 'the backend, asked directly', contender: { ...stage.backend, url: crm }, asked: likeTheCrm },
  ];
  const leftOut: Record<string, string> = {};
  for (const { name, asked, start } of optional(stage, crm)) {
    const contender = without.includes(name.toLowerCase()) ? { leftOut: 'it is not wanted' } : await start();
    if ('leftOut' in contender) leftOut[name] = contender.leftOut;
    else readers.push({ name, contender, asked });
  }
  return { readers, leftOut };
}

/** Those that are not on every machine. */
function optional(stage: Stage, crm: string) {
  return [
    { name: 'Node-RED', asked: byNumber, start: () => startNodeRed(stage, crm) },
    { name: 'nginx', asked: likeTheCrm, start: () => startNginx(stage, crm) },
  ] as const;
}

async function startNodeRed(stage: Stage, crm: string): Promise<Contender | LeftOut> {
  const installed = await installNodeRed();
  if (typeof installed !== 'string') return installed;
  return stage.start('node-red', [installed, await writeFlows(stage.folder, crm)]);
}
