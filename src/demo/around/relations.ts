import { randomUUID } from 'node:crypto';
import type { Reply } from '../crm/reply.ts';
import type { Collection, Row } from './collection.ts';
import { complaintsAbout } from './fields.ts';
import type { Check } from './fields.ts';
import { invalid, invalidWhole, notFound } from './problems.ts';
import type { RegisterCall, Route } from './register.ts';
import { noContent } from './reply.ts';

/** A resource that ties two objects together, of which one can be in another register. */
export interface RelationResource {
  /** Where it is found, such as http://127.0.0.1:8082/zaken/api/v1. */
  readonly root: string;
  readonly name: string;
  /** The two fields that can be there only once together, and that the list can be filtered by. */
  readonly pair: readonly [string, string];
  /** All fields that a caller fills. */
  readonly checks: Readonly<Record<string, Check>>;
  readonly stored: Collection;
  /** Why a relation cannot be written down now; undefined when it can. */
  readonly objectionToCreate?: (relation: Row) => Promise<Reply | undefined>;
  /** Why a relation cannot be removed now; undefined when it can. */
  readonly objectionToRemove?: (relation: Row) => Promise<Reply | undefined>;
}

/** The operations on such a resource: list (a bare array), read, create, delete. There is no update. */
export function relationRoutes(resource: RelationResource): Route[] {
  const list = `/${resource.name}`;
  const one = `${list}/{uuid}`;
  return [
    { method: 'GET', path: list, answer: (call) => listOf(resource, call) },
    { method: 'POST', path: list, answer: (call) => create(resource, call) },
    { method: 'GET', path: one, answer: (call) => read(resource, call) },
    { method: 'DELETE', path: one, answer: (call) => remove(resource, call) },
  ];
}

function listOf({ pair, stored }: RelationResource, { call }: RegisterCall): Reply {
  const filters = [...call.query];
  if (filters.some(([name]) => !pair.includes(name))) {
    return invalidWhole('unknown-parameters', `Alleen ${pair.join(' en ')} kunnen in de query.`);
  }
  const body = stored.rows().filter((row) => filters.every(([name, value]) => row[name] === value));
  return { status: 200, body };
}

async function create(resource: RelationResource, { body }: RegisterCall): Promise<Reply> {
  const { root, name, pair, checks, stored } = resource;
  const complaints = complaintsAbout(body, checks);
  if (complaints.length > 0) return invalid(complaints);
  const relation: Row = Object.fromEntries(Object.keys(checks).map((field) => [field, body[field]]));
  const objection = await resource.objectionToCreate?.(relation);
  if (objection !== undefined) return objection;
  // Only now, with nothing to wait for any more: two callers who bring the same one cannot both be the first.
  if (stored.rows().some((other) => pair.every((field) => other[field] === relation[field]))) {
    return invalidWhole('unique', `De velden ${pair.join(', ')} moeten een unieke set zijn.`);
  }
  const uuid = randomUUID();
  const url = `${root}/${name}/${uuid}`;
  const created = { url, uuid, ...relation };
  stored.put(uuid, created);
  return { status: 201, headers: { Location: url }, body: created };
}

function read({ stored }: RelationResource, { uuid }: RegisterCall): Reply {
  const relation = stored.find(uuid);
  return relation === undefined ? notFound() : { status: 200, body: relation };
}

async function remove(resource: RelationResource, { uuid }: RegisterCall): Promise<Reply> {
  const relation = resource.stored.find(uuid);
  if (relation === undefined) return notFound();
  const objection = await resource.objectionToRemove?.(relation);
  if (objection !== undefined) return objection;
  return resource.stored.remove(uuid) ? noContent : notFound();
}
