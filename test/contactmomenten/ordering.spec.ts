import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { complaints, results, runningGateway } from '../kit/gateway.ts';
import { contactmomentenOf, textIn } from './contactmomenten.ts';

/** In the order in which they are made; each ordering puts them in another one. */
const made: readonly JsonObject[] = [
  {
    bronorganisatie: '314273268',
    registratiedatum: '2020-01-01T12:00:00.000002Z',
    kanaal: 'c',
    tekst: 'b',
    onderwerpLinks: ['https://onderwerpen.example/b'],
    initiatiefnemer: 'klant',
    medewerker: 'https://medewerkers.example/a',
    medewerkerIdentificatie: { identificatie: 'KCC-1' },
  },
  {
    bronorganisatie: '123456782',
    registratiedatum: '2020-01-01T12:00:00Z',
    kanaal: 'b',
    tekst: 'c',
    onderwerpLinks: ['https://onderwerpen.example/a'],
    initiatiefnemer: 'gemeente',
    medewerker: 'https://medewerkers.example/c',
    medewerkerIdentificatie: null,
  },
  {
    bronorganisatie: '123456782',
    registratiedatum: '2020-01-01T13:59:59.999999+02:00',
    kanaal: 'a',
    tekst: 'a',
    onderwerpLinks: ['https://onderwerpen.example/c'],
    initiatiefnemer: 'klant',
    medewerker: 'https://medewerkers.example/b',
    medewerkerIdentificatie: { identificatie: 'KCC-2' },
  },
];

/** What each ordering makes of them; what is equal stays in the order in which it was made. */
const orders: Readonly<Record<string, readonly number[]>> = {
  bronorganisatie: [1, 2, 0],
  '-bronorganisatie': [0, 1, 2],
  registratiedatum: [2, 1, 0],
  '-registratiedatum': [0, 1, 2],
  kanaal: [2, 1, 0],
  '-kanaal': [0, 1, 2],
  voorkeurskanaal: [0, 1, 2],
  '-voorkeurskanaal': [0, 1, 2],
  tekst: [2, 0, 1],
  '-tekst': [1, 0, 2],
  onderwerp_links: [1, 0, 2],
  '-onderwerp_links': [2, 0, 1],
  initiatiefnemer: [1, 0, 2],
  '-initiatiefnemer': [0, 2, 1],
  medewerker: [0, 2, 1],
  '-medewerker': [1, 2, 0],
  medewerker_identificatie: [1, 0, 2],
  '-medewerker_identificatie': [0, 2, 1],
  klant: [0, 1, 2],
  '-klant': [0, 1, 2],
  '': [0, 1, 2],
  'bronorganisatie,registratiedatum': [2, 1, 0],
  'bronorganisatie,-registratiedatum': [1, 2, 0],
  '-initiatiefnemer,kanaal': [2, 0, 1],
  'klant,kanaal': [2, 1, 0],
};

describe('ordering of contactmoment_list: contract section 1.5', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-003': 'off' } } });
  const { add, list, all } = contactmomentenOf(gateway);
  const urls: string[] = [];

  before(async () => {
    for (const fields of made) urls.push(await add({ ...fields, voorkeurskanaal: 'ordening' }));
  });

  const ordered = async (ordering: string) =>
    results(await list(`contactmomenten?voorkeurskanaal=ordening&ordering=${ordering}`)).map(({ url }) =>
      textIn(url),
    );

  for (const [ordering, wanted] of Object.entries(orders)) {
    it(`ordering=${ordering}`, async () => {
      expect((await ordered(ordering)).map((url) => urls.indexOf(url))).to.deep.equal(wanted);
    });
  }

  it('ordering=url orders by UUID, and -url the other way round', async () => {
    expect(await ordered('url')).to.deep.equal([...urls].sort());
    expect(await ordered('-url')).to.deep.equal([...urls].sort().reverse());
  });

  for (const ordering of [
    'vorig_contactmoment',
    'onderwerpLinks',
    'Kanaal',
    '--kanaal',
    '+kanaal',
    'x',
    'kanaal,x',
  ]) {
    it(`ordering=${ordering} is an invalid_choice`, async () => {
      const answer = await list(`contactmomenten?ordering=${encodeURIComponent(ordering)}`);
      expect(answer.status, answer.text).to.equal(400);
      expect(complaints(answer)).to.deep.equal(['ordering invalid_choice']);
    });
  }

  it('goes across pages, whose links keep it', async () => {
    const everything = await all('contactmomenten?ordering=-registratiedatum');
    const moments = everything.map(({ registratiedatum }) =>
      textIn(registratiedatum).replace(/(?<=:\d\d)Z$/, '.000000Z'),
    );
    expect(moments).to.have.length(303);
    expect(moments).to.deep.equal([...moments].sort().reverse());
    const second = await list('contactmomenten?ordering=-registratiedatum&page=2');
    expect(second.body.next).to.include('ordering=-registratiedatum').and.include('page=3');
    expect(second.body.previous).to.include('ordering=-registratiedatum').and.not.include('page=');
  });
});
