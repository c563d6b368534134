import { comparable, fieldNames, rankOf } from './field-names.ts';
import type { Facts } from './facts.ts';
import { quoted, remark } from './jsonata-text.ts';

/** Filters of the standard on fields that have another name in the filter. */
const filterOf: Readonly<Record<string, string>> = {
  'adres.straatnaam': 'adres__straatnaam',
  'adres.postcode': 'adres__postcode',
  'adres.woonplaatsnaam': 'adres__woonplaatsNaam',
  'subjectIdentificatie.inpBsn': 'subjectNatuurlijkPersoon__inpBsn',
  'subjectIdentificatie.inpANummer': 'subjectNatuurlijkPersoon__inpA_nummer',
  'subjectIdentificatie.innNnpId': 'subjectNietNatuurlijkPersoon__innNnpId',
  'subjectIdentificatie.annIdentificatie': 'subjectNietNatuurlijkPersoon__annIdentificatie',
  'subjectIdentificatie.vestigingsNummer': 'subjectVestiging__vestigingsNummer',
};

const plainFilters = ['klantnummer', 'bedrijfsnaam', 'functie', 'achternaam', 'telefoonnummer', 'emailadres'];

/** A filter of the standard, and the parameter of the CRM that searches for the same. */
export interface SearchGuess {
  readonly filter: string;
  readonly parameter: string;
}

/**
 * The filters that parameters of the CRM can help with: those that are named like a field, which must have been
 * recognised in its records too. A name as a whole is searched in too many ways to be sure of.
 */
export function searchesOf({ calls, fields }: Facts): SearchGuess[] {
  const used = new Set<string>();
  return fieldNames.flatMap((names) => {
    const filter = filterOf[names.field] ?? plainFilters.find((name) => name === names.field);
    const read = fields.find(({ field, sure }) => field === names.field && sure);
    const [parameter] = calls.search
      .flatMap((name) => {
        const rank = rankOf(names, [comparable(name)]);
        return rank === undefined || rank >= names.names.length ? [] : [{ name, rank }];
      })
      .sort((one, other) => one.rank - other.rank);
    const isWhole = ['name', 'naam'].includes(comparable(parameter?.name ?? ''));
    if (filter === undefined || !parameter || !read || isWhole || used.has(filter)) return [];
    used.add(filter);
    return [{ filter, parameter: parameter.name }];
  });
}

/** `klant.list.jsonata`: a request for a stretch of records. */
export function listRequest(facts: Facts): string {
  const { calls, sources } = facts;
  const { by, at, limit, first, isLink } = calls.paging;
  const searches = searchesOf(facts).map(
    ({ filter, parameter }) => `    ${quoted(parameter)}: filters.${filter}`,
  );
  const place = {
    offset: `    ${quoted(at)}: offset`,
    page: `    ${quoted(at)}: ${first === 0 ? 'page - 1' : 'page'}`,
    cursor: isLink ? '' : `    ${quoted(at)}: cursor`,
    none: '',
  }[by];
  const size = limit === undefined || by === 'none' ? '' : `    ${quoted(limit)}: limit`;
  const query = [place, size, ...searches].filter((line) => line !== '');
  const known = sources.openapi
    ? 'The parameters are those of the OpenAPI document.'
    : sources.sample
      ? `The path is ${calls.placed === 'shown' ? 'that of the link in the sample' : 'made up'}. A sample does not tell how to search: add the parameters, here and in mapping.yaml.`
      : 'Put the parameters of your CRM in the place of these.';
  return [
    remark(`Which records can be among the klanten that are looked for; Klantbrug filters again. ${known}`),
    '{',
    `  "path": [${calls.collection.map(quoted).join(', ')}]${query.length === 0 && !isLink ? '' : ','}`,
    ...(isLink
      ? [
          '  /* The first page is asked for without anything; each next one with what the link to it has. */',
          '  "query": cursor ? $urlQuery(cursor).query : {}',
        ]
      : query.length === 0
        ? []
        : ['  "query": {', query.join(',\n'), '  }']),
    '}',
    '',
  ].join('\n');
}

function itemPath({ calls }: Facts): string {
  return `[${calls.item.map((segment) => (segment === undefined ? 'id' : quoted(segment))).join(', ')}]`;
}

/** `klant.read.jsonata`: a request for one record. */
export function readRequest(facts: Facts): string {
  return `${remark('One record by its id.')}\n{ "path": ${itemPath(facts)} }\n`;
}

/** `klant.create.jsonata`: a request that makes a record. */
export function createRequest({ calls }: Facts): string {
  return [
    remark('A new record, with only the columns that have something in them.'),
    '{',
    '  "method": "POST",',
    `  "path": [${calls.collection.map(quoted).join(', ')}],`,
    '  "body": $sift(columns, function($value) { $boolean($value) })',
    '}',
    '',
  ].join('\n');
}

/** `klant.update.jsonata`: a request that changes a record, or nothing when nothing changes. */
export function updateRequest(facts: Facts): string {
  const isWhole = facts.calls.update === 'PUT';
  return [
    remark(
      isWhole
        ? 'The CRM takes whole records: what it has, with what changes. Without any change nothing is sent.'
        : 'Only the columns that change. Without any change nothing is sent.',
    ),
    '$count($keys(changes)) > 0 ? {',
    `  "method": ${quoted(facts.calls.update ?? 'PATCH')},`,
    `  "path": ${itemPath(facts)},`,
    `  "body": ${isWhole ? '$merge([record, changes])' : 'changes'}`,
    '}',
    '',
  ].join('\n');
}

/** `klant.delete.jsonata`: a request that removes a record. */
export function deleteRequest(facts: Facts): string {
  return `${remark('Removes a record for good.')}\n{ "method": "DELETE", "path": ${itemPath(facts)} }\n`;
}
