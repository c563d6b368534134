import { expect } from 'chai';
import fc from 'fast-check';
import { merge, unsetValues } from '../../src/contract/merge.ts';
import { fieldsOf } from '../../src/contract/resource.ts';
import { deepFreeze, isObject, type JsonObject } from '../../src/json.ts';
import { klant } from '../../src/resources/klant.ts';
import { anyKlant } from '../klant/arbitrary.ts';

/** A part of a klant: some of its keys, and of its objects some of theirs. */
function partOf(value: JsonObject): fc.Arbitrary<JsonObject> {
  return fc.subarray(Object.keys(value)).chain((names) => {
    const parts = names.map((name): [string, fc.Arbitrary<JsonObject[string]>] => {
      const inside = value[name] ?? null;
      return [name, isObject(inside) ? partOf(inside) : fc.constant(inside)];
    });
    return fc.record(Object.fromEntries(parts));
  });
}

/** A stored klant and a change of it that keeps its subjectType. */
const changes = fc
  .tuple(anyKlant(), anyKlant())
  .filter(([one, other]) => one.subjectType === other.subjectType)
  .chain(([one, other]) =>
    fc.record({ stored: fc.constant(merge(klant, undefined, one)), change: partOf(other) }),
  );

describe('merging a change: contract section 2.0', () => {
  const law = (demand: (stored: JsonObject, change: JsonObject) => void) => () => {
    fc.assert(
      fc.property(changes, ({ stored, change }) => {
        demand(deepFreeze(stored), deepFreeze(change));
      }),
      { numRuns: 60 },
    );
  };

  it(
    'merging nothing changes nothing',
    law((stored) => {
      expect(merge(klant, stored, {})).to.deep.equal(stored);
    }),
  );

  it(
    'merging a klant into itself changes nothing',
    law((stored) => {
      expect(merge(klant, stored, stored)).to.deep.equal(stored);
    }),
  );

  it(
    'merging twice is merging once',
    law((stored, change) => {
      const once = merge(klant, stored, change);
      expect(merge(klant, once, change)).to.deep.equal(once);
    }),
  );

  it(
    'what is supplied is there afterwards, what is omitted stays',
    law((stored, change) => {
      expectMerged(merge(klant, stored, change), stored, change);
    }),
  );

  it(
    "all keys are there afterwards, in the standard's order",
    law((stored, change) => {
      const merged = merge(klant, stored, change);
      expect(Object.keys(merged)).to.deep.equal(Object.keys(fieldsOf(klant, merged)));
    }),
  );

  it('a create is merged over a klant of which nothing is set', () => {
    const unset = unsetValues(klant.fields);
    expect(merge(klant, undefined, {})).to.deep.equal(unset);
    expect(merge(klant, undefined, { functie: 'gids' })).to.deep.equal({ ...unset, functie: 'gids' });
  });

  it('nothing that is unset is shared between two klanten', () => {
    const vestiging = { subjectType: 'vestiging', subjectIdentificatie: { vestigingsNummer: '1' } };
    const [one, other] = [merge(klant, undefined, vestiging), merge(klant, undefined, vestiging)];
    const names = [one, other].map(({ subjectIdentificatie }) =>
      isObject(subjectIdentificatie) ? subjectIdentificatie.handelsnaam : undefined,
    );
    expect(names).to.deep.equal([[], []]);
    expect(names[0]).not.to.equal(names[1]);
  });
});

function expectMerged(merged: JsonObject, stored: JsonObject, change: JsonObject): void {
  for (const [name, value] of Object.entries(merged)) {
    const [before, given] = [stored[name], change[name]];
    if (isObject(value) && isObject(given)) {
      expectMerged(value, isObject(before) ? before : {}, given);
    } else if (given !== undefined) {
      expect(value, name).to.deep.equal(given);
    } else if (before !== undefined) {
      expect(value, name).to.deep.equal(before);
    }
  }
}
