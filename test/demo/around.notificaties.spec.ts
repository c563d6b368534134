import { expect } from 'chai';
import { startAround } from '../../src/demo/around/server.ts';
import { client, codesIn, runningAround, tokenOf } from './around.ts';
import { call } from './crm.ts';
import type { Columns } from './crm.ts';

const root = '/notificaties/api/v1';
const message = {
  kanaal: 'zaken',
  hoofdObject: 'https://gateway.example/klanten/api/v1/klanten/1',
  resource: 'klant',
  resourceUrl: 'https://gateway.example/klanten/api/v1/klanten/1',
  actie: 'create',
  aanmaakdatum: '2018-09-07T00:00:00.123Z',
  kenmerken: { subjectType: 'natuurlijk_persoon' },
};

describe('demo Notificaties: notificaties', () => {
  const around = runningAround();
  const send = (change: object) => around.call('POST', `${root}/notificaties`, { ...message, ...change });
  const arrived = async () =>
    (await around.control<{ notificaties: unknown[] }>('GET', '/aangekomen')).body.notificaties;
  beforeEach(() => around.control('DELETE', '/aangekomen'));

  it('are taken, and kept in the order in which they came', async () => {
    const { status, body } = await send({});
    expect(status).to.equal(201);
    expect(body).to.deep.equal(message);
    for (const actie of ['update', 'partial_update', 'destroy']) await send({ actie });
    expect(await arrived()).to.deep.equal([
      message,
      { ...message, actie: 'update' },
      { ...message, actie: 'partial_update' },
      { ...message, actie: 'destroy' },
    ]);
  });

  const wrong: [change: object, complaint: Record<string, string>][] = [
    [{ kanaal: 'onbekend' }, { kanaal: 'does_not_exist' }],
    [{ kanaal: '' }, { kanaal: 'blank' }],
    [{ hoofdObject: '/klanten/1' }, { hoofdObject: 'invalid' }],
    [{ resource: null }, { resource: 'null' }],
    [{ resourceUrl: undefined }, { resourceUrl: 'required' }],
    [{ actie: 'read' }, { actie: 'invalid_choice' }],
    [{ aanmaakdatum: '2018-09-07' }, { aanmaakdatum: 'invalid' }],
    [{ aanmaakdatum: '2018-13-07T00:00:00Z' }, { aanmaakdatum: 'invalid' }],
    [{ kenmerken: undefined }, { kenmerken: 'required' }],
    [{ kenmerken: [] }, { kenmerken: 'invalid' }],
    [{ kenmerken: { subjectType: '' } }, { 'kenmerken.subjectType': 'blank' }],
    [{ kenmerken: { subjectType: null } }, { 'kenmerken.subjectType': 'null' }],
    [{ kenmerken: { subjectType: 1 } }, { 'kenmerken.subjectType': 'invalid' }],
  ];
  for (const [change, complaint] of wrong) {
    it(`are refused with ${JSON.stringify(change)} (${Object.values(complaint).join()})`, async () => {
      const { status, body } = await send(change);
      expect(status).to.equal(400);
      expect(codesIn(body)).to.deep.equal(complaint);
      expect(await arrived()).to.deep.equal([]);
    });
  }

  it('can do without kenmerken', async () => {
    expect((await send({ kenmerken: {} })).status).to.equal(201);
  });
});

describe('demo Notificaties: kanalen', () => {
  const around = runningAround();
  const kanaal = {
    naam: 'klanten',
    documentatieLink: 'https://gateway.example/ref/kanalen/#klanten',
    filters: ['subject_type'],
  };
  const create = (change: object) => around.call('POST', `${root}/kanalen`, { ...kanaal, ...change });
  const names = async (query = '') =>
    (await around.call<Columns[]>('GET', `${root}/kanalen${query}`)).body.map(({ naam }) => naam);
  beforeEach(() => around.control('DELETE', '/aangekomen'));

  it('are those of the other registers at first', async () => {
    expect(await names()).to.deep.equal(['autorisaties', 'documenten', 'zaken']);
  });

  it('are registered, found by name and used', async () => {
    expect(await names('?naam=klanten')).to.deep.equal([]);
    const { status, headers, body } = await create({});
    expect(status).to.equal(201);
    expect(body).to.deep.include(kanaal);
    expect(headers.get('Location')).to.equal(body.url);
    expect(await names('?naam=klanten')).to.deep.equal(['klanten']);
    const path = String(body.url).slice(around.url.length);
    expect((await around.call('GET', path)).body).to.deep.equal(body);
    const sent = await around.call('POST', `${root}/notificaties`, { ...message, kanaal: 'klanten' });
    expect(sent.status).to.equal(201);
  });

  it('have a name of their own', async () => {
    const { status, body } = await create({ naam: 'zaken' });
    expect(status).to.equal(400);
    expect(codesIn(body)).to.deep.equal({ naam: 'unique' });
  });

  it('need no more than a name, but nothing that is wrong', async () => {
    const { body } = await around.call('POST', `${root}/kanalen`, { naam: 'kaal' });
    expect(body).to.include({ naam: 'kaal', documentatieLink: '' });
    const wrong = await create({ naam: undefined, documentatieLink: 'x', filters: 'y' });
    expect(wrong.status).to.equal(400);
    expect(codesIn(wrong.body)).to.deep.equal({
      naam: 'required',
      documentatieLink: 'invalid',
      filters: 'invalid',
    });
  });

  it('can be there from the start, and come back when everything is emptied', async () => {
    const other = await startAround({ host: '127.0.0.1', port: 0, clients: [client], kanalen: ['klanten'] });
    const ask = async () =>
      call<Columns[]>(other.url, 'GET', `${root}/kanalen?naam=klanten`, undefined, {
        Authorization: `Bearer ${await tokenOf()}`,
      });
    expect((await ask()).body).to.have.length(1);
    await call(other.url, 'DELETE', '/aangekomen');
    expect((await ask()).body).to.have.length(1);
    await other.close();
  });
});
