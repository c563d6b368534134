import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { isObject } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import { otherPlaces } from './other-places.ts';
import { requestNumber, verzoekenOf } from './samples.ts';

/** A CRM shows an empty column as nothing, null or blank by turns. */
const nothing = [undefined, null, ''];

describe('klantverzoeken over the places that the CRM has for them', () => {
  const elsewhere = otherPlaces();
  const gateway = runningGateway({
    get config() {
      return elsewhere.configuration();
    },
  });
  const { made, klant, related, urls, row, change } = verzoekenOf(gateway);
  const add = (body: JsonObject) => related('klantverzoeken', body);
  const of = (verzoek: string) => urls(`klantverzoeken?verzoek=${verzoek}`);
  const involved = async (verzoek: string) => {
    const { BETROKKENEN: rows } = await gateway.crm.call(
      'GET',
      `/relbeheer/betrokkenen?AANVNR=${requestNumber(verzoek)}`,
    );
    return Array.isArray(rows) ? rows.filter(isObject) : [];
  };

  it('the first initiator is in the columns of the request, with its machtiging; all others are in the table', async () => {
    const verzoek = await made();
    const first = await add({
      verzoek,
      klant: await klant(),
      rol: 'initiator',
      indicatieMachtiging: 'gemachtigde',
    });
    expect((await row(verzoek)).HOOFDREL).to.be.a('number');
    expect((await row(verzoek)).HOOFDMACHT).to.equal('G');
    expect(await involved(verzoek)).to.deep.equal([]);
    const others = [
      await add({ verzoek, klant: await klant(), rol: 'initiator' }),
      await add({
        verzoek,
        klant: await klant(),
        rol: 'mede_initiator',
        indicatieMachtiging: 'machtiginggever',
      }),
      await add({ verzoek, klant: elsewhere.at('/ok'), rol: 'initiator' }),
      await add({ verzoek, klant: await klant() }),
    ];
    expect(await involved(verzoek)).to.have.length(4);
    expect(await of(verzoek)).to.deep.equal([first, ...others]);
    expect((await gateway.get(first)).body).to.include({
      rol: 'initiator',
      indicatieMachtiging: 'gemachtigde',
    });
  });

  it('whoever is no initiator leaves the columns free', async () => {
    const verzoek = await made();
    await add({ verzoek, klant: await klant(), rol: 'belanghebbende' });
    expect((await row(verzoek)).HOOFDREL).to.be.oneOf(nothing);
    const url = await add({ verzoek, klant: await klant(), rol: 'initiator' });
    expect((await row(verzoek)).HOOFDREL).to.be.a('number');
    expect((await of(verzoek)).at(0)).to.equal(url);
  });

  it('deleting the one in the columns empties these alone, and another initiator fits in again', async () => {
    const verzoek = await made({ tekst: 'blijft' });
    const body = { verzoek, rol: 'initiator', indicatieMachtiging: 'gemachtigde' };
    const first = await add({ ...body, klant: await klant() });
    const second = await add({ ...body, klant: await klant() });
    expect((await gateway.delete(first)).status).to.equal(204);
    const { HOOFDREL, HOOFDMACHT, TEKST } = await row(verzoek);
    expect(HOOFDREL).to.be.oneOf(nothing);
    expect(HOOFDMACHT).to.be.oneOf(nothing);
    expect(TEKST).to.equal('blijft');
    expect(await of(verzoek)).to.deep.equal([second]);
    const third = await add({ ...body, klant: await klant() });
    expect(await involved(verzoek)).to.have.length(1);
    expect(await of(verzoek)).to.deep.equal([third, second]);
    // The URL is of that klant at that request: the columns hold somebody else now.
    expect((await gateway.get(first)).status).to.equal(404);
    expect((await gateway.delete(first)).status).to.equal(404);
  });

  it('a main contact elsewhere, which the CRM put there, is shown, takes the place, and can be deleted', async () => {
    const verzoek = await made();
    await change(verzoek, { HOOFDURL: 'https://elders.example/klanten/1', HOOFDMACHT: 'M' });
    const [url = ''] = await of(verzoek);
    expect((await gateway.get(url)).body).to.include({
      klant: 'https://elders.example/klanten/1',
      rol: 'initiator',
      indicatieMachtiging: 'machtiginggever',
    });
    await add({ verzoek, klant: await klant(), rol: 'initiator' });
    expect(await involved(verzoek)).to.have.length(1);
    expect((await gateway.delete(url)).status).to.equal(204);
    expect((await row(verzoek)).HOOFDURL).to.be.oneOf(nothing);
    expect(await of(verzoek)).to.have.length(1);
  });

  it('a klant is found in all places', async () => {
    const [one, first, second] = [await klant(), await made(), await made()];
    const inColumns = await add({ verzoek: first, klant: one, rol: 'initiator' });
    const inTable = await add({ verzoek: second, klant: one, rol: 'belanghebbende' });
    expect(await urls(`klantverzoeken?klant=${one}`)).to.deep.equal([inColumns, inTable]);
    expect(await urls(`klantverzoeken?klant=${one}&verzoek=${second}`)).to.deep.equal([inTable]);
  });

  it('pages run on from one place into the next, with nothing twice and nothing left out', async () => {
    const seen: string[] = [];
    for (let page = 1; ; page++) {
      const answer = await gateway.list('verzoeken', `klantverzoeken?page=${page}`);
      seen.push(...(await urls(`klantverzoeken?page=${page}`)));
      if (answer.body.next === null) {
        expect(seen).to.have.length(Number(answer.body.count));
        break;
      }
    }
    expect(new Set(seen)).to.have.property('size', seen.length);
    expect(seen.length).to.be.greaterThan(180);
  });
});

describe('verzoekproducten over the request and the bijregister', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-007': 'off' } } });
  const { made, related, urls, row } = verzoekenOf(gateway);
  const add = (verzoek: string, code: string) =>
    related('verzoekproducten', {
      verzoek,
      product: `https://producten.example/${code}`,
      productIdentificatie: { code },
    });
  const of = (verzoek: string) => urls(`verzoekproducten?verzoek=${verzoek}`);
  const rows = async () => {
    const { tabellen } = await gateway.around.arrived();
    const table = isObject(tabellen) ? tabellen.verzoekproducten : undefined;
    return Array.isArray(table) ? table.filter(isObject).map(({ code }) => code) : [];
  };

  it('the first is in the columns of the request, the others in the bijregister', async () => {
    const verzoek = await made();
    const created = [await add(verzoek, 'A1'), await add(verzoek, 'A2'), await add(verzoek, 'A3')];
    expect(await row(verzoek)).to.include({ PRODCD: 'A1', PRODURL: 'https://producten.example/A1' });
    expect(await rows())
      .to.include.members(['A2', 'A3'])
      .and.not.include('A1');
    expect(await of(verzoek)).to.deep.equal(created);
    for (const url of created) expect((await gateway.get(url)).status).to.equal(200);
  });

  it('deleting the first leaves the others, and the next one takes its place', async () => {
    const verzoek = await made({ tekst: 'blijft' });
    const [first, second] = [await add(verzoek, 'B1'), await add(verzoek, 'B2')];
    expect((await gateway.delete(first)).status).to.equal(204);
    expect((await row(verzoek)).PRODCD).to.be.oneOf(nothing);
    expect((await row(verzoek)).TEKST).to.equal('blijft');
    expect(await of(verzoek)).to.deep.equal([second]);
    await add(verzoek, 'B3');
    expect((await row(verzoek)).PRODCD).to.equal('B3');
    expect(await rows()).not.to.include('B3');
  });

  it('deleting one of the bijregister leaves the first', async () => {
    const verzoek = await made();
    const [first, second] = [await add(verzoek, 'C1'), await add(verzoek, 'C2')];
    expect((await gateway.delete(second)).status).to.equal(204);
    expect(await rows()).not.to.include('C2');
    expect(await of(verzoek)).to.deep.equal([first]);
  });

  it('when the bijregister does not answer, a list is refused and not shown in part', async () => {
    const verzoek = await made();
    await add(verzoek, 'D1');
    await gateway.around.fault({ soort: 'fout', pad: '/bijregister' });
    const answer = await gateway.list('verzoeken', `verzoekproducten?verzoek=${verzoek}`);
    expect(answer.status).to.equal(502);
  });
});
