import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/json.ts';
import { differences } from '../../src/register/plan.ts';

const columns: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.constantFrom('NAAM', 'HNDNM', 'TEL1', 'EMAIL', 'ADRES'),
  fc.oneof(
    fc.constantFrom('', 'a', 'b', 1, true, null),
    fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
    fc.constantFrom({ STR: 'a' }, { STR: 'b' }, {}),
  ),
);

describe('The columns that a write changes', () => {
  it('are those that differ', () => {
    const before = { NAAM: 'a', TEL1: '1', HNDNM: ['a'] };
    expect(differences(before, { ...before, TEL1: '2' })).to.deep.equal({ TEL1: '2' });
    expect(differences(before, { ...before, HNDNM: ['a', 'b'] })).to.deep.equal({ HNDNM: ['a', 'b'] });
    expect(differences(before, { ...before, EMAIL: 'c' })).to.deep.equal({ EMAIL: 'c' });
  });

  it('are emptied when they are no longer there', () => {
    expect(differences({ NAAM: 'a', TEL1: '1' }, { NAAM: 'a' })).to.deep.equal({ TEL1: null });
  });

  it('are none when nothing changes', () => {
    fc.assert(
      fc.property(columns, (before) => {
        expect(differences(before, structuredClone(before))).to.deep.equal({});
      }),
    );
  });

  it('make what is stored into what it should be, and name nothing else', () => {
    fc.assert(
      fc.property(columns, columns, (before, after) => {
        const changes = differences(before, after);
        const emptied = Object.keys(before).filter((name) => !(name in after));
        const wanted = { ...after, ...Object.fromEntries(emptied.map((name) => [name, null])) };
        expect({ ...before, ...changes }).to.deep.equal(wanted);
        for (const [name, value] of Object.entries(changes)) {
          if (name in before && name in after) expect(before[name]).not.to.deep.equal(value);
        }
      }),
      { numRuns: 300 },
    );
  });
});
