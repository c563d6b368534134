/** A list with at least one item. */
type Names = readonly [string, ...string[]];

/** First names with the code in GESL that goes with them: 1 man, 2 woman, 0 unknown. */
export const firstNames: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['Jan', '1'],
  ['Pieter', '1'],
  ['Kees', '1'],
  ['José', '1'],
  ['Jürgen', '1'],
  ['Mohammed', '1'],
  ['Łukasz', '1'],
  ['François', '1'],
  ['Bram', '1'],
  ['Sjoerd', '1'],
  ['Hüseyin', '1'],
  ['Joost', '1'],
  ['Zoë', '2'],
  ['Daniëlle', '2'],
  ['Renée', '2'],
  ['Özlem', '2'],
  ['Anaïs', '2'],
  ['Fatima', '2'],
  ['Geertje', '2'],
  ['Marieke', '2'],
  ['Chloé', '2'],
  ['Anne-Fleur', '2'],
  ['Willemijn', '2'],
  ['Saskia', '2'],
  ['Robin', '0'],
  ['Noëlle', '2'],
];

/**
 * Surnames with their prefix ("" when there is none). Those of six letters and more are no words of English or
 * of a program, because a log is searched for them to see whether it gives anybody away.
 */
export const surnames: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['', 'Jansen'],
  ['', 'Janssen'],
  ['de', 'Jong'],
  ['de', 'Vries'],
  ['van den', 'Berg'],
  ['van', 'Dijk'],
  ['', 'Bakker'],
  ['', 'Visser'],
  ['', 'Smit'],
  ['', 'Meijer'],
  ['de', 'Boer'],
  ['', 'Mulder'],
  ['de', 'Groot'],
  ['', 'Bos'],
  ['', 'Hendriks'],
  ['van', 'Leeuwen'],
  ['', 'Dekker'],
  ['', 'Dijkstra'],
  ['van der', 'Meer'],
  ['van der', 'Linden'],
  ['', 'Vermeulen'],
  ['van den', 'Brink'],
  ['', 'Hoekstra'],
  ['', 'Veenstra'],
  ["'t", 'Hart'],
  ["van 't", 'Hof'],
  ['in den', 'Eng'],
  ['', 'Kuipers'],
  ['', 'Özdemir'],
  ['', 'Yılmaz'],
  ['', 'Núñez'],
  ['', 'Scholten'],
  ['van', 'Vliet'],
  ['', 'Timmermans'],
  ['', 'Gerritsen'],
  ['', 'Kowalczyk'],
  ['van der', 'Heijden'],
  ['', 'Verhoeven'],
  ['', 'Boersma'],
  ['', 'Nijhuis'],
  ['ter', 'Horst'],
  ['', 'Zijlstra'],
  ['', 'Thijssen'],
  ['', 'El Yaaqoubi'],
  ['', 'Benali'],
  ['', 'Nguyen'],
  ['', 'Faber-Kloosterman'],
  ['von', 'Müllenheim'],
];

/** What organisations are called; their town comes behind it. */
export const organisationNames: Names = [
  'Stichting Buurthuis Zonnehof',
  'Garage De Sleutel B.V.',
  'Vereniging Oud-Curaçao',
  'Bakkerij Het Krentenbolletje',
  'Café ’t Hoekje',
  'Fietsenhandel Spaak & Ketting',
  'Coöperatie Windkracht',
  'Toneelgroep Applaus',
  'Scoutinggroep De Zevensprong',
  'Notariskantoor Zegel en Lak N.V.',
  'Kinderopvang Ukkepuk',
  'Woningstichting Dak & Drempel',
];

/** The names under which branches are known to the public. */
export const tradeNames: Names = [
  'Bloemenhuis Margriet',
  'Lunchroom Crème Brûlée',
  'Het Fietspunt',
  'Drukkerij Inktvlek',
  'Kapsalon Krul',
  'Slijterij Het Vat',
  'IJssalon Bevroren',
  'Boekhandel Ezelsoor',
];

/** Streets. */
export const streets: Names = [
  'Dorpsstraat',
  'Kerkplein',
  'Burgemeester van Reenenlaan',
  'Molenweg',
  '1e Achterdijk',
  'Plein 1944',
  'Sint Jacobsstraat',
  'Prins Hendrikkade',
  'Lange Nieuwstraat',
  'Achter de Hoven',
  "'s-Gravenweg",
  'Stationsstraat',
];

/** Towns with the digits with which their postal codes begin. */
export const towns: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['Voorbeelddam', '12'],
  ['Utrecht', '35'],
  ["'s-Hertogenbosch", '52'],
  ['Súdwest-Fryslân', '86'],
  ['Zutphen', '72'],
  ['Nieuwegein', '34'],
  ['Den Haag', '25'],
  ['Haarlem', '20'],
];

/** What people do for a living. */
export const jobTitles: Names = [
  'Wethouder',
  'Penningmeester',
  'Directeur',
  'Beheerder',
  'Secretaris',
  'Fractievoorzitter',
];

/** Countries other than the Netherlands, with their codes. */
export const countries: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['5010', 'België'],
  ['6029', 'Duitsland'],
  ['5107', 'Curaçao'],
];
