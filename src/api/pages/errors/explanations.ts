import type { Complaint, problemClasses, ProblemName } from '../../../problem.ts';

/** What the page of one class tells. Texts are Dutch; what stands between backticks is code. */
export interface Explanation<Code extends string = string> {
  /** When a client meets it. */
  readonly when: string;
  /** What the client's developer should do about it. */
  readonly whatToDo: readonly string[];
  /** Every `code` that it can have, with what it means; the class's own is always there. */
  readonly codes: Readonly<Record<Code, string>> & Readonly<Record<string, string>>;
  /** What one occurrence says, beside what belongs to the class. */
  readonly example: {
    readonly code?: string;
    readonly detail: string;
    readonly invalidParams?: readonly Complaint[];
  };
}

const outcomeUnknown =
  'Was het een `POST`, `PUT`, `PATCH` of `DELETE`, dan kan de wijziging toch zijn doorgevoerd. Vraag de resource op voordat je het opnieuw probeert, of herhaal een `POST` met dezelfde `Idempotency-Key`.';

const askOperator =
  'Blijft de fout terugkomen, geef de beheerder dan de waarde van `instance`: daarmee is deze ene fout in het logboek te vinden.';

/** One for each class: a class without an explanation does not compile. */
export const explanations: {
  readonly [Name in ProblemName]: Explanation<(typeof problemClasses)[Name]['code']>;
} = {
  ValidationError: {
    when: 'De inhoud of een queryparameter is leesbaar, maar voldoet niet aan de standaard: een veld ontbreekt, heeft een waarde die niet mag, of past niet bij de rest.',
    whatToDo: [
      'Lees `invalidParams`. Elk onderdeel noemt in `name` het veld of de queryparameter, in `code` wat eraan schort en in `reason` een uitleg voor mensen.',
      'Laat je programma op `code` beslissen en niet op `reason`: die tekst kan veranderen.',
      'In `name` staat een punt tussen een object en een veld daarin (`adres.postcode`) en tussen een lijst en het volgnummer van een onderdeel, geteld vanaf 0. Gaat het om het geheel, dan is de naam `nonFieldErrors`.',
      'Herstel de aanvraag voordat je die herhaalt. Sommige controles gebeuren pas als de andere slagen, dus na herstel kan er een nieuwe melding volgen.',
    ],
    codes: { invalid: 'De aanvraag is ongeldig; `invalidParams` zegt waarom.' },
    example: {
      detail: '',
      invalidParams: [{ name: 'bronorganisatie', code: 'required', reason: 'Dit veld is vereist.' }],
    },
  },
  ParseError: {
    when: 'De inhoud van de aanvraag kon niet gelezen worden: geen geldige JSON, geen UTF-8, onvolledig, of te diep genest.',
    whatToDo: [
      'Stuur één volledig JSON-object in UTF-8, gemaakt door een JSON-bibliotheek in plaats van door tekst aaneen te rijgen.',
      'Controleer of `Content-Length` klopt als je die zelf invult.',
    ],
    codes: { parse_error: 'De inhoud kon niet gelezen worden.' },
    example: { detail: 'De inhoud is geen geldige JSON.' },
  },
  PermissionDenied: {
    when: 'De aanvraag heeft geen geldig token, of de client mag deze bewerking niet uitvoeren. Ook een ontbrekend token geeft status 403: status 401 komt niet voor.',
    whatToDo: [
      'Stuur de header `Authorization: Bearer` met een JWT, ondertekend volgens HS256 met het geheim dat bij de client hoort.',
      'Zorg dat het token `client_id` en `iat` bevat. Maak het kort voor gebruik, en houd de klok van je server gelijk.',
      'Bij `permission_denied` met een geldig token ontbreekt een scope: vraag de beheerder om die te verlenen. Welke scope een bewerking vraagt, staat in het OpenAPI-document.',
      'Het herhalen van dezelfde aanvraag helpt niet.',
    ],
    codes: {
      permission_denied: 'Er is geen token, of de client mist de scope van deze bewerking.',
      'jwt-decode-error': 'Het token kon niet gelezen worden, of er staan ongeldige gegevens in.',
      'missing-client-identifier': 'In het token staat geen `client_id`.',
      'invalid-client-identifier': 'De `client_id` in het token is hier niet bekend.',
      'invalid-jwt-signature':
        'De handtekening klopt niet: een ander geheim, of een ander algoritme dan HS256.',
      'jwt-expired': 'Het token is verlopen: maak een nieuw.',
      'jwt-not-yet-valid': 'Het token is nog niet geldig: vergelijk de klokken.',
      not_authenticated_for_ac:
        'De Autorisaties API weigert deze voorziening, zodat de rechten van de client onbekend zijn. Dit moet de beheerder oplossen.',
    },
    example: { code: 'invalid-jwt-signature', detail: 'Client credentials zijn niet geldig' },
  },
  NotFound: {
    when: 'Het pad bestaat niet, de resource bestaat niet (meer), of de gevraagde pagina ligt buiten de lijst.',
    whatToDo: [
      'Stel adressen niet zelf samen: gebruik de `url` van een resource, en in een lijst `next` en `previous`.',
      'Let op het pad: de API kent geen schuine streep aan het einde, en hoofdletters tellen.',
    ],
    codes: { not_found: 'Er is hier niets.' },
    example: { detail: 'Niet gevonden.' },
  },
  MethodNotAllowed: {
    when: 'Het pad bestaat, maar kent deze HTTP-methode niet.',
    whatToDo: [
      'De header `Allow` van het antwoord noemt de methoden die wel kunnen.',
      'Relaties tussen resources kun je niet bijwerken: verwijder de oude en maak een nieuwe aan.',
    ],
    codes: { method_not_allowed: 'Deze methode kan hier niet.' },
    example: { detail: 'Methode "PUT" niet toegestaan.' },
  },
  NotAcceptable: {
    when: 'De header `Accept` laat geen JSON toe, terwijl de API alleen JSON geeft.',
    whatToDo: ['Stuur `Accept: application/json`, of laat de header weg.'],
    codes: { not_acceptable: 'De client accepteert geen JSON.' },
    example: { detail: 'Kan niet voldoen aan de opgegeven Accept header.' },
  },
  Conflict: {
    when: 'Een `POST` heeft een `Idempotency-Key` die deze client kort geleden met een andere inhoud gebruikte.',
    whatToDo: [
      'Kies voor elke nieuwe resource een nieuwe sleutel, bijvoorbeeld een willekeurige UUID.',
      'Herhaal je een aanvraag, stuur dan precies dezelfde inhoud mee.',
    ],
    codes: { conflict: 'De aanvraag botst met een eerdere.' },
    example: { detail: 'Deze Idempotency-Key is eerder met een andere inhoud gebruikt.' },
  },
  PayloadTooLarge: {
    when: 'De inhoud van de aanvraag is groter dan deze voorziening aanneemt.',
    whatToDo: [
      'Maak de inhoud kleiner: stuur alleen velden die de standaard kent.',
      'De beheerder bepaalt de grens. De verbinding wordt na dit antwoord gesloten.',
    ],
    codes: { payload_too_large: 'De inhoud is te groot.' },
    example: { detail: 'De aanvraag is te groot.' },
  },
  UnsupportedMediaType: {
    when: 'De inhoud van de aanvraag is volgens haar headers geen JSON in UTF-8, of is gecomprimeerd.',
    whatToDo: [
      'Stuur `Content-Type: application/json`. Een `charset` mag erbij, als het `utf-8` is.',
      'Stuur de inhoud zonder `Content-Encoding`.',
    ],
    codes: { unsupported_media_type: 'Dit mediatype wordt niet aangenomen.' },
    example: { detail: 'Ongeldige media type "text/plain" in aanvraag.' },
  },
  APIException: {
    when: 'Er ging in deze voorziening iets mis dat niet was voorzien. Het ligt niet aan je aanvraag.',
    whatToDo: [outcomeUnknown, askOperator],
    codes: { error: 'Een onverwachte fout.' },
    example: { detail: 'Internal Server Error' },
  },
  NotImplemented: {
    when: 'De bewerking hoort bij de standaard, maar het achterliggende systeem kan haar niet uitvoeren, of kan niet zoeken op deze combinatie van filters.',
    whatToDo: [
      'Kijk in het OpenAPI-document van deze voorziening: bewerkingen die niet kunnen, staan er niet in.',
      'Gebruik bij een lijst andere of minder filters.',
      'Het herhalen van dezelfde aanvraag helpt niet.',
    ],
    codes: { not_implemented: 'Dit kan hier niet.' },
    example: { detail: 'Deze voorziening ondersteunt de gevraagde bewerking niet.' },
  },
  BadGateway: {
    when: 'Het achterliggende systeem gaf een fout, of een antwoord dat niet te gebruiken is.',
    whatToDo: ['Een `GET` mag je na enige tijd herhalen.', outcomeUnknown, askOperator],
    codes: { bad_gateway: 'Het antwoord van het achterliggende systeem is onbruikbaar.' },
    example: { detail: 'Het achterliggende systeem gaf geen bruikbaar antwoord.' },
  },
  ServiceUnavailable: {
    when: 'Het achterliggende systeem is overbelast of onbereikbaar, of er is te veel werk tegelijk onder handen. Het gaat naar verwachting vanzelf over.',
    whatToDo: [
      'Wacht het aantal seconden in de header `Retry-After`, en probeer het dan opnieuw. Wacht na elke mislukte poging langer.',
      outcomeUnknown,
    ],
    codes: { service_unavailable: 'Nu even niet.' },
    example: { detail: 'Het achterliggende systeem is tijdelijk niet beschikbaar.' },
  },
  GatewayTimeout: {
    when: 'Het achterliggende systeem antwoordde niet binnen de tijd die ervoor staat.',
    whatToDo: [
      'Een `GET` mag je na enige tijd herhalen. Gaat het om een lijst, zoek dan gerichter.',
      outcomeUnknown,
      askOperator,
    ],
    codes: { gateway_timeout: 'Het antwoord kwam te laat.' },
    example: { detail: 'Het achterliggende systeem antwoordde niet op tijd.' },
  },
};
