import { expect } from 'chai';
import { awkward } from '../../src/demo/crm/seed.ts';
import type { Answer } from '../kit/gateway.ts';
import { leastKlant, results, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { type Edit, mappingCopy } from '../kit/mapping-copy.ts';

/** Runs a gateway with a changed copy of the demonstration's mapping set. */
function gatewayWith(edits: Readonly<Record<string, Edit>>) {
  const copy = mappingCopy(edits);
  const mapping = {
    get folder() {
      return copy.folder;
    },
  };
  return runningGateway({ config: { mapping } });
}

function expectBadGateway(answer: Answer): void {
  expect([answer.status, answer.body.code]).to.deep.equal([502, 'bad_gateway']);
  expect(answer.body).not.to.have.any.keys('results', 'telefoonnummer', 'url');
}

/** The whole list, the page that the record is on, and a search that it passes. */
const listsWithEarlyRecords = ['/klanten', '/klanten?page=1', '/klanten?subjectType=natuurlijk_persoon'];

describe('a record that cannot be shown is refused, never left out', () => {
  describe('because a policy says refuse', () => {
    const gateway = gatewayWith({ 'mapping.yaml': [['telefoonnummer: blank', 'telefoonnummer: refuse']] });
    const place = klantPath(awkward.longTelephone);

    it('on read', async () => {
      expectBadGateway(await gateway.get(place));
      expectBadGateway(await gateway.get(place));
    });

    it('with an event that names the klant, the field and the code, never the value', async () => {
      const before = gateway.events.length;
      await gateway.get(place);
      const events = gateway.events.slice(before).filter(({ event }) => event !== 'request');
      const id = place.replace('/klanten/', '');
      expect(events).to.deep.equal([
        { event: 'record-unrenderable', resource: 'klant', id, field: 'telefoonnummer', code: 'max_length' },
      ]);
    });

    for (const list of listsWithEarlyRecords)
      it(`in ${list}`, async () => {
        expectBadGateway(await gateway.get(list));
      });

    it('but what it is not part of is answered', async () => {
      const [page, search] = [
        await gateway.get('/klanten?page=2'),
        await gateway.get('/klanten?achternaam=Null'),
      ];
      expect([page.status, page.body.count, results(page).length]).to.deep.equal([200, 1000, 100]);
      expect([search.status, search.body.count]).to.deep.equal([200, 1]);
      expect((await gateway.get(klantPath(awkward.apostrophe))).status).to.equal(200);
    });

    it('on every write to it, and nothing is written', async () => {
      const before = await gateway.crm.record(awkward.longTelephone);
      expectBadGateway(await gateway.patch(place, { functie: 'gids' }));
      expectBadGateway(await gateway.put(place, { ...leastKlant, telefoonnummer: '14070' }));
      expectBadGateway(await gateway.delete(place));
      expect(await gateway.crm.record(awkward.longTelephone)).to.deep.equal(before);
    });
  });

  describe('because a field that always has a value has none', () => {
    const gateway = gatewayWith({
      'klant.from-crm.jsonata': [['KLANTNR ?: $string(RELNR)', 'KLANTNR']],
      'mapping.yaml': [['      klantnummer: pass\n', '']],
    });

    it('on read, whether the CRM shows an empty column as "", as null or not at all', async () => {
      // The CRM takes turns by number.
      const numbers = [await gateway.crm.add({}), await gateway.crm.add({}), await gateway.crm.add({})];
      const columns = [];
      for (const number of numbers) {
        columns.push((await gateway.crm.record(number)).KLANTNR);
        expectBadGateway(await gateway.get(klantPath(number)));
        await gateway.crm.remove(number);
      }
      expect(columns).to.have.members(['', null, undefined]);
      const refusal = gateway.events.find(({ event }) => event === 'record-unrenderable');
      expect(refusal).to.include({ field: 'klantnummer', code: 'required' });
    });

    for (const list of listsWithEarlyRecords)
      it(`in ${list}`, async () => {
        expectBadGateway(await gateway.get(list));
      });
  });

  for (const policy of ['blank', 'refuse']) {
    describe(`because a required field is wrong, also with the policy ${policy}`, () => {
      const gateway = gatewayWith({ 'mapping.yaml': [['websiteUrl: pass', `websiteUrl: ${policy}`]] });

      it('on read and in a list', async () => {
        const number = await gateway.crm.add({ WEB: 'http://', ANAAM: 'Zonderling' });
        expectBadGateway(await gateway.get(klantPath(number)));
        expectBadGateway(await gateway.get('/klanten?achternaam=Zonderling'));
        expectBadGateway(await gateway.get('/klanten?page=last'));
        const refusal = gateway.events.find(({ event }) => event === 'record-unrenderable');
        expect(refusal).to.include({ field: 'websiteUrl', code: 'invalid' });
      });
    });
  }

  describe('because a part that an object requires is missing, and its policy says refuse', () => {
    const field = 'subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam';
    const gateway = gatewayWith({
      'mapping.yaml': [['telefoonnummer: blank', `telefoonnummer: blank\n      ${field}: refuse`]],
    });

    it('on read', async () => {
      const number = await gateway.crm.add({ SRT: 'P', VB_ID: 'X-77', VOORL: 'Q.' });
      expectBadGateway(await gateway.get(klantPath(number)));
      const refusal = gateway.events.find(({ event }) => event === 'record-unrenderable');
      expect(refusal).to.include({ field, code: 'required' });
    });
  });

  describe('but with the policy pass', () => {
    const gateway = gatewayWith({
      'mapping.yaml': [
        ['telefoonnummer: blank', 'telefoonnummer: pass'],
        ['subjectIdentificatie.inpBsn: blank', 'subjectIdentificatie.inpBsn: pass'],
      ],
    });

    it('is shown as it is, with an event', async () => {
      const answer = await gateway.get(klantPath(awkward.longTelephone));
      expect(answer.body.telefoonnummer, answer.text).to.equal('+31 (0)20 - 555 01 23');
      const person = await gateway.get(klantPath(awkward.invalidBsn));
      expect(person.body.subjectIdentificatie).to.include({ inpBsn: '999990018' });
      expect(gateway.events.filter(({ event }) => event === 'afwijking')).to.deep.equal(
        [
          ['telefoonnummer', 'max_length'],
          ['subjectIdentificatie.inpBsn', 'invalid'],
        ].map(([field, code]) => ({
          event: 'afwijking',
          resource: 'klant',
          field,
          code,
          policy: 'pass',
          records: 1,
        })),
      );
    });
  });
});
