import { expect } from 'chai';
import { complaints, leastKlant, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { personal, staysHarmless } from './harmless.ts';
import { expectProblem } from './problem.ts';

describe('Problem documents (contract, section 4)', () => {
  const gateway = runningGateway();

  describe('of a request that is refused', () => {
    staysHarmless(gateway);

    it('ValidationError: code invalid, an empty detail, and what is wrong', async () => {
      const answer = await gateway.post({});
      expectProblem(answer, 'ValidationError');
      expect(complaints(answer)).to.deep.equal(['bronorganisatie required', 'websiteUrl required']);
      expect(answer.body.invalidParams).to.deep.equal([
        { name: 'bronorganisatie', code: 'required', reason: 'Dit veld is vereist.' },
        { name: 'websiteUrl', code: 'required', reason: 'Dit veld is vereist.' },
      ]);
    });

    it('of a filter: a ValidationError as well', async () => {
      expectProblem(await gateway.get('/klanten?subjectType=burger'), 'ValidationError');
    });

    it('has name, code and reason in each of the invalidParams, in that order', async () => {
      const { text } = await gateway.get('/klanten?bronorganisatie=x');
      expect(text).to.match(/"invalidParams":\[\{"name":"[^"]+","code":"[^"]+","reason":"[^"]+"\}\]/);
    });

    it('ParseError: parse_error, without invalidParams', async () => {
      const answer = await gateway.post(`{"achternaam": "${personal.name}"`);
      expectProblem(answer, 'ParseError', { detail: 'De inhoud is geen geldige JSON.' });
    });

    it('PermissionDenied', async () => {
      expectProblem(await gateway.get('/klanten', { client: null }), 'PermissionDenied');
    });

    it('NotFound, of a klant that is not there', async () => {
      expectProblem(await gateway.get(klantPath(1)), 'NotFound');
    });

    it('NotFound, of a page that is not there', async () => {
      expectProblem(await gateway.get('/klanten?page=0'), 'NotFound', { detail: 'Ongeldige pagina.' });
    });

    it('NotFound, of a path that does not exist', async () => {
      expectProblem(await gateway.get(`/klanten/${personal.bsn}/${personal.email}`), 'NotFound');
      expectProblem(await gateway.get(`//${personal.name}`), 'NotFound');
    });

    it('MethodNotAllowed: the method is in the detail, the title is not filled in', async () => {
      expectProblem(await gateway.put('/klanten', {}), 'MethodNotAllowed', {
        detail: 'Methode "PUT" niet toegestaan.',
      });
    });

    it('NotAcceptable', async () => {
      expectProblem(await gateway.get('/klanten', { headers: { Accept: 'text/html' } }), 'NotAcceptable');
    });

    it('UnsupportedMediaType: the media type is in the detail, the title is not filled in', async () => {
      const answer = await gateway.post('a=b', { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
      expectProblem(answer, 'UnsupportedMediaType', {
        detail: 'Ongeldige media type "text/plain" in aanvraag.',
      });
    });

    it('PayloadTooLarge', async () => {
      expectProblem(await gateway.post(' '.repeat(1_000_001)), 'PayloadTooLarge');
    });

    it('has another instance for each error', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.get(klantPath(1))));
      expect(new Set(answers.map(({ body }) => body.instance)).size).to.equal(10);
    });

    it('logs the instance and the code that the client got', async () => {
      const { body } = await gateway.get('/klanten?page=0');
      const event = gateway.events.find((one) => one.event === 'request' && one.instance === body.instance);
      expect(event).to.include({ status: 404, code: 'not_found', operation: 'klant_list', client: 'all' });
    });

    it('repeats nothing of the request', async () => {
      const { bsn, email, name } = personal;
      const answers = [
        await gateway.get(`/klanten?bronorganisatie=${email}&subjectType=${name}&subject=${bsn}`),
        await gateway.get(`/klanten/${bsn}`),
        await gateway.post({ bronorganisatie: name, websiteUrl: name, emailadres: bsn, subjectType: email }),
        await gateway.post(`{"achternaam": ${name}}`),
        await gateway.post('x', { headers: { 'Content-Type': `${name};${email}` } }),
      ];
      for (const answer of answers) {
        expect(answer.status).to.be.within(400, 415);
        for (const value of Object.values(personal)) expect(answer.text).not.to.include(value);
      }
    });
  });

  describe('of a CRM that fails', () => {
    staysHarmless(gateway);

    it('BadGateway, when its answer cannot be used', async () => {
      await gateway.crm.fault({ soort: 'html' });
      expectProblem(await gateway.get('/klanten'), 'BadGateway');
    });

    it('ServiceUnavailable, when it says itself that it fails, with Retry-After', async () => {
      await gateway.crm.fault({ soort: 'vol' });
      const answer = await gateway.get('/klanten');
      expectProblem(answer, 'ServiceUnavailable');
      expect(answer.headers.get('Retry-After')).to.match(/^[1-9][0-9]*$/);
    });
  });

  describe('of a CRM that is slow', () => {
    const hasty = runningGateway({ config: { backends: { crm: { limits: { headersMs: 100 } } } } });
    staysHarmless(hasty);

    it('GatewayTimeout, when it does not answer in time', async () => {
      await hasty.crm.fault({ soort: 'traag', ms: 60_000 });
      expectProblem(await hasty.get(klantPath(100_001)), 'GatewayTimeout');
    });
  });

  it('Conflict, when an Idempotency-Key comes back with another body', async () => {
    const headers = { 'Idempotency-Key': 'e5d0c0a8-conflict' };
    expect((await gateway.post(leastKlant, { headers })).status).to.equal(201);
    expectProblem(await gateway.post({ ...leastKlant, functie: 'x' }, { headers }), 'Conflict', {
      detail: 'Deze Idempotency-Key is eerder met een andere inhoud gebruikt.',
    });
  });

  describe('of a mistake of ours', () => {
    const broken = runningGateway({
      locks: { hold: () => Promise.reject(new TypeError(`${personal.name} <${personal.email}>`)) },
    });
    staysHarmless(broken);

    it('APIException: says nothing about what went wrong', async () => {
      const answer = await broken.delete(klantPath(100_001));
      expectProblem(answer, 'APIException', { detail: 'Internal Server Error' });
      expect(answer.headers.get('API-version')).to.equal('1.0.0');
    });

    it('is an event with a type and a place, without the message', () => {
      const event = broken.events.find((one) => one.event === 'unexpected-error');
      expect(event).to.have.property('type', 'TypeError');
    });

    it('does not keep the next request from being answered', async () => {
      expect((await broken.get(klantPath(100_001))).status).to.equal(200);
    });
  });

  it('never is a 401', async () => {
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
    const answers = await Promise.all(
      methods.flatMap((method) =>
        [klantPath(100_001), '/klanten'].map((place) => gateway.request(method, place, { client: null })),
      ),
    );
    expect(answers.map(({ status }) => status)).to.not.include(401);
    expect(answers.every(({ status }) => status === 403 || status === 405)).to.equal(true);
  });
});
