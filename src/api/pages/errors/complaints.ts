/**
 * Every code that an item of `invalidParams` can have, by what it is about, and what it means (contract, sections
 * 1.5, 3.1, 3.4, 3.6 and 8). One list for all APIs: a code means the same in each.
 */
export const complaintCodes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Over een waarde': {
    required: 'Het veld is verplicht en ontbreekt.',
    null: 'Het veld mag niet `null` zijn. Bij een verplichte verwijzing naar een resource van dezelfde API: ook niet leeg.',
    blank: 'Het veld mag geen lege tekst zijn.',
    max_length: 'De tekst heeft te veel tekens.',
    min_length: 'De tekst heeft te weinig tekens.',
    max_value: 'Het getal is te groot.',
    min_value: 'Het getal is te klein.',
    invalid:
      'De waarde heeft niet de juiste vorm: geen tekst, getal, object, datum, e-mailadres of URL waar dat moet, een BSN of RSIN dat de 11-proef niet doorstaat, of een verwijzing zonder geldige UUID. Bij `nonFieldErrors`: het geheel kon niet worden verwerkt.',
    invalid_choice: 'De waarde staat niet in de lijst van toegestane waarden.',
    not_a_list: 'De waarde moet een lijst zijn.',
    null_characters_not_allowed: 'De tekst bevat een NUL-teken.',
    'only-digits': 'Een BSN of RSIN mag alleen cijfers bevatten.',
    'invalid-length': 'Een BSN of RSIN moet negen cijfers hebben.',
    'a-nummer-incorrect-format': 'Het A-nummer heeft niet de juiste vorm.',
  },
  'Over een verwijzing': {
    'bad-url':
      'De URL gaf geen antwoord met status 200, is niet bereikbaar, of leidt naar een server die hier niet is toegestaan.',
    'invalid-resource': 'De URL geeft antwoord, maar niet met een resource van de verwachte soort.',
    no_match: 'De URL hoort niet bij deze API.',
    incorrect_match: 'De URL hoort bij een andere soort resource.',
    does_not_exist: 'De resource waarnaar de URL verwijst, bestaat niet.',
    'invalid-type': 'Bij een filter: de URL hoort bij een andere soort resource.',
  },
  'Over het geheel': {
    'wijzigen-niet-toegelaten': 'Het veld mag na het aanmaken niet meer veranderen.',
    unique:
      'Er is al een resource met deze combinatie van waarden. Bij een veld: een andere resource verwijst hier al naar.',
    'identificatie-niet-uniek': 'De `bronorganisatie` heeft al een verzoek met deze `identificatie`.',
    'invalid-subject': 'Geef `subject` of `subjectIdentificatie` op.',
    'invalid-medewerker': 'Geef `medewerker` of `medewerkerIdentificatie` op.',
    'invalid-product': 'Geef `product` of `productIdentificatie.code` op.',
  },
  'Over een relatie met een ander register': {
    'inconsistent-relation': 'De relatie bestaat niet in het register waar zij vandaan hoort te komen.',
    'relation-validation-error': 'Het andere register weigerde de vraag of de relatie daar bestaat.',
    'relation-lookup-error': 'Bij het verwijderen weigerde het andere register die vraag.',
    'remote-relation-exists': 'De relatie bestaat nog in het andere register: verwijder haar daar eerst.',
  },
  'Over queryparameters': {
    'unknown-parameters': 'Deze lijst kent een of meer van de opgegeven parameters niet.',
  },
};
