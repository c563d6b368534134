import type { Row } from './declaration.ts';

/** The subject codes, ordered by code; nobody can change them. */
export const subjects: readonly [Row, ...Row[]] = [
  subject('AFV', 'Afval en grondstoffen', 'afval'),
  subject('BEL', 'Belastingen', 'belastingen'),
  subject('BOU', 'Bouwen en verbouwen', 'bouwen'),
  subject('BUR', 'Burgerzaken', 'burgerzaken'),
  subject('EVE', 'Evenementen', 'evenementen'),
  subject('GRO', 'Groen en spelen', 'groen'),
  subject('HOR', 'Horeca en ondernemen', 'horeca'),
  subject('MIL', 'Milieu en overlast', 'milieu'),
  subject('PAR', 'Parkeren', 'parkeren'),
  subject('VER', 'Verkeer en wegen', 'verkeer'),
  subject('WMO', 'Zorg en ondersteuning (Wmo)', 'zorg-en-ondersteuning'),
  subject('WON', 'Wonen en huisvesting', 'wonen'),
];

function subject(CODE: string, description: string, slug: string): Row {
  return { CODE, MUTNR: 1, OMS: description, URL: `https://onderwerpen.gemeente.example/${slug}` };
}
