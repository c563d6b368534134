import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BackendFault, type BackendRequest, problemOf, type Send } from '../../src/backend/send.ts';
import { interpret } from '../../src/backend/interpret.ts';
import { deadlineIn } from '../../src/deadline.ts';
import { linksThrough } from '../../src/gateway/crm-links.ts';
import { ownUrls } from '../../src/gateway/own-urls.ts';
import { isObject, type Json, type JsonObject } from '../../src/json.ts';
import { loadMappingSet } from '../../src/mapping/load.ts';
import type { Event } from '../../src/observe/events.ts';
import { BackendProblem, Problem } from '../../src/problem.ts';
import { openRegister } from '../../src/register/index.ts';
import { openKeptIds } from '../../src/register/kept-ids.ts';
import { recordCache } from '../../src/register/record-cache.ts';
import { mappedResources as resources } from '../../src/resources/index.ts';
import type { Files } from '../mapping/set.ts';

/** A request as a scripted backend gets it. */
export interface Asked {
  readonly backend: string;
  /** `/people/7` */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What a scripted backend answers; with a 200 when it is only a body. */
export type Answering = (asked: Asked) => Json | { readonly status: number } | Promise<Json>;

/** Registers on the mapping set of these files, with backends that answer as they are told. */
export async function registersOf(files: Files, answering: Answering) {
  const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-register-'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const ports = { clock: { now: () => 0 }, random: () => 0 };
  const set = await loadMappingSet(folder, { resources, settings: {}, ...ports });
  await rm(folder, { recursive: true });

  const asked: Asked[] = [];
  const events: Event[] = [];
  const backendOf = (backend: string): Send =>
    asProblems(
      interpret(
        backend,
        async (request) => {
          const call = { backend, ...shown(request) };
          asked.push(call);
          const answer = await answering(call);
          const status = isObject(answer) && typeof answer.status === 'number' ? answer.status : 200;
          return { status, headers: {}, body: Buffer.from(JSON.stringify(answer)) };
        },
        set.errors[backend] ?? [],
      ),
    );
  const mapped = [...set.resources.values()];
  const urls = ownUrls(
    { canonical: 'https://klantbrug.test', further: [] },
    new Map(['klanten', 'contactmomenten', 'verzoeken'].map((api) => [api, `/${api}/api/v1`])),
    mapped.map(({ resource }) => resource),
  );
  const links = linksThrough(urls, set, openKeptIds(set.keptIds, backendOf));
  const cache = { records: recordCache(1, 1), staleMs: undefined };
  return {
    links,
    /** Every request so far, oldest first. */
    asked,
    events,
    work: () => ({
      deadline: deadlineIn(10_000),
      observe: (event: Event) => events.push(event),
      caller: undefined,
      trace: { mappingMs: 0, backendMs: 0, backendCalls: 0, cache: 'none' as const },
    }),
    register: (name: string) => {
      const one = set.resources.get(name);
      if (!one) throw new Error(`The set has no ${name}.`);
      return openRegister(one, backendOf, cache, links);
    },
  };
}

/** A stretch of a list as the backends of these specs answer it. */
export function stretchOf(rows: readonly JsonObject[], { query }: Asked): JsonObject {
  const offset = Number(query.offset);
  return { total: rows.length, items: rows.slice(offset, offset + Number(query.limit)) };
}

/** The problem that something ends in, as its status; 0 when it does not. */
export async function statusOf(work: Promise<unknown>): Promise<number> {
  try {
    await work;
    return 0;
  } catch (error) {
    if (error instanceof Problem) return error.status;
    throw error;
  }
}

function shown({ path: segments, query }: BackendRequest): Omit<Asked, 'backend'> {
  return { path: `/${segments.join('/')}`, query: Object.fromEntries(query) };
}

function asProblems(next: Send): Send {
  return async (request, context) => {
    try {
      return await next(request, context);
    } catch (error) {
      throw error instanceof BackendFault ? new BackendProblem(problemOf(error), error.outcome) : error;
    }
  };
}
