import { expect } from 'chai';
import { complaints, runningGateway } from '../kit/gateway.ts';
import { contactmomentenOf, leastContactmoment, nobody } from './contactmomenten.ts';

const medewerker = { identificatie: '', achternaam: '', voorletters: '', voorvoegselAchternaam: '' };

describe('updates of a contactmoment: contract section 2.0', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-003': 'off' } } });
  const { add } = contactmomentenOf(gateway);
  let url = '';
  let before: typeof complete;

  const complete = {
    vorigContactmoment: '',
    bronorganisatie: '950428139',
    registratiedatum: '2020-01-01T12:00:00.123456Z',
    kanaal: 'balie',
    voorkeurskanaal: 'e-mail',
    voorkeurstaal: 'nld',
    tekst: 'Over de vuilnisbak',
    onderwerpLinks: ['https://onderwerpen.gemeente.example/afval'],
    initiatiefnemer: 'klant',
    medewerker: 'https://medewerkers.example/1',
    medewerkerIdentificatie: { ...medewerker, identificatie: 'KCC-1', achternaam: 'Jansen' },
  };

  beforeEach(async () => {
    before = { ...complete, vorigContactmoment: await add() };
    url = await add(before);
  });

  const after = async (changes: object) => {
    const wanted = { url, ...before, volgendContactmoment: null, ...changes };
    expect((await gateway.get(url)).body).to.deep.equal(wanted);
    return wanted;
  };

  it('a PUT keeps every field that it omits', async () => {
    const answer = await gateway.put(url, { bronorganisatie: '123456782' });
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body).to.deep.equal(await after({ bronorganisatie: '123456782' }));
  });

  it('a PUT without bronorganisatie is refused, and a PATCH is not', async () => {
    expect(complaints(await gateway.put(url, { tekst: 'x' }))).to.deep.equal(['bronorganisatie required']);
    expect((await gateway.patch(url, { tekst: 'x' })).status).to.equal(200);
    await after({ tekst: 'x' });
  });

  it('an empty PATCH changes nothing', async () => {
    const answer = await gateway.patch(url, {});
    expect(answer.status, answer.text).to.equal(200);
    await after({});
  });

  it('every text can be emptied', async () => {
    const empty = {
      kanaal: '',
      voorkeurskanaal: '',
      voorkeurstaal: '',
      tekst: '',
      initiatiefnemer: '',
      medewerker: '',
    };
    expect((await gateway.patch(url, empty)).status).to.equal(200);
    await after(empty);
  });

  it('voorkeurstaal, which is kept elsewhere, can be changed, emptied and filled again', async () => {
    for (const voorkeurstaal of ['eng', '', 'fra']) {
      const answer = await gateway.patch(url, { voorkeurstaal });
      expect(answer.status, answer.text).to.equal(200);
      await after({ voorkeurstaal });
    }
  });

  for (const method of ['put', 'patch'] as const) {
    const change = (fields: object) =>
      gateway[method](url, { ...(method === 'put' ? { bronorganisatie: '950428139' } : {}), ...fields });

    it(`a ${method.toUpperCase()} merges medewerkerIdentificatie key by key`, async () => {
      expect((await change({ medewerkerIdentificatie: { voorletters: 'J.' } })).status).to.equal(200);
      const merged = { ...complete.medewerkerIdentificatie, voorletters: 'J.' };
      await after({ medewerkerIdentificatie: merged });
      expect((await change({ medewerkerIdentificatie: { achternaam: '' } })).status).to.equal(200);
      await after({ medewerkerIdentificatie: { ...merged, achternaam: '' } });
    });

    it(`a ${method.toUpperCase()} with null or {} does not take medewerkerIdentificatie away`, async () => {
      for (const medewerkerIdentificatie of [null, {}]) {
        const answer = await change({ medewerkerIdentificatie });
        expect(answer.status, answer.text).to.equal(200);
        await after({});
      }
    });
  }

  it('medewerkerIdentificatie is made where there was none', async () => {
    const other = await add({ medewerker: 'https://medewerkers.example/2', medewerkerIdentificatie: null });
    expect((await gateway.get(other)).body.medewerkerIdentificatie).to.equal(null);
    const answer = await gateway.patch(other, { medewerkerIdentificatie: { voorletters: 'J.' } });
    expect(answer.body.medewerkerIdentificatie).to.deep.equal({ ...medewerker, voorletters: 'J.' });
  });

  it('what is wrong changes nothing', async () => {
    const answer = await gateway.patch(url, {
      tekst: 'x',
      medewerkerIdentificatie: { voorletters: 'x'.repeat(21) },
    });
    expect(complaints(answer)).to.deep.equal(['medewerkerIdentificatie.voorletters max_length']);
    await after({});
  });

  it('even bronorganisatie and registratiedatum can be changed', async () => {
    const changes = { bronorganisatie: '314273268', registratiedatum: '2021-01-01T00:00:00Z' };
    expect((await gateway.patch(url, changes)).status).to.equal(200);
    await after(changes);
  });

  it('of one that is not there is a 404, whatever the body', async () => {
    const nowhere = url.replace(/[^/]+$/, nobody);
    for (const body of [leastContactmoment, {}, { bronorganisatie: 'x' }]) {
      expect((await gateway.put(nowhere, body)).status).to.equal(404);
      expect((await gateway.patch(nowhere, body)).status).to.equal(404);
    }
  });
});
