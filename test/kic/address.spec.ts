import { expect } from 'chai';
import fc from 'fast-check';
import { isObject, type JsonObject } from '../../src/json.ts';
import { addressParts, addressText } from '../../src/kic/address.ts';
import { runningGateway } from '../kit/gateway.ts';
import { expectRefused } from '../verzoeken/samples.ts';
import { kicConfig, kicOf, ours, textIn } from './kic.ts';

const text = 'Dorpsstraat 12a-3, 1234 AB Utrecht, 6030';

const parts = {
  straatnaam: 'Dorpsstraat',
  huisnummer: 12,
  huisletter: 'a',
  huisnummertoevoeging: '3',
  postcode: '1234 AB',
  woonplaatsnaam: 'Utrecht',
  landcode: '6030',
} as const;

/** Nothing but a street. */
const unparted = (straatnaam: string): JsonObject => ({
  straatnaam,
  huisnummer: null,
  huisletter: '',
  huisnummertoevoeging: '',
  postcode: '',
  woonplaatsnaam: '',
  landcode: '',
});

/** A part: what may be in one, trimmed. */
const part = (max: number) => fc.string({ maxLength: max, unit: 'grapheme' }).map((value) => value.trim());

const anyParts = fc.record({
  straatnaam: part(20),
  huisnummer: fc.option(fc.nat(99_999)),
  huisletter: fc.constantFrom('', 'a', 'B'),
  huisnummertoevoeging: fc.constantFrom('', '3', 'bis', 'III'),
  postcode: fc.constantFrom('', '1234 AB', '1234ab', '1234'),
  woonplaatsnaam: part(20),
  landcode: fc.constantFrom('', '6030', 'BE'),
});

/** Texts that look like addresses, and texts that do not. */
const anyText = fc.oneof(
  anyParts.map(addressText),
  fc.string({ maxLength: 150 }),
  fc
    .array(fc.constantFrom('Dorp', ' ', ',', ', ', '12', 'a', '-', '3', '1234 AB', '6030', '007', '\n'), {
      maxLength: 14,
    })
    .map((pieces) => pieces.join('')),
);

describe('kic B2: an address as one text', () => {
  it('comes of its parts, without those that are not there', () => {
    const cases: [JsonObject, string][] = [
      [parts, text],
      [{ ...parts, landcode: '' }, 'Dorpsstraat 12a-3, 1234 AB Utrecht'],
      [{ ...parts, huisletter: '', huisnummertoevoeging: '' }, 'Dorpsstraat 12, 1234 AB Utrecht, 6030'],
      [
        { ...parts, huisnummer: null, huisletter: '', huisnummertoevoeging: '' },
        'Dorpsstraat, 1234 AB Utrecht, 6030',
      ],
      [{ ...parts, huisnummer: 0 }, 'Dorpsstraat 0a-3, 1234 AB Utrecht, 6030'],
      [{ woonplaatsnaam: 'Utrecht' }, 'Utrecht'],
      [{}, ''],
    ];
    for (const [given, wanted] of cases) expect(addressText(given)).to.equal(wanted);
    expect(addressText(null)).to.equal('');
  });

  it('becomes parts only when these come to the same text again', () => {
    expect(addressParts(text)).to.deep.equal(parts);
    expect(addressParts('Dorpsstraat 007, 1234 AB Utrecht')).to.deep.equal(
      unparted('Dorpsstraat 007, 1234 AB Utrecht'),
    );
    expect(addressParts('Dorpsstraat 12')).to.deep.equal({ ...unparted('Dorpsstraat'), huisnummer: 12 });
    expect(addressParts('x'.repeat(100))).to.deep.equal(unparted('x'.repeat(100)));
    expect(addressParts('x'.repeat(101))).to.equal(undefined);
  });

  it('is never changed by being taken apart', () => {
    fc.assert(
      fc.property(anyText, (given) => {
        const value = given.trim();
        const found = addressParts(value);
        if (found) expect(addressText(found)).to.equal(value);
        else expect(Array.from(value).length).to.be.greaterThan(100);
      }),
      { numRuns: 2000 },
    );
  });

  it('of a whole Dutch address is taken apart into the same parts', () => {
    const whole = fc.record({
      straatnaam: fc.constantFrom('Dorpsstraat', "'s-Gravendijkwal", 'Laan van 12 Apostelen', 'Plein 1944'),
      huisnummer: fc.nat(99_999),
      huisletter: fc.constantFrom('', 'a', 'B'),
      huisnummertoevoeging: fc.constantFrom('', '3', 'bis', 'hs-2'),
      postcode: fc.constantFrom('1234 AB', '1234ab'),
      woonplaatsnaam: fc.constantFrom('Utrecht', 'Bergen (NH)', "'s-Hertogenbosch"),
      landcode: fc.constantFrom('', '6030'),
    });
    fc.assert(
      fc.property(whole, (given) => {
        expect(addressParts(addressText(given))).to.deep.equal(given);
      }),
    );
  });
});

describe('kic B2: writing an address', () => {
  const gateway = runningGateway({ config: kicConfig });
  const { made, read, ourKlant, row } = kicOf(gateway);
  let url = '';

  const withParts = async (adres: JsonObject = parts) =>
    (await ourKlant({ adres })).replace('/klanten/api', '/kic/api');
  const written = async (adres: string) => {
    const answer = await gateway.patch(url, { adres });
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body.adres).to.equal(adres);
    expect((await read(url)).adres).to.equal(adres);
    return (await read(ours(url))).adres;
  };

  beforeEach(async () => {
    url = await withParts();
  });

  it('(1) as it is shown changes nothing, also when it could not be written anew', async () => {
    const long = { ...parts, straatnaam: 'x, '.repeat(33) + 'x', woonplaatsnaam: 'y'.repeat(80) };
    url = await withParts(long);
    const before = await row(url);
    const shown = textIn((await read(url)).adres);
    expect(shown).to.have.length.greaterThan(100);
    expect((await gateway.put(url, { adres: ` ${shown} ` })).status).to.equal(200);
    expect(await row(url)).to.deep.equal(before);
  });

  it('(2) that can be taken apart is kept in parts', async () => {
    expect(await written('Kerkplein 7, 4321ZZ Zeist')).to.deep.equal({
      ...unparted('Kerkplein'),
      huisnummer: 7,
      postcode: '4321ZZ',
      woonplaatsnaam: 'Zeist',
    });
  });

  it('(3) that cannot is kept as it is, and nothing is left of the old one', async () => {
    expect(await written('Postbus 1, Antwerpen')).to.deep.equal(unparted('Postbus 1, Antwerpen'));
    expect(await written('x'.repeat(100))).to.deep.equal(unparted('x'.repeat(100)));
  });

  it('(5) that is too long for that is refused, and nothing is written', async () => {
    const before = await row(url);
    expectRefused(await gateway.patch(url, { adres: 'x'.repeat(101) }), 'adres max_length');
    expectRefused(await gateway.patch(url, { adres: 'x'.repeat(1000) }), 'adres max_length');
    expect(await row(url)).to.deep.equal(before);
  });

  it('is refused once when it is longer than any address', async () => {
    expectRefused(await gateway.patch(url, { adres: 'x'.repeat(1001) }), 'adres max_length');
  });

  it('of characters that are no text is refused for that alone', async () => {
    expectRefused(await gateway.patch(url, { adres: 'a\0b' }), 'adres null_characters_not_allowed');
  });

  it('of blank clears all of it', async () => {
    expect((await gateway.patch(url, { adres: '' })).body.adres).to.equal('');
    expect((await read(ours(url))).adres).to.equal(null);
  });

  it('on a create is kept in the same ways', async () => {
    const { adres } = await read(ours(await made('klanten', { adres: text })));
    expect(isObject(adres) && adres).to.deep.equal(parts);
  });

  it('of any text gives exactly that text back, or 400', () =>
    fc.assert(
      fc.asyncProperty(anyText, async (given) => {
        const answer = await gateway.patch(url, { adres: given });
        if (answer.status === 400) return;
        expect(answer.status, answer.text).to.equal(200);
        expect((await read(url)).adres).to.equal(given.trim());
      }),
      { numRuns: 30 },
    ));
});
