import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject, scalarText } from '../../../json.ts';
import { uuidOf } from '../made.ts';
import { type Arrived, refusal, type Reply, type StandIn } from './reply.ts';

/** A mirror of a verzoekinformatieobject. */
export interface Mirror {
  readonly url: string;
  readonly object: string;
  readonly informatieobject: string;
  readonly objectType: string;
}

/** Something that a check does while a mirror is made or removed. */
export type BeforeMirror = (action: 'create' | 'delete', mirror: Mirror) => Promise<boolean>;

/** The Documenten API of a run: documents that exist because they were asked for, and the mirrors that arrived. */
export interface Documenten {
  readonly answer: StandIn;
  /** The URL of a document that is there from now on. */
  informatieobject(): string;
  /** The URL of something else that this API has. */
  noInformatieobject(): string;
  /** How often somebody wanted a mirror made. */
  readonly asked: number;
  /** The mirrors of a document. */
  mirrorsOf(informatieobject: string): readonly Mirror[];
  /** What happens before a mirror of a document is made or removed; it is refused where this gives false. */
  before(informatieobject: string, hook: BeforeMirror): void;
  /** Forgets what would happen: to the mirrors of one document, or of all, so that everything can be removed. */
  forget(informatieobject?: string): void;
}

const list = '/objectinformatieobjecten';

/** @param root its public URL */
export function documentenStandIn(root: string): Documenten {
  const documents = new Set<string>();
  const mirrors = new Map<string, Mirror>();
  let asked = 0;
  const hooks = new Map<string, BeforeMirror>();
  const allows: BeforeMirror = (action, mirror) =>
    hooks.get(mirror.informatieobject)?.(action, mirror) ?? Promise.resolve(true);

  async function create({ body }: Arrived): Promise<Reply> {
    asked += 1;
    if (!isObject(body)) return refusal(400, 'invalid');
    const uuid = randomUUID();
    const mirror = mirrorIn(body, `${root}${list}/${uuid}`);
    if (!(await allows('create', mirror))) return refusal(400, 'invalid');
    mirrors.set(uuid, mirror);
    return { status: 201, body: { ...mirror }, headers: { Location: mirror.url } };
  }

  async function remove(uuid: string): Promise<Reply> {
    const mirror = mirrors.get(uuid);
    if (!mirror) return refusal(404, 'not_found');
    if (!(await allows('delete', mirror))) return refusal(400, 'invalid');
    mirrors.delete(uuid);
    return { status: 204 };
  }

  function find({ query }: Arrived): Reply {
    const wanted = ['object', 'informatieobject'] as const;
    const found = [...mirrors.values()].filter((mirror) =>
      wanted.every((name) => !query.has(name) || query.get(name) === mirror[name]),
    );
    return { status: 200, body: found.map((mirror) => ({ ...mirror })) };
  }

  function one(path: string): Reply {
    const uuid = uuidOf(path);
    if (path.startsWith('/gebruiksrechten/'))
      return { status: 200, body: { url: `${root}${path}`, omschrijving: '' } };
    const isThere = path === `/enkelvoudiginformatieobjecten/${uuid}` && documents.has(uuid);
    return isThere ? { status: 200, body: shownDocument(root, uuid) } : refusal(404, 'not_found');
  }

  return {
    answer(arrived) {
      const { method, path } = arrived;
      if (path === '/') return { status: 200, body: {} };
      if (path === list) return method === 'POST' ? create(arrived) : find(arrived);
      return method === 'DELETE' && path.startsWith(`${list}/`) ? remove(uuidOf(path)) : one(path);
    },
    get asked() {
      return asked;
    },
    informatieobject() {
      const uuid = randomUUID();
      documents.add(uuid);
      return `${root}/enkelvoudiginformatieobjecten/${uuid}`;
    },
    noInformatieobject: () => `${root}/gebruiksrechten/${randomUUID()}`,
    mirrorsOf: (informatieobject) =>
      [...mirrors.values()].filter((mirror) => mirror.informatieobject === informatieobject),
    before: (informatieobject, hook) => hooks.set(informatieobject, hook),
    forget(informatieobject) {
      if (informatieobject === undefined) hooks.clear();
      else hooks.delete(informatieobject);
    },
  };
}

function mirrorIn(body: JsonObject, url: string): Mirror {
  const text = (name: string): string => scalarText(body[name]) ?? '';
  return {
    url,
    object: text('object'),
    informatieobject: text('informatieobject'),
    objectType: text('objectType'),
  };
}

/** What is required of a document, and what readers of one expect besides. */
function shownDocument(root: string, uuid: string) {
  return {
    url: `${root}/enkelvoudiginformatieobjecten/${uuid}`,
    identificatie: `DOCUMENT-${uuid.slice(0, 8)}`,
    bronorganisatie: '123456782',
    creatiedatum: '2024-01-01',
    titel: 'Document van een conformiteitstest',
    auteur: 'Conformiteitstest',
    status: 'definitief',
    formaat: 'text/plain',
    taal: 'nld',
    versie: 1,
    informatieobjecttype: `${root}/informatieobjecttypen/00000000-0000-4000-8000-000000000000`,
  };
}
