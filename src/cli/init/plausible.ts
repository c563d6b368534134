import type { Described } from './openapi.ts';

const record = {
  id: 100042,
  firstName: 'Jan',
  surnamePrefix: 'de',
  lastName: 'Vries',
  email: 'jan@example.nl',
  phone: '0612345678',
  address: {
    street: 'Dorpsstraat',
    houseNumber: 12,
    postalCode: '1234AB',
    city: 'Voorbeelddam',
  },
};

/** A CRM as there are many, for who has neither a sample nor a description: a beginning to change. */
export const plausible: Described = {
  list: { items: [record], total: 1 },
  one: record,
  calls: {
    placed: 'made-up',
    baseUrl: 'https://crm.example/api',
    collection: ['customers'],
    item: ['customers', undefined],
    paging: { by: 'offset', size: 100, at: 'offset', limit: 'limit', first: 1 },
    search: ['lastName', 'email'],
    create: { method: 'POST', record: undefined },
    update: 'PATCH',
    delete: true,
    credentials: { header: { name: 'X-Api-Key', value: '${CRM_KEY}' } },
  },
};
