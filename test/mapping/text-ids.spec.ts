import { expect } from 'chai';
import fc from 'fast-check';
import { idCodec, idForms } from '../../src/mapping/ids.ts';
import { textCodec, textUuid } from '../../src/mapping/text-ids.ts';
import { mistakesIn, soundSet } from './set.ts';

/** UUIDs that clients may hold: never to be changed. Computed outside this code. */
const golden: [key: string, resource: string, uuid: string][] = [
  ['Jansen/2024-000123/AB', 'klant', '795fe0f3-9532-8e97-aa7d-d16df748f9b5'],
  ['Jansen/2024-000123/AB', 'verzoek', '711adcfc-9c6d-8f07-82b7-e5802d8f295f'],
  ["O'Brien & zn/ß-001", 'klant', '750f7c82-32ee-8a5f-a7c0-34739c7a8fbb'],
  ['🌷'.repeat(200), 'klant', '7fb67837-8bb6-80e0-846d-b2a920754654'],
  [' ', 'klant', '7f809ec9-c69d-86d6-bed8-dec0f0886a8b'],
];

const ofText = /^7[0-9a-f]{7}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const keys = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((key) => key !== '' && !key.includes('://') && !key.includes('\u0000'));

const codec = textCodec('klant');

describe('ids of the form text', () => {
  for (const [key, resource, uuid] of golden) {
    it(`${uuid} stays what it is`, () => {
      expect(textCodec(resource).toUuid(key)).to.equal(uuid);
    });
  }

  it('have a UUID each, another for another resource, that tells nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(keys, { minLength: 2 }), (some) => {
        const uuids = some.flatMap((key) => [codec.toUuid(key), textCodec('verzoek').toUuid(key)]);
        expect(new Set(uuids).size).to.equal(2 * some.length);
        for (const uuid of uuids) {
          expect(uuid).to.match(ofText);
          expect(codec.fromUuid(uuid ?? '')).to.equal(undefined);
        }
      }),
    );
  });

  it('are kept exactly, and told from each other by every sign', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(codec.read(key)).to.equal(key);
        for (const changed of [`${key} `, ` ${key}`, `${key}\n`, key.normalize('NFD')])
          if (changed !== key) expect(codec.toUuid(changed)).not.to.equal(codec.toUuid(key));
      }),
    );
  });

  it('own their UUIDs, in capitals too, and no random one of version 4', () => {
    fc.assert(
      fc.property(keys, fc.uuid({ version: 4 }), (key, random) => {
        expect(codec.owns(textUuid(key, 'klant'))).to.equal(true);
        expect(codec.owns(textUuid(key, 'klant').toUpperCase())).to.equal(true);
        expect(codec.owns(random)).to.equal(false);
      }),
    );
  });

  it('have UUIDs that no other form of ours takes for its own, and the other way round', () => {
    const packed = idForms.filter((form) => form !== 'uuid' && form !== 'url');
    fc.assert(
      fc.property(keys, fc.constantFrom(...packed), (key, form) => {
        expect(idCodec(form, 'klant').fromUuid(textUuid(key, 'klant'))).to.equal(undefined);
      }),
    );
    for (const form of packed) {
      const uuid = idCodec(form, 'klant').toUuid(form === 'salesforce' ? '001D000000IqhSL' : '7') ?? '';
      expect(codec.owns(uuid), uuid).to.equal(false);
    }
  });

  it('are texts of 1 to 200 characters that are no URL', () => {
    const fitting = ['a', ' ', 'x'.repeat(200), '🌷'.repeat(200), 'a:/b', '007', 'a\tb\n'];
    for (const key of fitting) expect(codec.read(key), key).to.equal(key);
    const misfits = ['', 'x'.repeat(201), '🌷'.repeat(201), 'https://crm.example/1', 'a\u0000b', '\ud83c'];
    for (const value of [...misfits, 7, null, undefined, {}, ['a']]) {
      expect(codec.toUuid(value), JSON.stringify(value)).to.equal(undefined);
      expect(codec.read(value), JSON.stringify(value)).to.equal(undefined);
    }
  });

  it('any value at all gives a UUID or undefined, never an exception', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true }), fc.string(), (value, uuid) => {
        expect(codec.toUuid(value) ?? '').to.match(/^$|^[0-9a-f-]{36}$/);
        expect(codec.owns(uuid)).to.equal(false);
      }),
    );
  });

  describe('in mapping.yaml', () => {
    const kept =
      'keptIds: { backend: zaken, find: read.jsonata, resource: r, uuid: u, key: k, keep: create.jsonata }\n';
    const yaml = soundSet['mapping.yaml'];
    const withId = (id: string) => yaml.replace('{ field: NR, form: integer }', id);
    const mistakesOf = async (text: string) =>
      (await mistakesIn({ ...soundSet, 'mapping.yaml': text })).map(({ path, problem }) => [path, problem]);

    it('are fine by themselves', async () => {
      expect(await mistakesOf(withId('{ field: SLEUTEL, form: text }') + kept)).to.deep.equal([]);
    });

    it('are never a personal key', async () => {
      for (const field of ['BSN_NR', 'EMAIL', 'PERSONAL']) {
        const mistakes = await mistakesOf(withId(`{ field: ${field}, form: text }`));
        expect(
          mistakes.map(([path]) => path),
          field,
        ).to.deep.equal(['resources.klant.id.field']);
      }
    });

    it('are no half of an id, and nothing that we give', async () => {
      const pair = '{ field: A, form: integer, and: { field: B, form: text } }';
      const given = '{ field: A, form: text, given: true }';
      for (const id of [pair, given]) {
        expect(
          (await mistakesOf(withId(id))).map(([path]) => path),
          id,
        ).to.deep.equal(['resources.klant.id']);
      }
    });

    it('are those of the last part: any text can be one', async () => {
      const [head = '', klant = ''] = withId('{ field: SLEUTEL, form: text }').split('  klant:');
      const parts = (first: string, second: string) =>
        `${head}  klant.een:${klant.replace('form: text', `form: ${first}`)}` +
        `  klant.twee:${klant.replace('form: text', `form: ${second}`)}`;
      expect(await mistakesOf(parts('integer', 'text'))).to.deep.equal([]);
      expect(await mistakesOf(parts('text', 'text'))).to.deep.equal([
        ['resources.klant.een.id.form', 'any text can be an id of this form, also one of the parts after it'],
      ]);
    });

    it('are looked up at a backend that there is, by files that there are', async () => {
      const wrong = kept.replace('zaken', 'zakn').replace('read.jsonata', 'lost.jsonata');
      const mistakes = await mistakesOf(wrong + yaml);
      expect(mistakes).to.deep.include(['keptIds.backend', "unknown backend 'zakn': did you mean 'zaken'?"]);
      expect(mistakes).to.deep.include(['keptIds.find', "there is no file 'lost.jsonata' that can be read"]);
    });
  });
});
