import { expect } from 'chai';
import fc from 'fast-check';
import { idCodec, idForms, type HalfForm, pairCodec } from '../../src/mapping/ids.ts';

type Forms = readonly [HalfForm, HalfForm];

const name = 'klantcontactmoment.hoofdcontact';

/** UUIDs that clients may hold: never to be changed. All of one part. */
const golden: readonly [Forms, string, [string | number, string | number]][] = [
  [['integer', 'integer'], '5a140300-0000-8000-8000-000000000000', [0, 0]],
  [['integer', 'integer'], '5c0a9d00-0000-803d-8336-0000000186a1', [500123, 100001]],
  [['integer', 'integer'], '52af3800-0000-800c-8d42-00000007a19b', [100001, 500123]],
  [['integer', 'integer'], '56d815ff-ffff-8fff-bfff-ffffffffffff', [562949953421311, 562949953421311]],
  [['base62', 'ascii'], '542cd400-0000-8000-8558-000004e7ec5e', ['A1', '~~ ~']],
  [['hexadecimal', 'integer'], '5c470e00-0000-8001-8840-000000000007', ['00ff', 7]],
  [['hexadecimal', 'integer'], '586f6000-0000-8001-8842-000000000007', ['00FF', 7]],
  [['ascii', 'base62'], '5affaa20-1833-8d3a-a2fe-c9d5a6147eea', ['~~~~~~~', 'zzzzzzzz']],
];

const text = (digits: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(digits)), minLength: 1, maxLength });

/** What always fits in half of a UUID. */
const halves: Readonly<Record<HalfForm, fc.Arbitrary<string | number>>> = {
  integer: fc.nat({ max: 2 ** 31 - 1 }).map((small) => small * 262_144 + (small % 262_144)),
  base62: text('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 8),
  hexadecimal: fc.oneof(text('0123456789abcdef', 11), text('0123456789ABCDEF', 11)),
  ascii: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 7 }),
};

const packedForms = idForms.filter(
  (form): form is HalfForm => form !== 'uuid' && form !== 'url' && form !== 'salesforce',
);
const allForms = packedForms.flatMap((first) => packedForms.map((second): Forms => [first, second]));
const anyForms = fc.constantFrom(...allForms);

/** Any two forms, with an id of them. */
const anyPair = anyForms.chain((forms) =>
  fc.record({ forms: fc.constant(forms), id: fc.tuple(halves[forms[0]], halves[forms[1]]) }),
);

const uuidFor = (forms: Forms, id: unknown, part = name): string =>
  pairCodec(forms, part).toUuid(id) ?? 'none';

describe('ids of two columns as UUIDs', () => {
  for (const [forms, uuid, id] of golden) {
    it(`${forms.join(' and ')} ${JSON.stringify(id)} is ${uuid}, both ways`, () => {
      expect(pairCodec(forms, name).toUuid(id)).to.equal(uuid);
      expect(pairCodec(forms, name).fromUuid(uuid)).to.deep.equal(id);
      expect(pairCodec(forms, name).fromUuid(uuid.toUpperCase())).to.deep.equal(id);
    });
  }

  it('out and in again gives the same two, whatever their forms', () => {
    fc.assert(
      fc.property(anyPair, ({ forms, id }) => {
        const uuid = uuidFor(forms, id);
        expect(uuid).to.match(/^5[0-9a-f]{7}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(pairCodec(forms, name).fromUuid(uuid)).to.deep.equal(id);
      }),
      { numRuns: 400 },
    );
  });

  it('two pairs that differ have UUIDs that differ', () => {
    fc.assert(
      fc.property(anyPair, anyPair, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(uuidFor(one.forms, one.id)).not.to.equal(uuidFor(other.forms, other.id));
      }),
    );
  });

  it('the order of the two matters', () => {
    expect(uuidFor(['integer', 'integer'], [7, 8])).not.to.equal(uuidFor(['integer', 'integer'], [8, 7]));
  });

  it('the UUID of another part, of other forms and of a single id is refused', () => {
    const codec = pairCodec(['integer', 'integer'], name);
    const others = [
      uuidFor(['integer', 'integer'], [500123, 100001], 'klantverzoek.aanvrager'),
      uuidFor(['integer', 'base62'], [500123, 'A1']),
      idCodec('integer', name).toUuid(500123) ?? '',
      '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      '',
    ];
    for (const other of others) expect(codec.fromUuid(other), other).to.equal(undefined);
    expect(idCodec('integer', name).fromUuid(golden[1]?.[1] ?? '')).to.equal(undefined);
  });

  it('a UUID with any one of its bits turned is refused', () => {
    for (const [forms, uuid] of golden) {
      for (let bit = 0n; bit < 128n; bit += 1n) {
        const turned = (BigInt(`0x${uuid.replaceAll('-', '')}`) ^ (1n << bit)).toString(16).padStart(32, '0');
        const spoiled = turned.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
        expect(pairCodec(forms, name).fromUuid(spoiled), `bit ${bit} of ${uuid}`).to.equal(undefined);
      }
    }
  });

  it('what is no pair, or has a half that does not fit, has no UUID', () => {
    const tooBig = 2 ** 49;
    const misfits: readonly [Forms, unknown][] = [
      [['integer', 'integer'], 7],
      [['integer', 'integer'], '7'],
      [['integer', 'integer'], []],
      [['integer', 'integer'], [7]],
      [
        ['integer', 'integer'],
        [7, 8, 9],
      ],
      [
        ['integer', 'integer'],
        [7, undefined],
      ],
      [
        ['integer', 'integer'],
        [null, 7],
      ],
      [
        ['integer', 'integer'],
        ['', 7],
      ],
      [
        ['integer', 'integer'],
        [tooBig, 7],
      ],
      [
        ['integer', 'integer'],
        [7, tooBig],
      ],
      [
        ['base62', 'base62'],
        ['zzzzzzzzz', 'a'],
      ],
      [
        ['ascii', 'ascii'],
        ['a', '~~~~~~~~'],
      ],
      [
        ['hexadecimal', 'integer'],
        ['ffffffffffff', 7],
      ],
    ];
    for (const [forms, id] of misfits) {
      expect(pairCodec(forms, name).toUuid(id), JSON.stringify(id)).to.equal(undefined);
    }
  });

  it('any value at all gives a UUID or undefined, never an exception', () => {
    const value = fc.anything({ withBigInt: true, withDate: true });
    fc.assert(
      fc.property(anyForms, fc.oneof(value, fc.tuple(value, value)), (forms, id) => {
        expect(pairCodec(forms, name).toUuid(id) ?? '').to.match(/^$|^[0-9a-f-]{36}$/);
      }),
    );
  });
});
