import { expect } from 'chai';
import { mistakesIn, soundSet } from '../mapping/set.ts';

const trail = `  audittrail:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: from.jsonata, to: to.jsonata }
    read: { request: read.jsonata }
    list: { request: list.jsonata, records: ITEMS, total: TOTAL, paging: { by: offset, size: 50 } }
    create: [{ request: create.jsonata, id: NR }]
    delete: [{ request: delete.jsonata }]
`;

const setWith = (text: string) => ({ ...soundSet, 'mapping.yaml': `${soundSet['mapping.yaml']}${text}` });

describe('an audit trail in a mapping set', () => {
  it('may do without an update', async () => {
    expect(await mistakesIn(setWith(trail))).to.deep.equal([]);
  });

  for (const operation of ['list', 'create', 'delete']) {
    it(`cannot do without a ${operation}`, async () => {
      const line = new RegExp(` {4}${operation}: .*\\n`);
      const mistakes = await mistakesIn(setWith(trail.replace(line, '')));
      expect(mistakes.map(({ path, problem }) => `${path}: ${problem ?? ''}`)).to.deep.equal([
        `resources.audittrail: it has no \`${operation}\``,
      ]);
    });
  }
});
