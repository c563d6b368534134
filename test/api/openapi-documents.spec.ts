import { expect } from 'chai';
import { openApiDocument } from '../../src/api/openapi/index.ts';
import { isObject, type JsonObject, scalarText } from '../../src/json.ts';
import { klantverzoek } from '../../src/resources/klantverzoek.ts';
import { canonical, runningGateway } from '../kit/gateway.ts';
import { objections, operationsIn } from './openapi-document.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

const every = {
  list: 'GET',
  create: 'POST',
  read: 'GET',
  update: 'PUT',
  partial_update: 'PATCH',
  delete: 'DELETE',
};

const unchanging = { list: 'GET', create: 'POST', read: 'GET', delete: 'DELETE' };

/** An API: what it says of itself, and by the plural of each resource its name and its operations. */
interface Offered {
  readonly title: string;
  readonly version: string;
  readonly resources: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>>;
}

/** Contract sections 1.1 to 1.3. The first resource of each API has an audit trail under it. */
const apis: Readonly<Record<string, Offered>> = {
  klanten: { title: 'Klanten API', version: '1.0.0', resources: { klanten: ['klant', every] } },
  contactmomenten: {
    title: 'Contactmomenten API',
    version: '1.0.0',
    resources: {
      contactmomenten: ['contactmoment', every],
      klantcontactmomenten: ['klantcontactmoment', unchanging],
      objectcontactmomenten: ['objectcontactmoment', unchanging],
    },
  },
  verzoeken: {
    title: 'Verzoeken API',
    version: '1.0.0-beta',
    resources: {
      verzoeken: ['verzoek', every],
      klantverzoeken: ['klantverzoek', unchanging],
      objectverzoeken: ['objectverzoek', unchanging],
      verzoekcontactmomenten: ['verzoekcontactmoment', unchanging],
      verzoekinformatieobjecten: ['verzoekinformatieobject', unchanging],
      verzoekproducten: ['verzoekproduct', unchanging],
    },
  },
};

/** Contract section 6: the headers that the audit trail keeps, of the operations that are in it. */
const logrecord = ['X-NLX-Logrecord-ID', 'X-Audit-Toelichting'];
const caller = ['X-NLX-Request-Application-Id', 'X-NLX-Request-User-Id', 'X-Audit-Toelichting'];
const audited: Readonly<Record<string, readonly string[]>> = {
  klant: logrecord,
  contactmoment: logrecord,
  klantcontactmoment: [],
  objectcontactmoment: [],
  verzoek: caller,
  klantverzoek: caller,
  objectverzoek: [],
  verzoekcontactmoment: caller,
  verzoekinformatieobject: caller,
  verzoekproduct: caller,
};

/** Contract section 1.5: what a list takes besides `page`. */
const filters: Readonly<Record<string, string>> = {
  klant:
    'bronorganisatie klantnummer bedrijfsnaam functie achternaam telefoonnummer emailadres adres__straatnaam ' +
    'adres__postcode adres__woonplaatsNaam adres__landcode subject subjectType ' +
    'subjectNatuurlijkPersoon__inpBsn subjectNatuurlijkPersoon__anpIdentificatie ' +
    'subjectNatuurlijkPersoon__inpA_nummer subjectNietNatuurlijkPersoon__innNnpId ' +
    'subjectNietNatuurlijkPersoon__annIdentificatie subjectVestiging__vestigingsNummer',
  contactmoment:
    'vorigContactmoment volgendContactmoment bronorganisatie registratiedatum registratiedatum__gt ' +
    'registratiedatum__gte registratiedatum__lt registratiedatum__lte kanaal voorkeurskanaal voorkeurstaal ' +
    'initiatiefnemer medewerker ordering',
  klantcontactmoment: 'contactmoment klant rol',
  objectcontactmoment: 'object contactmoment objectType',
  verzoek:
    'identificatie bronorganisatie externeIdentificatie registratiedatum registratiedatum__gt ' +
    'registratiedatum__gte registratiedatum__lt registratiedatum__lte voorkeurskanaal tekst status ' +
    'inTeTrekkenVerzoek intrekkendeVerzoek aangevuldeVerzoek aanvullendeVerzoek',
  klantverzoek: 'verzoek klant',
  objectverzoek: 'object verzoek',
  verzoekcontactmoment: 'verzoek contactmoment',
  verzoekinformatieobject: 'verzoek informatieobject',
  verzoekproduct: 'verzoek product productIdentificatie__code',
};

describe('The OpenAPI documents of the three APIs', () => {
  const gateway = runningGateway();

  for (const [api, { title, version, resources }] of Object.entries(apis)) {
    describe(`of ${api}`, () => {
      let document: JsonObject = {};
      before(async () => {
        document = (await gateway.get(`//${api}/api/v1/openapi.json`, { client: null })).body;
      });

      /** The operations that the contract names: `GET /klanten/{uuid} klant_read`. */
      const ofResources = Object.entries(resources).flatMap(([plural, [name, operations]]) =>
        Object.entries(operations).map(([operation, method]) => {
          const path = ['list', 'create'].includes(operation) ? `/${plural}` : `/${plural}/{uuid}`;
          return { method, path, id: `${name}_${operation}`, name, operation };
        }),
      );
      const [[plural, [main]] = ['', ['']]] = Object.entries(resources);
      const ofTrail = { list: '', read: '/{uuid}' };
      const wanted = [
        ...ofResources,
        ...Object.entries(ofTrail).map(([operation, end]) => ({
          method: 'GET',
          path: `/${plural}/{${main}_uuid}/audittrail${end}`,
          id: `audittrail_${operation}`,
          name: 'audittrail',
          operation,
        })),
      ];

      it('is valid OpenAPI 3.0', () => {
        expect(operationsIn(document)).to.have.length(wanted.length);
        expect(objections(document)).to.deep.equal([]);
      });

      it('has the title and the version of its API, and says where it is', () => {
        expect(document.info).to.include({ title, version });
        expect(document.servers).to.deep.equal([{ url: `${canonical}/${api}/api/v1` }]);
      });

      it('lists exactly the operations of the contract', () => {
        const line = ({
          method,
          path,
          id,
        }: (typeof wanted)[number] | { method: string; path: string; id: string }) =>
          `${method} ${path} ${id}`;
        expect(operationsIn(document).map(line)).to.have.members(wanted.map(line));
      });

      it('lists exactly the operations that are served', async () => {
        const listed = operationsIn(document).map(({ method, path }) => `${method} ${path}`);
        const paths = new Set(operationsIn(document).map(({ path }) => path));
        for (const path of paths) {
          for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
            const place = `//${api}/api/v1${path.replaceAll(/\{\w+\}/g, nobody)}`;
            // Nobody's token: what is served is refused to him, and all else is no method of this path.
            const { status } = await gateway.request(method, place, { client: null });
            expect(status, `${method} ${path}`).to.equal(listed.includes(`${method} ${path}`) ? 403 : 405);
          }
        }
      });

      it('names the parameters of the audit trail', () => {
        const named = (id: string) =>
          operationsIn(document)
            .find((one) => one.id === id)
            ?.parameters.map((one) => [one.in, one.name].map(scalarText).join(' '));
        const path = `path ${main}_uuid`;
        expect(named('audittrail_list')).to.deep.equal([path]);
        expect(named('audittrail_read')).to.have.members([path, 'path uuid', 'header If-None-Match']);
      });

      for (const { id, name, operation } of ofResources) {
        it(`names the parameters of ${id}`, () => {
          const described = operationsIn(document).find((one) => one.id === id);
          const names = described?.parameters.map((one) => [one.in, one.name].map(scalarText).join(' '));
          const headers = (audited[name] ?? []).map((header) => `header ${header}`);
          const known: Readonly<Record<string, readonly string[]>> = {
            list: [...(filters[name] ?? '').split(' '), 'page'].map((filter) => `query ${filter}`),
            create: ['header Content-Type', ...headers],
            read: ['path uuid', 'header If-None-Match'],
            update: ['path uuid', 'header Content-Type', ...headers],
            partial_update: ['path uuid', 'header Content-Type', ...headers],
            delete: ['path uuid', ...headers],
          };
          expect(names).to.have.members([...(known[operation] ?? [])]);
        });
      }

      it('has conditional reads only, and a limit to bodies only', () => {
        for (const { id, method, operation, path } of operationsIn(document)) {
          const statuses = Object.keys(isObject(operation.responses) ? operation.responses : {});
          expect(statuses.includes('304'), id).to.equal(method === 'GET' && path.endsWith('}'));
          expect(statuses.includes('413'), id).to.equal(['POST', 'PUT', 'PATCH'].includes(method));
          expect(statuses, id).to.include.members(['501', '502', '503', '504']);
        }
      });
    });
  }

  it('name what contactmomenten may be ordered by, each way (contract section 1.5)', async () => {
    const { body } = await gateway.get('//contactmomenten/api/v1/openapi.json');
    const [lists] = operationsIn(body).filter(({ id }) => id === 'contactmoment_list');
    const words =
      'url bronorganisatie klant registratiedatum kanaal voorkeurskanaal tekst onderwerp_links initiatiefnemer ' +
      'medewerker medewerker_identificatie';
    expect(lists?.parameters.find(({ name }) => name === 'ordering')?.schema).to.deep.equal({
      type: 'string',
      enum: words.split(' ').flatMap((word) => [word, `-${word}`]),
    });
  });

  describe('are looked at so that it would show', () => {
    const text = JSON.stringify(
      openApiDocument({
        title: '',
        description: '',
        version: '1.0.0',
        serverUrl: '/',
        resources: [klantverzoek],
        supports: () => true,
      }),
    );
    const mistakes: readonly (readonly [what: string, right: string, wrong: string])[] = [
      ['a version of OpenAPI that it is not', '"openapi":"3.0.0"', '"openapi":"3.1.0"'],
      ['a word that OpenAPI does not have', '"maxLength"', '"maximumLength"'],
      ['a pointer to nothing', 'schemas/KlantVerzoek"', 'schemas/KlantVerzoekje"'],
      ['a second operation of the same name', '"klantverzoek_list"', '"klantverzoek_create"'],
      ['a parameter that its path does not have', '{uuid}', '{id}'],
      ['a parameter twice', '"name":"klant"', '"name":"verzoek"'],
      ['a demand for a property that is not there', '"required":["klant"', '"required":["klanten"'],
      ['a tag that is not explained', '"tags":["klantverzoeken"]', '"tags":["verzoeken"]'],
      ['a scheme that is not there', '[{"JWT-Claims":["', '[{"JWT":["'],
    ];
    for (const [what, right, wrong] of mistakes) {
      it(`for ${what}`, () => {
        expect(objections(JSON.parse(text) as JsonObject)).to.deep.equal([]);
        expect(text).to.include(right);
        expect(objections(JSON.parse(text.replace(right, wrong)) as JsonObject)).not.to.deep.equal([]);
      });
    }
  });
});
