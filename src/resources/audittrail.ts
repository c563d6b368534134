import { type Field, nested } from '../contract/field.ts';
import { onUrl } from '../contract/filter.ts';
import { moment } from '../contract/moments.ts';
import { defineResource, type Resource } from '../contract/resource.ts';
import { snapshot } from '../contract/snapshot.ts';
import { text, url } from '../contract/text.ts';
import { choice, integer } from '../contract/values.ts';

/** The codes of the APIs of the standard that every document of it names. */
const otherBronnen = ['ac', 'nrc', 'zrc', 'ztc', 'drc', 'brc'] as const;

/** The codes of ours (ruling R5). */
const ownBronnen = ['cmc', 'kc', 'kic'] as const;

/** The id is that of the record that keeps the entry, so nobody supplies it; the standard does not call it read-only. */
const uuid: Field = {
  ...text({ readOnly: true }),
  schema: { type: 'string', format: 'uuid', description: 'De unieke identificatie van de regel.' },
};

const requestId = text({ max: 255, description: 'De identificatie van de aanvraag in het hele netwerk.' });

/** Kept, and shown by no API (contract section 6). */
const logrecordId = text({
  max: 255,
  description: 'De identificatie van de aanvraag in het logboek van NLX.',
});

/** Who did it: an application, and the person who used it. */
const dader = {
  applicatieId: text({ max: 100, description: 'De identificatie van de applicatie.' }),
  applicatieWeergave: text({ max: 200, description: 'De naam van de applicatie.' }),
  gebruikersId: text({ max: 255, description: 'De identificatie van de gebruiker.' }),
  gebruikersWeergave: text({ max: 255, description: 'De naam van de gebruiker.' }),
};

/** What was done, and to what. */
const daad = {
  actie: text({
    max: 50,
    required: true,
    description: 'De handeling: `create`, `update`, `partial_update` of `destroy`.',
  }),
  actieWeergave: text({ max: 200, description: 'De handeling, in woorden.' }),
  resultaat: integer(
    { minimum: 100, maximum: 599 },
    { required: true, description: 'De HTTP-statuscode waarmee de handeling werd beantwoord.' },
  ),
  hoofdObject: url({ max: 1000, required: true, description: 'De URL van het hoofdobject.' }),
  resource: text({ max: 50, required: true, description: 'De soort van wat er veranderde.' }),
  resourceUrl: url({ max: 1000, required: true, description: 'De URL van wat er veranderde.' }),
  toelichting: text({ description: 'Waarom de handeling werd gedaan.' }),
  resourceWeergave: text({
    max: 200,
    required: true,
    description: 'Waaraan mensen herkennen wat er veranderde, zoals het was voor de handeling.',
  }),
  aanmaakdatum: moment({ description: 'Wanneer de handeling werd gedaan.' }),
  wijzigingen: wijzigingen(),
};

function wijzigingen(): Field {
  const field = nested('Wijzigingen', {
    oud: snapshot({ description: 'Het hele object van voor de handeling; null als het er nog niet was.' }),
    nieuw: snapshot({ description: 'Het hele object van na de handeling; null als het er niet meer is.' }),
  });
  return { ...field, required: true, always: true };
}

/** The standard calls it read-only, though a store must be told it: so only in the document. */
const shownMoment: Field = {
  ...daad.aanmaakdatum,
  schema: { ...daad.aanmaakdatum.schema, readOnly: true },
};

function trail(fields: Resource['fields']): Resource {
  const scope = 'audittrails.lezen';
  return defineResource({
    api: 'audittrail',
    name: 'audittrail',
    plural: 'audittrail',
    schemaName: 'AuditTrail',
    description: 'Wat er met een object is gedaan, wanneer en door wie.',
    operations: ['list', 'create', 'read', 'update', 'delete'],
    scopes: {
      list: scope,
      create: scope,
      read: scope,
      update: scope,
      partial_update: scope,
      delete: scope,
    },
    fields,
    filters: { hoofdObject: onUrl('hoofdObject', 'De URL van het hoofdobject.') },
    rules: [],
    personalKeys: ['gebruikersId', 'gebruikersWeergave'],
  });
}

/**
 * The entries of the audit trail as mapping sets keep them. Clients read them under the main object only, so it is not
 * among the resources that get routes. Contract section 7.2.
 */
export const audittrail: Resource = {
  ...trail({
    uuid,
    bron: choice([...otherBronnen, ...ownBronnen], { required: true, description: 'De API.' }),
    requestId,
    logrecordId,
    ...dader,
    ...daad,
  }),
  // Without one of these no entry could be kept, found or taken back.
  needs: ['list', 'create', 'delete'],
};

/** The entries as the Klanten and Contactmomenten APIs show them. */
export const trailOfKlantcontact = shownTrail(['cmc', 'kc'], {});

/** The entries as the Verzoeken API shows them. */
export const trailOfVerzoeken = shownTrail(['kic'], { requestId });

function shownTrail(bronnen: readonly string[], more: Resource['fields']): Resource {
  const bron = choice([...otherBronnen, ...bronnen], {
    required: true,
    description: 'De API waarin de handeling werd gedaan.',
  });
  return trail({ uuid, bron, ...more, ...dader, ...daad, aanmaakdatum: shownMoment });
}
