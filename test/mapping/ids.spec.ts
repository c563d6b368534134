import { expect } from 'chai';
import fc from 'fast-check';
import { assignedUuid, type CrmId, type IdForm, idCodec, idForms } from '../../src/mapping/ids.ts';

type Packed = Exclude<IdForm, 'uuid' | 'url'>;

/** UUIDs that clients may hold: never to be changed. All of resource `klant`. */
const golden: [Packed, string, CrmId][] = [
  ['integer', '14dffb00-0000-8000-8000-000000000000', 0],
  ['integer', '16dfe800-0000-8000-8000-000000000007', 7],
  ['integer', '1cfc2000-0000-8000-8000-0000075bcd15', 123456789],
  ['integer', '1fbb5f00-0000-8000-801f-ffffffffffff', 9007199254740991],
  ['base62', '2dec9a00-0000-8000-8000-000000000001', '0'],
  ['base62', '20d0a600-0000-8000-8000-00000003b280', '0017'],
  ['base62', '2be9ff00-029b-8d32-9cd2-d2d4ce6fe913', '0031t00000AbCdE'],
  ['base62', '26537100-a19d-80c4-ba5d-1eb30c0868ea', 'zzzzzzzzzzzzzzz'],
  ['hexadecimal', '3c8de100-0000-8000-8000-000000000002', '0'],
  ['hexadecimal', '38e5b600-0000-8000-8000-000000002420', '00ff'],
  ['hexadecimal', '3cb9e700-0000-8000-8000-000000002421', '00FF'],
  ['hexadecimal', '31e4bf30-c818-8446-9c12-fbd154a94244', '507f1f77bcf86cd799439011'],
  ['hexadecimal', '3bfdb888-8888-8888-a222-222222222220', 'ffffffffffffffffffffffff'],
  ['hexadecimal', '34301188-8888-8888-a222-222222222221', 'FFFFFFFFFFFFFFFFFFFFFFFF'],
  ['ascii', '4d3b2700-0000-8000-8000-000000000001', ' '],
  ['ascii', '47877000-0000-8006-8226-71ffceba9e37', 'K-000123/b'],
  ['ascii', '414c6103-fb37-8816-872c-a098b0a26160', '~~~~~~~~~~~~~~'],
  ['salesforce', '6f802a00-029b-8838-ab24-3ff28949a8f4', '001D000000IqhSL'],
  ['salesforce', '6a653a00-029b-84ea-99b7-2dea1d18e8eb', '000000000000000'],
  ['salesforce', '6174ea00-a19d-80c4-ba5d-1eb30c0868ea', 'zzzzzzzzzzzzzzz'],
];

const lowerDigits = '0123456789abcdef';
const base62Digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const text = (digits: string, maxLength: number, minLength = 1) =>
  fc.string({ unit: fc.constantFrom(...Array.from(digits)), minLength, maxLength });

const ids: Record<IdForm, fc.Arbitrary<CrmId>> = {
  uuid: fc.uuid(),
  url: fc.uuid(),
  integer: fc.maxSafeNat(),
  base62: text(base62Digits, 15),
  hexadecimal: fc.oneof(text(lowerDigits, 24), text(lowerDigits.toUpperCase(), 24)),
  ascii: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 14 }),
  salesforce: text(base62Digits, 15, 15),
};

const packedForms = idForms.filter((form) => form !== 'uuid' && form !== 'url');
const versionEight = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The UUID of an id that must have one. */
function uuidFor(form: IdForm, id: unknown, resource = 'klant'): string {
  const uuid = idCodec(form, resource).toUuid(id);
  if (uuid === undefined) throw new Error(`no UUID in form ${form}`);
  return uuid;
}

/** The same UUID with one of its 128 bits (0 is the last) turned. */
function flipped(uuid: string, bit: number): string {
  const bits = BigInt(`0x${uuid.replaceAll('-', '')}`) ^ (1n << BigInt(bit));
  return bits
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

describe('ids of a CRM as UUIDs', () => {
  describe('golden values', () => {
    for (const [form, uuid, id] of golden) {
      it(`${form} ${JSON.stringify(id)} is ${uuid}, both ways`, () => {
        expect(idCodec(form, 'klant').toUuid(id)).to.equal(uuid);
        expect(idCodec(form, 'klant').fromUuid(uuid)).to.equal(id);
      });
    }

    it('another resource has another UUID for the same id', () => {
      expect(idCodec('integer', 'contactmoment').toUuid(7)).to.equal('151b3100-0000-8000-8000-000000000007');
    });
  });

  for (const form of idForms) {
    it(`${form}: out and in again gives the same id`, () => {
      fc.assert(
        fc.property(ids[form], (id) => {
          expect(idCodec(form, 'klant').fromUuid(uuidFor(form, id))).to.equal(id);
        }),
      );
    });

    it(`${form}: distinct ids have distinct UUIDs`, () => {
      fc.assert(
        fc.property(fc.uniqueArray(ids[form], { minLength: 2, maxLength: 20 }), (some) => {
          expect(new Set(some.map((id) => uuidFor(form, id))).size).to.equal(some.length);
        }),
      );
    });

    it(`${form}: any value at all gives a UUID or undefined, never an exception`, () => {
      fc.assert(
        fc.property(fc.anything({ withBigInt: true, withDate: true }), (value) => {
          expect(idCodec(form, 'klant').toUuid(value) ?? '').to.match(/^$|^[0-9a-f-]{36}$/);
        }),
      );
    });

    it(`${form}: text that is no UUID is not one of ours`, () => {
      const fitting: [IdForm, unknown][] = [
        ['uuid', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
        ['url', 'https://crm.example/klanten/6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
        ['integer', 7],
        ['salesforce', '001D000000IqhSL'],
      ];
      const uuid = uuidFor(form, new Map<IdForm, unknown>(fitting).get(form) ?? '7');
      const spoiled = [
        '',
        `{${uuid}}`,
        `urn:uuid:${uuid}`,
        ` ${uuid}`,
        `${uuid}\n`,
        uuid.replaceAll('-', ''),
        uuid.slice(1),
      ];
      for (const wrong of [...spoiled, uuid.replace(/.$/, 'g')]) {
        expect(idCodec(form, 'klant').fromUuid(wrong), wrong).to.equal(undefined);
      }
    });
  }

  it('url: the UUID at the end of a URL, and of nothing else', () => {
    const codec = idCodec('url', 'klant');
    const uuid = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    expect(codec.toUuid(`https://crm.example/klanten/${uuid.toUpperCase()}?versie=2`)).to.equal(uuid);
    for (const wrong of [
      `https://crm.example/${uuid}/klanten`,
      `https://crm.example/klanten/${uuid}/`,
      uuid.slice(1),
    ])
      expect(codec.toUuid(wrong), wrong).to.equal(undefined);
  });

  for (const form of packedForms) {
    it(`${form}: the UUID is of version 8, in lower case, and read in any case`, () => {
      fc.assert(
        fc.property(ids[form], (id) => {
          const uuid = uuidFor(form, id);
          expect(uuid).to.match(versionEight);
          expect(idCodec(form, 'klant').fromUuid(uuid.toUpperCase())).to.equal(id);
        }),
      );
    });

    it(`${form}: no random UUID of version 4 is taken for ours`, () => {
      fc.assert(
        fc.property(fc.uuid({ version: 4 }), (uuid) => {
          expect(idCodec(form, 'klant').fromUuid(uuid)).to.equal(undefined);
        }),
      );
    });

    it(`${form}: the UUIDs of another form and of another resource are refused`, () => {
      for (const [other, uuid] of golden) {
        if (other !== form) expect(idCodec(form, 'klant').fromUuid(uuid), uuid).to.equal(undefined);
        expect(idCodec(form, 'contactmoment').fromUuid(uuid), uuid).to.equal(undefined);
      }
    });

    // A checksum of 20 bits lets one flip in a million through, so the ids here are always the same ones.
    it(`${form}: a UUID with any one of its bits flipped is refused`, () => {
      const bit = fc.nat({ max: 127 });
      fc.assert(
        fc.property(ids[form], bit, (id, position) => {
          const uuid = flipped(uuidFor(form, id), position);
          expect(idCodec(form, 'klant').fromUuid(uuid), uuid).to.equal(undefined);
        }),
        { seed: 1, numRuns: 500 },
      );
    });
  }

  it('golden UUIDs with any one of their bits flipped are refused', () => {
    for (const [form, uuid] of golden) {
      for (let bit = 0; bit < 128; bit += 1) {
        expect(idCodec(form, 'klant').fromUuid(flipped(uuid, bit)), `bit ${bit} of ${uuid}`).to.equal(
          undefined,
        );
      }
    }
  });

  describe('what fits a form', () => {
    it('uuid: any version, in lower case from then on; no braces, no prefix', () => {
      const codec = idCodec('uuid', 'klant');
      expect(codec.toUuid('6BA7B810-9DAD-11D1-80B4-00C04FD430C8')).to.equal(
        '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      );
      expect(codec.fromUuid('6BA7B810-9DAD-11D1-80B4-00C04FD430C8')).to.equal(
        '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      );
      expect(codec.toUuid('{6ba7b810-9dad-11d1-80b4-00c04fd430c8}')).to.equal(undefined);
    });

    it('integer: digits are the same id as the number, and come back as the number', () => {
      expect(uuidFor('integer', '7')).to.equal(uuidFor('integer', 7));
      expect(idCodec('integer', 'klant').fromUuid(uuidFor('integer', '7'))).to.equal(7);
      expect(uuidFor('integer', '9007199254740991')).to.equal(uuidFor('integer', Number.MAX_SAFE_INTEGER));
    });

    it('hexadecimal: digits alone have one UUID, the letters of either case their own', () => {
      expect(idCodec('hexadecimal', 'klant').fromUuid(uuidFor('hexadecimal', '0017'))).to.equal('0017');
      expect(uuidFor('hexadecimal', '00ff')).not.to.equal(uuidFor('hexadecimal', '00FF'));
    });

    it('salesforce: with its checksum and without it is the same id, and comes back without', () => {
      const codec = idCodec('salesforce', 'klant');
      expect(uuidFor('salesforce', '001D000000IqhSLIAZ')).to.equal(uuidFor('salesforce', '001D000000IqhSL'));
      expect(codec.fromUuid(uuidFor('salesforce', '001D000000IqhSLIAZ'))).to.equal('001D000000IqhSL');
      expect(uuidFor('salesforce', '001D000000IqhSl')).not.to.equal(uuidFor('salesforce', '001D000000IqhSL'));
    });

    const misfits: [IdForm, unknown[]][] = [
      ['uuid', ['', 'klant', 7, null, '6ba7b8109dad11d180b400c04fd430c8']],
      [
        'integer',
        [
          -1,
          1.5,
          NaN,
          Infinity,
          2 ** 53,
          '9007199254740992',
          '9'.repeat(17),
          '07',
          '',
          '-1',
          '1e3',
          '7\n',
          7n,
          null,
        ],
      ],
      ['base62', ['', 'A'.repeat(16), 'a-b', 'é', 'a\n', 7, null, ['a']]],
      ['hexadecimal', ['', 'f'.repeat(25), 'F'.repeat(25), 'aB', '0x1', 'g', 'a\n', 7, null]],
      [
        'salesforce',
        ['', 'A'.repeat(14), 'A'.repeat(16), '001D000000IqhSLIAA', '001d000000iqhslIAZ', 7, null],
      ],
      ['ascii', ['', 'a'.repeat(15), 'a\tb', 'a\n', 'a\u007f', 'é', '😀', 7, null, undefined, {}]],
    ];
    for (const [form, values] of misfits) {
      it(`${form}: a value that does not fit gives undefined`, () => {
        for (const value of values) {
          expect(idCodec(form, 'klant').toUuid(value), String(value)).to.equal(undefined);
        }
      });
    }
  });

  it('a payload out of range is refused although its checksum is right', () => {
    // Computed outside this code: integer 2^53, the empty text, digits that claim to be in upper case.
    expect(idCodec('integer', 'klant').fromUuid('10e0dd00-0000-8000-8020-000000000000')).to.equal(undefined);
    expect(idCodec('base62', 'klant').fromUuid('262f6500-0000-8000-8000-000000000000')).to.equal(undefined);
    expect(idCodec('hexadecimal', 'klant').fromUuid('3e9a1300-0000-8000-8000-000000000003')).to.equal(
      undefined,
    );
  });

  describe('that follow from a key that does not fit in one', () => {
    it('are the same each time, and never change', () => {
      expect(assignedUuid('sleutel-1', 'klant')).to.equal('22fb8ce0-3ac2-8162-bf10-d8761845e886');
      expect(assignedUuid('sleutel-1', 'verzoek')).to.equal('dbc16a40-ad44-836d-9c21-fed02688b796');
    });

    it('are UUIDs of version 8, another for each key', () => {
      fc.assert(
        fc.property(fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 2 }), (keys) => {
          const uuids = keys.map((key) => assignedUuid(key, 'klant'));
          expect(new Set(uuids).size).to.equal(keys.length);
          for (const uuid of uuids) expect(uuid).to.match(versionEight);
        }),
      );
    });
  });
});
