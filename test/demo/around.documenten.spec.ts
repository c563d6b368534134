import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { informatieobjectUuids } from '../../src/demo/around/seed-documenten.ts';
import { until } from '../kit/until.ts';
import { webHost } from '../kit/web-host.ts';
import { client, codesIn, runningAround } from './around.ts';
import type { Columns } from './crm.ts';

const root = '/documenten/api/v1';
const documents = `${root}/enkelvoudiginformatieobjecten`;
const list = `${root}/objectinformatieobjecten`;

describe('demo Documenten: enkelvoudiginformatieobjecten', () => {
  const around = runningAround();
  const [one, two] = informatieobjectUuids;

  it('are there, each at its own URL and complete', async () => {
    for (const uuid of informatieobjectUuids) {
      const { status, body } = await around.call('GET', `${documents}/${uuid}`);
      expect(status).to.equal(200);
      expect(body.url).to.equal(`${around.url}${documents}/${uuid}`);
      const required = ['bronorganisatie', 'creatiedatum', 'titel', 'auteur', 'taal', 'informatieobjecttype'];
      for (const field of [...required, 'identificatie']) {
        expect(body[field], field).to.be.a('string').that.is.not.empty;
      }
    }
  });

  it('have versions, of which the newest is shown unless one is asked for', async () => {
    const versionOf = async (query: string) =>
      (await around.call('GET', `${documents}/${two}${query}`)).body.versie;
    expect(await versionOf('')).to.equal(2);
    expect(await versionOf('?versie=1')).to.equal(1);
    expect(await versionOf('?versie=2')).to.equal(2);
    for (const query of ['?versie=3', '?versie=0', '?versie=een']) {
      expect((await around.call('GET', `${documents}/${two}${query}`)).status, query).to.equal(404);
    }
  });

  it('lead to their text', async () => {
    const { body } = await around.call('GET', `${documents}/${two}?versie=1`);
    const path = String(body.inhoud).slice(around.url.length);
    const { headers } = await around.call('HEAD', path);
    expect(headers.get('Content-Type')).to.include('text/plain');
    expect(Number(headers.get('Content-Length'))).to.equal(body.bestandsomvang);
  });

  it('are not found under another uuid', async () => {
    expect((await around.call('GET', `${documents}/${one}9`)).status).to.equal(404);
  });
});

describe('demo Documenten: objectinformatieobjecten', () => {
  const around = runningAround();
  const document = (index: 0 | 1) => `${around.url}${documents}/${informatieobjectUuids[index]}`;
  const verzoek = (number: number) => `https://gateway.example/verzoeken/api/v1/verzoeken/${number}`;
  const create = (number: number, index: 0 | 1) =>
    around.call('POST', list, {
      object: verzoek(number),
      informatieobject: document(index),
      objectType: 'verzoek',
    });
  const search = (filters: Record<string, string>) =>
    around.call<Columns[]>('GET', `${list}?${new URLSearchParams(filters).toString()}`);
  beforeEach(() => around.control('DELETE', '/aangekomen'));

  it('are created and removed', async () => {
    const { status, headers, body } = await create(1, 0);
    expect(status).to.equal(201);
    expect(body).to.include({ object: verzoek(1), informatieobject: document(0), objectType: 'verzoek' });
    expect(headers.get('Location')).to.equal(body.url);
    const path = String(body.url).slice(around.url.length);
    expect((await around.call('DELETE', path)).status).to.equal(204);
    expect((await search({})).body).to.deep.equal([]);
  });

  it('are listed as a bare array, filtered by both ends', async () => {
    const urls = [await create(1, 0), await create(1, 1), await create(2, 0)].map(({ body }) => body.url);
    const found = async (filters: Record<string, string>) =>
      (await search(filters)).body.map(({ url }) => urls.indexOf(url));
    expect(await found({})).to.deep.equal([0, 1, 2]);
    expect(await found({ object: verzoek(1) })).to.deep.equal([0, 1]);
    expect(await found({ informatieobject: document(0) })).to.deep.equal([0, 2]);
    expect(await found({ object: verzoek(1), informatieobject: document(1) })).to.deep.equal([1]);
  });

  it('can be there only once', async () => {
    await create(1, 0);
    const second = await create(1, 0);
    expect(second.status).to.equal(400);
    expect(codesIn(second.body)).to.deep.equal({ nonFieldErrors: 'unique' });
  });

  it('need a document that exists, which a version is not, and a known type of object', async () => {
    const { status, body } = await around.call('POST', list, {
      object: 'geen URL',
      informatieobject: `${document(0)}?versie=1`,
      objectType: 'klant',
    });
    expect(status).to.equal(400);
    expect(codesIn(body)).to.deep.equal({
      object: 'invalid',
      informatieobject: 'does_not_exist',
      objectType: 'invalid_choice',
    });
  });
});

describe('demo Documenten: calls back', () => {
  let known: unknown = [];
  let status = 200;
  const owner = webHost((_request, response) => {
    if (status === 0) return;
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(known));
  });
  const around = runningAround();
  const relation = (objectType = 'verzoek') => ({
    object: `${owner.origin}/verzoeken/api/v1/verzoeken/1`,
    informatieobject: `${around.url}${documents}/${informatieobjectUuids[0]}`,
    objectType,
  });
  const create = () => around.call('POST', list, relation());
  const remove = (url: unknown) => around.call('DELETE', String(url).slice(around.url.length));
  beforeEach(async () => {
    known = [];
    status = 200;
    await around.control('DELETE', '/aangekomen');
    await around.control('POST', '/instellingen', { terugbellen: true });
  });

  it('with a token of its own, at the list beside the verzoek', async () => {
    known = [{}];
    expect((await create()).status).to.equal(201);
    const [request] = owner.requests;
    const { pathname, searchParams } = new URL(request?.url ?? '', owner.origin);
    expect(pathname).to.equal('/verzoeken/api/v1/verzoekinformatieobjecten');
    const { object, informatieobject } = relation();
    expect(Object.fromEntries(searchParams)).to.deep.equal({ verzoek: object, informatieobject });
    const token = (request?.headers.authorization ?? '').replace(/^Bearer /, '');
    expect(decodeJwt(token)).to.include({ client_id: client.id, iss: client.id });
  });

  it('and refuses to write down what the owner does not know, whether in a bare list or on a page', async () => {
    for (known of [[], { count: 0, next: null, previous: null, results: [] }]) {
      const { status: refused, body } = await create();
      expect(refused).to.equal(400);
      expect(codesIn(body)).to.deep.equal({ nonFieldErrors: 'inconsistent-relation' });
    }
    known = { count: 1, next: null, previous: null, results: [{}] };
    expect((await create()).status).to.equal(201);
  });

  it('and refuses to remove what the owner still knows', async () => {
    known = [{}];
    const { url } = (await create()).body;
    const refused = await remove(url);
    expect(refused.status).to.equal(400);
    expect(codesIn(refused.body)).to.deep.equal({ nonFieldErrors: 'inconsistent-relation' });
    known = [];
    expect((await remove(url)).status).to.equal(204);
  });

  it('and refuses when the owner cannot say', async () => {
    for (const answer of [403, 500]) {
      status = answer;
      known = [{}];
      expect(codesIn((await create()).body)).to.deep.equal({ nonFieldErrors: 'relation-validation-error' });
    }
    status = 200;
    known = 'no list';
    expect(codesIn((await create()).body)).to.deep.equal({ nonFieldErrors: 'relation-validation-error' });
  });

  it('not for other objects than verzoeken, nor when it is switched off', async () => {
    expect((await around.call('POST', list, relation('zaak'))).status).to.equal(201);
    await around.control('DELETE', '/aangekomen');
    await around.control('POST', '/instellingen', { terugbellen: false });
    expect((await create()).status).to.equal(201);
    expect(owner.requests).to.deep.equal([]);
  });

  it('writes a relation down once when two bring it at the same time', async () => {
    known = [{}];
    const statuses = (await Promise.all([create(), create()])).map((answer) => answer.status);
    expect(statuses.sort()).to.deep.equal([201, 400]);
  });

  it('is ended while it waits for the owner', async () => {
    status = 0;
    const waiting = create().catch(() => 'ended');
    await until('the owner was asked', () => owner.requests.length === 1);
    await around.close();
    expect(await waiting).to.equal('ended');
  });
});
