import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, failureOf } from './evaluate.ts';

type Parts = readonly [voornaam: string, voorletters: string, voorvoegsel: string, achternaam: string];

const names: Readonly<Record<string, Parts>> = {
  'Jan Pieter van der Berg': ['Jan Pieter', 'J.P.', 'van der', 'Berg'],
  'Berg, J.P. van der': ['', 'J.P.', 'van der', 'Berg'],
  'Berg, Jan van den': ['Jan', 'J.', 'van den', 'Berg'],
  'van der Berg, J.P.': ['', 'J.P.', 'van der', 'Berg'],
  'van der Berg': ['', '', 'van der', 'Berg'],
  'Jan Jansen': ['Jan', 'J.', '', 'Jansen'],
  'J. P. Jansen': ['', 'J.P.', '', 'Jansen'],
  'J Jansen': ['', 'J.', '', 'Jansen'],
  'Th.M. de Vries': ['', 'Th.M.', 'de', 'Vries'],
  'Anne-Marie  in ’t Veld': ['Anne-Marie', 'A.M.', 'in ’t', 'Veld'],
  "Gerard van 't Hek": ['Gerard', 'G.', "van 't", 'Hek'],
  'IJsbrand de Boer': ['IJsbrand', 'IJ.', 'de', 'Boer'],
  'Mohammed el Idrissi': ['Mohammed', 'M.', 'el', 'Idrissi'],
  'Jan de Vries-van den Berg': ['Jan', 'J.', 'de', 'Vries-van den Berg'],
  'Émile Zoë': ['Émile', 'É.', '', 'Zoë'],
  Jansen: ['', '', '', 'Jansen'],
};

const doubtful = [
  'Jan Pieter Jansen',
  'Jan Vries-van der Molen',
  'Jan Van Damme',
  'JAN VAN DER BERG',
  'Dr. Jansen',
  'mr. Jan Jansen',
  'Jansen, J., dr.',
  'Jansen,',
  ', Jan',
  'jan jansen',
  'Jan (Johannes) de Vries',
  'van der',
  'de Berg, Jan van',
  'J.P. Jan de Vries',
];

describe('$nameParts', () => {
  for (const [name, [voornaam, voorletters, voorvoegselAchternaam, achternaam]] of Object.entries(names)) {
    it(`takes '${name}' apart`, async () => {
      const given = { voornaam, voorletters, voorvoegselAchternaam, achternaam };
      const parts = Object.fromEntries(Object.entries(given).filter(([, part]) => part !== ''));
      expect(await evaluate('$nameParts(name)', { name })).to.deep.equal(parts);
    });
  }

  for (const name of doubtful) {
    it(`leaves '${name}' whole`, async () => {
      expect(await evaluate('$nameParts(name)', { name })).to.deep.equal({ achternaam: name });
    });
  }

  it('makes nothing of nothing', async () => {
    expect(
      await evaluate('[$nameParts(""), $nameParts(null), $nameParts(missing), $nameParts("  ")]'),
    ).to.deep.equal([]);
  });

  it('loses no letter of a name', async () => {
    const word = fc.oneof(
      fc.constantFrom('van', 'de', 'Jan', 'J.P.', 'Berg', 'Th.', 'dr.', "d'"),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 5 }), async (words) => {
        const name = words.join(' ').trim().replace(/\s+/g, ' ').replaceAll(',', '');
        if (name === '') return;
        const parts = await evaluate('$nameParts(name)', { name });
        const letters = (text: unknown): string => String(text).replace(/[\s.]/g, '');
        expect(letters(await evaluate('$fullName(parts)', { parts }))).to.equal(letters(name));
      }),
      { numRuns: 100 },
    );
  });
});

describe('$fullName and $initials', () => {
  it('put a name together', async () => {
    const name = (parts: object): Promise<unknown> => evaluate('$fullName(parts)', { parts });
    expect(await name({ voornaam: 'Jan', voorletters: 'J.', achternaam: 'Berg' })).to.equal('Jan Berg');
    expect(await name({ voorletters: 'J.', voorvoegselAchternaam: "d'", achternaam: 'Ancona' })).to.equal(
      "J. d'Ancona",
    );
    expect(await name({ voornaam: '', voorvoegselAchternaam: 'de', achternaam: 'Boer' })).to.equal('de Boer');
    expect(await name({ voornaam: 'Jan', achternaam: null })).to.equal('Jan');
    expect(await name({ voornaam: '' })).to.equal(undefined);
    expect(await evaluate('$fullName("Jan")')).to.equal(undefined);
  });

  for (const [given, letters] of [
    ['Jan', 'J.'],
    ['jan pieter', 'J.P.'],
    ['Anne-Marie', 'A.M.'],
    ['J.P.', 'J.P.'],
    ['Th. M.', 'Th.M.'],
    ['J.P', 'J.P.'],
    ['IJsbrand', 'IJ.'],
    ['', undefined],
    ['-', undefined],
  ] as const) {
    it(`make ${letters ?? 'nothing'} of '${given}'`, async () => {
      expect(await evaluate('$initials(given)', { given })).to.equal(letters);
    });
  }
});

describe('$phone', () => {
  for (const [given, e164] of [
    ['0612345678', '+31612345678'],
    ['06-12 34 56 78', '+31612345678'],
    ['+31 (0)20 123 45 67', '+31201234567'],
    ['0031201234567', '+31201234567'],
    ['(020) 123 45 67', '+31201234567'],
    ['+32 2 123 45 67', '+3221234567'],
    [' 0612345678 ', '+31612345678'],
    ['14020', '+3114020'],
    ['112', '112'],
    ['onbekend', 'onbekend'],
    ['0612345678 (werk)', '0612345678 (werk)'],
    ['020 123 45 67 ext. 12', '020 123 45 67 ext. 12'],
    ['06123', '06123'],
    ['0'.repeat(101), '0'.repeat(101)],
  ] as const) {
    it(`makes ${e164} of '${given}'`, async () => {
      expect(await evaluate('$phone(given)', { given })).to.equal(e164);
    });
  }

  it('takes a number without a country for one of another country', async () => {
    expect(await evaluate('$phone("02 123 45 67", "BE")')).to.equal('+3221234567');
    expect(await failureOf('$phone("02 123 45 67", "XX")')).to.equal('K0008');
    expect(await evaluate('$map(["0612345678", "0201234567"], $phone)')).to.deep.equal([
      '+31612345678',
      '+31201234567',
    ]);
  });

  it('makes nothing of nothing', async () => {
    expect(await evaluate('[$phone(""), $phone(null), $phone(missing)]')).to.deep.equal([]);
  });
});
