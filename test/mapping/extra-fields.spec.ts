import { expect } from 'chai';
import { isObject, scalarText, valueAt } from '../../src/json.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { mistakesIn, soundSet } from './set.ts';

/** Clients that need more than the standard (clients.md D4 and D5), and those that want no more than that. */
describe('properties beside those of the standard', () => {
  const copy = mappingCopy({
    'mapping.yaml': [
      [
        'record: { from: klant.from-crm.jsonata',
        'record: { adds: [volledigeNaam, __proto__, toString, leeg], from: klant.from-crm.jsonata',
      ],
    ],
    'klant.from-crm.jsonata': `{
      "bronorganisatie": "123456782", "klantnummer": KLANTNR, "websiteUrl": "https://www.gemeente.example",
      "achternaam": ANAAM, "volledigeNaam": { "in": ["dhr.", ANAAM] }, "leeg": VRIJ99
    }`,
  });
  const config = (extraFields: boolean) => ({
    extraFields,
    get mapping() {
      return { folder: copy.folder };
    },
  });
  const klant = { ...leastKlant, achternaam: 'Jansen' };

  describe('with extraFields on', () => {
    const gateway = runningGateway({ config: config(true) });

    it('are shown where the mapping names them, behind what the standard has', async () => {
      const { body } = await gateway.post(klant);
      expect(body.volledigeNaam).to.deep.equal({ in: ['dhr.', 'Jansen'] });
      expect(Object.keys(body).at(-1)).to.equal('volledigeNaam');
      expect(body).to.not.have.any.keys('leeg');
      const read = await gateway.get(urlIn({ body, status: 200, headers: new Headers(), text: '' }));
      expect(read.body).to.deep.equal(body);
    });

    it('are shown in lists, and count for the ETag', async () => {
      const made = await gateway.post(klant);
      const list = await gateway.get(`/klanten?klantnummer=${scalarText(made.body.klantnummer) ?? ''}`);
      expect(valueAt(list.body, 'results.0.volledigeNaam')).to.deep.equal({ in: ['dhr.', 'Jansen'] });
      const read = await gateway.get(urlIn(made));
      const changed = await gateway.patch(urlIn(made), { achternaam: 'Pietersen' });
      expect(changed.body.volledigeNaam).to.deep.equal({ in: ['dhr.', 'Pietersen'] });
      const again = await gateway.get(urlIn(made), {
        headers: { 'If-None-Match': read.headers.get('etag') ?? '' },
      });
      expect(again.status).to.equal(200);
    });

    it('may be sent back: they are no part of what is written', async () => {
      const { body, ...answer } = await gateway.post(klant);
      const put = await gateway.patch(urlIn({ ...answer, body }), {
        ...body,
        volledigeNaam: 'wat anders',
        functie: 'inkoper',
      });
      expect(put.status).to.equal(200);
      expect(put.body).to.deep.include({ functie: '', volledigeNaam: { in: ['dhr.', 'Jansen'] } });
    });

    it('are in the OpenAPI document of this deployment', async () => {
      const { body } = await gateway.get('//klanten/api/v1/openapi.json');
      const properties = valueAt(body, 'components.schemas.Klant.properties');
      expect(isObject(properties) && properties.volledigeNaam).to.deep.include({ readOnly: true });
      const other = await gateway.get('//contactmomenten/api/v1/openapi.json');
      expect(other.text).to.not.include('volledigeNaam');
    });
  });

  describe('with extraFields off, as it is by default', () => {
    const gateway = runningGateway({ config: config(false) });

    it('are not shown anywhere', async () => {
      const made = await gateway.post(klant);
      expect(made.body).to.not.have.property('volledigeNaam');
      expect((await gateway.get(urlIn(made))).body).to.not.have.property('volledigeNaam');
      const { text } = await gateway.get('//klanten/api/v1/openapi.json');
      expect(text).to.not.include('volledigeNaam');
    });
  });

  it('cannot take the place of one of the standard', async () => {
    const [mistake, ...others] = await mistakesIn({
      ...soundSet,
      'mapping.yaml': soundSet['mapping.yaml'].replace(
        'record: { from: from.jsonata,',
        'record: { adds: [status, achternaam], from: from.jsonata,',
      ),
    });
    expect(others).to.be.empty;
    expect(mistake).to.include({
      path: 'resources.klant.record.adds[1]',
      problem: "'achternaam' is a field of the standard",
    });
  });
});
