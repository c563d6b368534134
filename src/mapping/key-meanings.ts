/** What a key of mapping.yaml is for, and an example of it as it is written there. */
export interface KeyMeaning {
  readonly is: string;
  readonly example: string;
}

const step = (plan: 'create' | 'update' | 'delete'): Readonly<Record<string, KeyMeaning>> => ({
  [`resources.*.${plan}`]: {
    is: `The steps of ${plan === 'create' ? 'a create' : plan === 'update' ? 'an update' : 'a delete'}, in order.`,
    example: `[{ request: klant.${plan}.jsonata${plan === 'create' ? ', id: RELNR' : ''} }]`,
  },
  [`resources.*.${plan}[].request`]: {
    is: 'The file that makes the request. When it yields nothing, the step is passed over.',
    example: `klant.${plan}.jsonata`,
  },
  [`resources.*.${plan}[].backend`]: {
    is: "Another backend than the resource's own.",
    example: 'bijregister',
  },
  [`resources.*.${plan}[].undo`]: {
    is: 'The file that makes a request that takes this step back.',
    example: `klant.${plan}-undo.jsonata`,
  },
  [`resources.*.${plan}[].readBack`]: {
    is: 'The file that reads the record afterwards, when that differs from `read.request`.',
    example: 'klant.read-after.jsonata',
  },
  [`resources.*.${plan}[].id`]: {
    is: 'Where the answer has the id of what was made. A create needs it, or `record`, in one step.',
    example: 'RELNR',
  },
  [`resources.*.${plan}[].record`]: {
    is: 'Where the answer has the record as it is now. Without it the record is read again.',
    example: 'RELATIE',
  },
});

/**
 * Keys of mapping.yaml whose declaration (format.ts) says what belongs there, as one of several such keys, and not what
 * it is for: by their path, with `*` for a free name and `[]` for an item of a list. Editors show this in the place of
 * the declaration's own words, which mistakes are told with. A key that is declared once says it in its declaration.
 */
export const keyMeanings: Readonly<Record<string, KeyMeaning>> = {
  limits: { is: 'What one evaluation of a JSONata file may take.', example: '{ timeMs: 100 }' },
  backends: {
    is: 'What the answers of each backend mean, by its name in the configuration.',
    example: '{ crm: { errors: [] } }',
  },
  'backends.*': { is: 'What the answers of this backend mean.', example: '{ errors: [] }' },
  'backends.*.errors': {
    is: 'The first line of which all conditions hold decides; when none does, the HTTP status decides.',
    example: '[{ when: { field: FOUT.CODE, is: REL404 }, means: not-found }]',
  },
  'backends.*.errors[].when.field': { is: 'The body has something there (not null).', example: 'FOUT.CODE' },
  'backends.*.errors[].when.is': { is: 'The field, or the header, has this value.', example: 'REL404' },
  'backends.*.errors[].when.isNot': {
    is: 'The field, or the header, is there and has another value.',
    example: "'0'",
  },
  'keptIds.backend': { is: 'The backend that keeps them.', example: 'objecten' },
  'keptIds.find': {
    is: 'The file that asks for the rows of some UUIDs: `{ resource, uuids }`.',
    example: 'id.find.jsonata',
  },
  'keptIds.records': {
    is: 'Where the answer has the rows; without it the whole answer is the list.',
    example: 'results',
  },
  'keptIds.resource': { is: 'Where a row has the resource.', example: 'record.data.resource' },
  'keptIds.uuid': { is: 'Where a row has the UUID.', example: 'record.data.uuid' },
  'keptIds.key': { is: 'Where a row has the id of the CRM.', example: 'record.data.key' },
  'keptIds.keep': {
    is: 'The file that keeps one id: `{ resource, uuid, key }`.',
    example: 'id.keep.jsonata',
  },
  resources: {
    is: 'The resources of the standard that this CRM keeps. What is not here is answered with 501.',
    example: '{ klant: { … } }',
  },
  'resources.*.backend': { is: 'The backend of the configuration that keeps it.', example: 'crm' },
  'resources.*.id': {
    is: 'Where a record has its id, and what that looks like. Choose one that never changes.',
    example: '{ field: RELNR, form: integer }',
  },
  'resources.*.id.field': { is: 'Where a record has its id.', example: 'RELNR' },
  'resources.*.id.and.field': { is: 'Where a record has the second half of its id.', example: 'HOOFDREL' },
  'resources.*.id.assign.of': {
    is: 'Where a record has the key that its UUID is made of. Never a personal number.',
    example: 'SLEUTEL',
  },
  'resources.*.id.assign.request': {
    is: 'The file that stores the UUID: `{ record, uuid }`.',
    example: 'klant.assign.jsonata',
  },
  'resources.*.id.assign.backend': {
    is: "Another backend than the resource's own.",
    example: 'bijregister',
  },
  'resources.*.rows': {
    is: 'The file that takes rows out of a record, when there can be none or several.',
    example: 'document.rows.jsonata',
  },
  'resources.*.accepts': {
    is: 'The file that says whether a new record belongs in this part: true, false, or why not.',
    example: 'hoofdcontact.accepts.jsonata',
  },
  'resources.*.record': {
    is: 'How a record becomes a representation of the standard, and back.',
    example: '{ from: klant.from-crm.jsonata, to: klant.to-crm.jsonata }',
  },
  'resources.*.record.from': {
    is: 'The file that makes a representation of a record.',
    example: 'klant.from-crm.jsonata',
  },
  'resources.*.record.to': {
    is: 'The file that makes columns of a representation. Writes need it.',
    example: 'klant.to-crm.jsonata',
  },
  'resources.*.supplements': {
    is: 'Columns of the record that another backend keeps, by the name under which they are joined to it.',
    example: '{ aanvulling: { … } }',
  },
  'resources.*.supplements.*.backend': { is: 'The backend that keeps them.', example: 'bijregister' },
  'resources.*.supplements.*.request': {
    is: 'The file that asks for the rows with some keys: `{ keys }`.',
    example: 'contactmoment.supplement.jsonata',
  },
  'resources.*.supplements.*.records': { is: 'Where the answer has the rows.', example: 'items' },
  'resources.*.supplements.*.own': { is: 'Where the record has the key.', example: 'ACTNR' },
  'resources.*.supplements.*.theirs': { is: 'Where a row has the key.', example: 'actnr' },
  'resources.*.supplements.*.search': {
    is: 'The file that asks for the rows that filters are about: their records are found too.',
    example: 'klant.search.jsonata',
  },
  'resources.*.inverse': {
    is: 'How the links are found that nobody writes: the other ends of other links.',
    example: '{ volgendContactmoment: { by: search } }',
  },
  'resources.*.inverse.*.by': {
    is: 'field: the record says it itself. search: one search for each record. searchMany: one for a page.',
    example: 'search',
  },
  'resources.*.inverse.*.request': {
    is: 'The file that searches for several records at once: `{ ids, offset, limit }`.',
    example: 'contactmoment.successors.jsonata',
  },
  'resources.*.numbers.*': {
    is: 'How the highest number with a prefix is found.',
    example: '{ request: verzoek.numbers.jsonata }',
  },
  'resources.*.numbers.*.request': {
    is: 'The file that asks for what begins with a prefix, the highest first: `{ prefix, offset, limit }`.',
    example: 'verzoek.numbers.jsonata',
  },
  'resources.*.read': {
    is: 'How one record is asked for.',
    example: '{ request: klant.read.jsonata, record: RELATIE }',
  },
  'resources.*.read.request': { is: 'The file that asks for one record.', example: 'klant.read.jsonata' },
  'resources.*.read.record': {
    is: 'Where the answer has the record; without it the whole answer is the record.',
    example: 'RELATIE',
  },
  'resources.*.read.revalidate.by': {
    is: 'etag: the CRM answers 304 to its own ETag. stamp: a small request shows when a record changed.',
    example: 'etag',
  },
  'resources.*.read.revalidate.request': {
    is: 'The file that asks for the stamp.',
    example: 'klant.stamp.jsonata',
  },
  'resources.*.read.revalidate.field': {
    is: 'Where the answer has a number or a time that changes at each write.',
    example: 'MUTNR',
  },
  'resources.*.list': {
    is: 'How records are searched. Without it a list is answered with 501.',
    example: '{ request: klant.list.jsonata, records: RELATIES, paging: { by: offset, size: 50 } }',
  },
  'resources.*.list.request': {
    is: 'The file that asks for a stretch of records.',
    example: 'klant.list.jsonata',
  },
  'resources.*.list.each.request': {
    is: 'The file that asks for one; its root is the item of the list. When it yields nothing, the item is left out.',
    example: 'klant.detail.jsonata',
  },
  'resources.*.list.each.record': {
    is: 'Where the answer has the record; without it the whole answer is the record.',
    example: 'RELATIE',
  },
  'resources.*.list.records': {
    is: 'Where the answer has the records; without it the whole answer is the list.',
    example: 'RELATIES',
  },
  'resources.*.list.total.request': {
    is: 'The file that asks for the count; it gets `filters`.',
    example: 'klant.count.jsonata',
  },
  'resources.*.list.total.at': {
    is: 'Where its answer has the number; without it the whole answer is the number.',
    example: 'AANTAL',
  },
  'resources.*.list.paging.by': {
    is: 'offset: it skips records. page: it has page numbers. cursor: it names the next page. none: all at once.',
    example: 'offset',
  },
  'resources.*.list.paging.next': { is: 'Where the answer names the next page.', example: 'volgende' },
  'resources.*.list.filters': {
    is: 'How the CRM helps with each filter. Of a filter that is not here Klantbrug looks at all records.',
    example: '{ achternaam: narrows }',
  },
  ...step('create'),
  ...step('update'),
  ...step('delete'),
  'resources.*.deviations': {
    is: 'What is shown of a value that the standard does not allow, by field; blank where it does not say.',
    example: '{ bronorganisatie: pass }',
  },
};
