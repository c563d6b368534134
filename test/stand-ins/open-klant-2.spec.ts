import { expect } from 'chai';
import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import { runningStandIn } from './kit/running.ts';
import { openKlant2 } from './open-klant-2.ts';

describe('the stand-in of Open Klant 2', () => {
  const standIn = runningStandIn(openKlant2());

  async function call(method: string, place: string, body?: JsonObject, token = 'open-klant-token') {
    const response = await fetch(`${standIn.url}/${place}`, {
      method,
      headers: { Authorization: `Token ${token}` },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await response.text();
    const parsed = (text === '' ? {} : JSON.parse(text)) as Json;
    return { status: response.status, body: isObject(parsed) ? parsed : {} };
  }
  const add = (place: string, body: JsonObject) => call('POST', place, body);
  const idOf = ({ body }: { readonly body: JsonObject }) => ({ uuid: scalarText(body.uuid) ?? '' });
  const complaintOf = ({ body }: { readonly body: JsonObject }) =>
    ['name', 'code'].map((key) => scalarText(valueAt(body, `invalidParams.0.${key}`))).join(' ');
  const bsn = (objectId: string) => ({
    partijIdentificator: {
      objectId,
      codeObjecttype: 'natuurlijk_persoon',
      codeRegister: 'brp',
      codeSoortObjectId: 'bsn',
    },
  });
  const persoon = { soortPartij: 'persoon', indicatieActief: true };

  it('wants a token', async () => {
    expect((await call('GET', 'partijen', undefined, 'other')).status).to.equal(401);
  });

  it('gives a nummer, and finds partijen by their identificatoren', async () => {
    const made = await add('partijen', { ...persoon, partijIdentificatoren: [bsn('999990019')] });
    expect(made.body.nummer).to.match(/^\d{10}$/);
    const query = 'partijIdentificator__codeSoortObjectId=bsn&partijIdentificator__objectId=999990019';
    const found = await call('GET', `partijen?${query}`);
    expect(valueAt(found.body, 'results.0.uuid')).to.equal(made.body.uuid);
    expect((await call('GET', 'partijen?soortPartij=organisatie')).body.count).to.equal(0);
  });

  it('refuses an identificator that is there already, or is none, and stores nothing then', async () => {
    await add('partijen', { ...persoon, partijIdentificatoren: [bsn('999990032')] });
    const { count } = (await call('GET', 'partijen')).body;
    const again = await add('partijen', { ...persoon, partijIdentificatoren: [bsn('999990032')] });
    expect([again.status, complaintOf(again)]).to.deep.equal([400, 'nonFieldErrors unique']);
    const wrong = await add('partijen', { ...persoon, partijIdentificatoren: [bsn('999990018')] });
    expect(complaintOf(wrong)).to.equal('partijIdentificator invalid');
    expect((await call('GET', 'partijen')).body.count).to.equal(count);
  });

  it('looks at lengths, words, what is required, telephone numbers and links', async () => {
    const partij = idOf(await add('partijen', persoon));
    const adres = { verstrektDoorPartij: partij, verstrektDoorBetrokkene: null };
    const telephone = { ...adres, soortDigitaalAdres: 'telefoonnummer' };
    const refused: [string, JsonObject, string][] = [
      ['partijen', { soortPartij: 'persoon' }, 'indicatieActief required'],
      ['partijen', { ...persoon, soortPartij: 'mens' }, 'soortPartij invalid_choice'],
      ['digitaleadressen', { ...telephone, adres: '06 1234 5678' }, 'adres invalid'],
      ['digitaleadressen', { ...telephone, adres: '1'.repeat(81) }, 'adres max_length'],
      ['klantcontacten', { onderwerp: 'x', taal: 'nld', vertrouwelijk: false }, 'kanaal required'],
      ['klantcontacten', { kanaal: '', onderwerp: 'x', taal: 'nld', vertrouwelijk: false }, 'kanaal blank'],
      [
        'betrokkenen',
        { hadKlantcontact: partij, rol: 'klant', initiator: true },
        'hadKlantcontact.uuid invalid',
      ],
    ];
    for (const [place, body, complaint] of refused)
      expect(complaintOf(await add(place, body))).to.equal(complaint);
    expect((await add('digitaleadressen', { ...telephone, adres: '0612345678' })).status).to.equal(201);
  });

  it('expands what is asked for, and removes what belongs to a record with it', async () => {
    const partij = idOf(await add('partijen', persoon));
    const adres = { verstrektDoorPartij: partij, verstrektDoorBetrokkene: null, soortDigitaalAdres: 'email' };
    const email = idOf(await add('digitaleadressen', { ...adres, adres: 'a@example.nl' }));
    const place = `partijen/${partij.uuid}`;
    expect((await call('GET', place)).body).not.to.have.property('_expand');
    const expanded = await call('GET', `${place}?expand=digitaleAdressen`);
    expect(valueAt(expanded.body, '_expand.digitaleAdressen.0.adres')).to.equal('a@example.nl');
    expect((await call('GET', `${place}?expand=alles`)).status).to.equal(400);
    expect((await call('DELETE', place)).status).to.equal(204);
    expect((await call('GET', `digitaleadressen/${email.uuid}`)).status).to.equal(404);
  });

  it('replaces identificatoren by those that a change names, and keeps them without', async () => {
    const { uuid } = idOf(await add('partijen', { ...persoon, partijIdentificatoren: [bsn('999990044')] }));
    const numbers = ({ body }: { readonly body: JsonObject }) =>
      valueAt(body, 'partijIdentificatoren.0.partijIdentificator.objectId');
    expect(numbers(await call('PATCH', `partijen/${uuid}`, { interneNotitie: 'x' }))).to.equal('999990044');
    const change = { partijIdentificatoren: [bsn('999990056')] };
    expect(numbers(await call('PATCH', `partijen/${uuid}`, change))).to.equal('999990056');
  });
});
