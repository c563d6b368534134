import type { BackendRequest, Send, SendContext } from '../backend/send.ts';
import { isObject, type Json } from '../json.ts';
import { BackendProblem } from '../problem.ts';
import { withoutQuery } from '../url.ts';
import { listRelations } from './relations.ts';

/** A register with the Documenten API, in which our verzoekinformatieobjecten are mirrored. */
export interface DocumentenRegister {
  readonly name: string;
  readonly root: string;
  /**
   * Makes the mirror of a relation.
   *
   * @param verzoek the canonical URL of the verzoek
   * @param informatieobject its URL in this register
   * @returns false when it was not made, or when nobody can tell; the operator hears why
   */
  createRelation(verzoek: string, informatieobject: string, work: SendContext): Promise<boolean>;
  /**
   * Removes the mirror of a relation. One that is not there is removed already.
   *
   * @param verzoeken the URLs of the verzoek, one for each of our base URLs
   * @returns false when one may still be there; the operator hears why
   */
  removeRelation(verzoeken: readonly string[], informatieobject: string, work: SendContext): Promise<boolean>;
  /**
   * What the relations of a verzoek are with, each once, as URLs under this register's root.
   *
   * @param verzoeken as above
   * @returns undefined when the register does not tell; the operator hears why
   */
  relatedTo(verzoeken: readonly string[], work: SendContext): Promise<readonly string[] | undefined>;
}

const list = 'objectinformatieobjecten';
/** What the events of a write that nobody answered call it. */
const resource = 'objectinformatieobject';

/** @param send calls under the root */
export function documentenRegister(name: string, root: string, send: Send): DocumentenRegister {
  const unexpected = (status: number | undefined, { observe }: SendContext): void => {
    const known = status === undefined ? {} : { status };
    observe({ event: 'backend-failed', backend: name, reason: 'unexpected-answer', ...known });
  };

  /** What is read from each relation that passes the filters; undefined when the register does not tell. */
  async function each(
    filters: readonly (readonly [string, string])[],
    read: (item: Json) => string | undefined,
    work: SendContext,
  ): Promise<string[] | undefined> {
    const listed = await unlessProblem(listRelations(name, send, list, filters, work));
    if (!listed || 'refused' in listed) return undefined;
    const found = listed.items.flatMap((item) => read(item) ?? []);
    if (found.length === listed.items.length) return found;
    // A register that does not know the filters shows the relations of others, which are not ours to remove.
    unexpected(undefined, work);
    return undefined;
  }

  /** The ids of the relations of a verzoek with a document; undefined when the register does not tell. */
  function find(verzoek: string, document: string, work: SendContext): Promise<string[] | undefined> {
    const filters = [
      ['object', verzoek],
      ['informatieobject', document],
    ] as const;
    return each(filters, (item) => idOfRelation(item, verzoek, document), work);
  }

  /** Whether a relation was made after all, when its creation was not answered as it should be. */
  async function wasMade(verzoek: string, document: string, work: SendContext): Promise<boolean> {
    const operation = 'create';
    const found = await find(verzoek, document, work);
    if (!found) {
      work.observe({ event: 'write-outcome-unknown', resource, operation });
      return false;
    }
    const made = found.length > 0;
    work.observe({ event: 'write-settled', resource, operation, outcome: made ? 'done' : 'not-done' });
    return made;
  }

  /** Whether a relation is gone: also when its removal was not answered, and a look shows that it was done. */
  async function remove(id: string, verzoek: string, document: string, work: SendContext): Promise<boolean> {
    const operation = 'delete';
    try {
      await send(requestOf('DELETE', [list, id]), work);
      return true;
    } catch (error) {
      if (!(error instanceof BackendProblem)) throw error;
      if (error.outcome !== 'unknown') return false;
      const found = await find(verzoek, document, work);
      if (!found) work.observe({ event: 'write-outcome-unknown', resource, operation });
      return found?.includes(id) === false;
    }
  }

  return {
    name,
    root,
    async createRelation(verzoek, informatieobject, work) {
      const document = withoutQuery(informatieobject);
      const body = { object: verzoek, informatieobject: document, objectType: 'verzoek' };
      try {
        const { meaning, status } = await send({ ...requestOf('POST', [list]), body }, work);
        if (status === 201) return true;
        unexpected(status, work);
        return meaning === 'ok' && (await wasMade(verzoek, document, work));
      } catch (error) {
        if (!(error instanceof BackendProblem)) throw error;
        return error.outcome === 'unknown' && (await wasMade(verzoek, document, work));
      }
    },

    async removeRelation(verzoeken, informatieobject, work) {
      const document = withoutQuery(informatieobject);
      const relations = new Map<string, string>();
      // Everything is found before anything is removed, so that a register that does not tell keeps all of it.
      for (const verzoek of verzoeken) {
        const found = await find(verzoek, document, work);
        if (!found) return false;
        for (const id of found) relations.set(id, verzoek);
      }
      for (const [id, verzoek] of relations) if (!(await remove(id, verzoek, document, work))) return false;
      return true;
    },

    async relatedTo(verzoeken, work) {
      const related = new Set<string>();
      for (const verzoek of verzoeken) {
        const documents = await each([['object', verzoek]], (item) => documentOf(item, verzoek), work);
        if (!documents) return undefined;
        for (const document of documents) related.add(`${root}/enkelvoudiginformatieobjecten/${document}`);
      }
      return [...related];
    },
  };
}

function requestOf(method: BackendRequest['method'], path: readonly string[]): BackendRequest {
  return { method, path, query: [], headers: {} };
}

/** Undefined when a call gave no usable answer, which the operator has heard by then. */
async function unlessProblem<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof BackendProblem) return undefined;
    throw error;
  }
}

/**
 * The id of a relation, when it is the one that was asked for. A register writes URLs of its own under a name of its
 * own choice, so of those only the end is compared; and it is never called under that name.
 */
function idOfRelation(item: Json, verzoek: string, document: string): string | undefined {
  if (!isObject(item) || documentOf(item, verzoek) !== lastSegment(document)) return undefined;
  return idIn(item.url);
}

/** The id of the document that a relation of this verzoek is with. */
function documentOf(item: Json, verzoek: string): string | undefined {
  return isObject(item) && item.object === verzoek ? idIn(item.informatieobject) : undefined;
}

function idIn(url: Json | undefined): string | undefined {
  const id = lastSegment(url);
  return id !== undefined && /^[A-Za-z0-9-]+$/.test(id) ? id : undefined;
}

function lastSegment(url: Json | undefined): string | undefined {
  return typeof url === 'string' ? /[^/]+$/.exec(withoutQuery(url))?.[0] : undefined;
}
