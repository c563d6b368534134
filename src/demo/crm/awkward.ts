import type { Draft } from './seed-draft.ts';

/** The RELNR of each record that is there to be difficult. */
export const awkward = {
  /** An apostrophe in the surname. */
  apostrophe: 100001,
  /** A surname of one letter. */
  oneLetter: 100002,
  /** Somebody who is called Null. */
  namedNull: 100003,
  /** No e-mail address. */
  withoutEmail: 100004,
  /** A telephone number of 21 characters. */
  longTelephone: 100005,
  /** An e-mail address that is none. */
  invalidEmail: 100006,
  /** No customer number. */
  withoutCustomerNumber: 100007,
  /** An organisation with an ampersand, quotes and an emoji in its name. */
  emoji: 100008,
  /** "de vries", all in lower case. */
  lowerCaseSurname: 100009,
  /** "De Vries", with a capital in the prefix. */
  capitalPrefix: 100010,
  /** "de Vries", the ordinary way. */
  ordinaryPrefix: 100011,
  /** Muller without the diacritic ... */
  withoutDiacritic: 100012,
  /** ... and Müller with it. */
  withDiacritic: 100013,
  /** A branch with one trade name: a text. */
  oneTradeName: 100014,
  /** A branch with three trade names: a list. */
  threeTradeNames: 100015,
  /** An organisation whose RSIN begins with a zero. */
  leadingZeroRsin: 100016,
  /** House number "007". */
  leadingZeroHouseNumber: 100017,
  /** House number "12a", with the letter in the number's column. */
  dirtyHouseNumber: 100018,
  /** A BSNR that fails the check. */
  invalidBsn: 100019,
  /** An organisation whose website has no scheme. */
  websiteWithoutScheme: 100020,
  /** Nothing but a name: not even a kind. */
  unknownKind: 100021,
  /** A branch without any trade name. */
  noTradeName: 100022,
} as const;

/** How an awkward record differs from an ordinary one of its kind; `undefined` takes a column away. */
export interface AwkwardColumns {
  readonly SRT: 'P' | 'O' | 'F' | '';
  readonly columns: Draft;
}

/** The awkward records in the order of their numbers; the first one is 100001. */
export const awkwardColumns: Readonly<Record<keyof typeof awkward, AwkwardColumns>> = {
  apostrophe: personNamed('', "O'Brien"),
  oneLetter: personNamed('', 'O'),
  namedNull: personNamed('', 'Null'),
  withoutEmail: person({ EMAIL: undefined }),
  longTelephone: person({ TEL1: '+31 (0)20 - 555 01 23' }),
  invalidEmail: person({ EMAIL: 'jan.de.boer@@example,nl' }),
  withoutCustomerNumber: person({ KLANTNR: undefined }),
  emoji: { SRT: 'O', columns: { NAAM: 'Bloemen & Zo "De Tulp" <Noord> \u{1F337}' } },
  lowerCaseSurname: personNamed('de', 'vries'),
  capitalPrefix: personNamed('De', 'Vries'),
  ordinaryPrefix: personNamed('de', 'Vries'),
  withoutDiacritic: personNamed('', 'Muller'),
  withDiacritic: personNamed('', 'Müller'),
  oneTradeName: { SRT: 'F', columns: { HNDNM: 'Kapsalon Krul' } },
  threeTradeNames: { SRT: 'F', columns: { HNDNM: ['Drukkerij Inktvlek', 'Inktvlek Online', 'D&I "Print"'] } },
  leadingZeroRsin: { SRT: 'O', columns: { RSIN: '001234560' } },
  leadingZeroHouseNumber: person({ HNR: '007', HLTR: undefined }),
  dirtyHouseNumber: person({ HNR: '12a', HLTR: undefined }),
  invalidBsn: person({ BSNR: '999990018' }),
  websiteWithoutScheme: { SRT: 'O', columns: { WEB: 'www.example.nl' } },
  unknownKind: { SRT: '', columns: { NAAM: 'De bewoner van de woonboot', EMAIL: undefined } },
  noTradeName: { SRT: 'F', columns: { HNDNM: undefined } },
};

function person(columns: AwkwardColumns['columns']): AwkwardColumns {
  return { SRT: 'P', columns };
}

function personNamed(prefix: string, surname: string): AwkwardColumns {
  return person({ VVGSL: prefix, ANAAM: surname, VVGSLNM: prefix, GESLNM: surname });
}
