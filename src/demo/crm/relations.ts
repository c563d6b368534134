import { changed, readChange, refusalOf } from './change.ts';
import type { Endpoint, Writing } from './endpoint.ts';
import { showRelation } from './record.ts';
import { search } from './search.ts';
import type { Store } from './store.ts';

/** The table RELATIES. */
export function relations(store: Store): Endpoint {
  return {
    name: 'relaties',
    title: 'Relatie',
    key: 'RELNR',
    search(query, page) {
      const { total, relations: found } = search(store.all(), query, page);
      return { total, rows: found.map(showRelation) };
    },
    find(key) {
      const relation = store.find(key);
      return relation && showRelation(relation);
    },
    write: writing(store),
  };
}

function writing(store: Store): Writing {
  return {
    async create(given) {
      const columns = changed({}, readChange(given));
      return refusalOf(columns) ?? (await store.create(columns)).RELNR;
    },
    async update(key, given) {
      const relation = store.find(key);
      if (relation === undefined) return undefined;
      const change = readChange(given);
      return refusalOf(changed(relation, change)) ?? (await store.update(relation.RELNR, change))?.MUTNR;
    },
    remove: async (key) => {
      const relation = store.find(key);
      return relation !== undefined && store.remove(relation.RELNR);
    },
  };
}
