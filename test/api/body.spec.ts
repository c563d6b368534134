import { expect } from 'chai';
import { api, complaints, leastKlant, runningGateway, token } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { send, exchange, statusOf } from '../kit/wire.ts';
import { personal, staysHarmless } from './harmless.ts';
import { expectProblem } from './problem.ts';

const required = ['bronorganisatie required', 'websiteUrl required'];
const notAnObject = ['nonFieldErrors invalid'];

describe('Bodies (contract, sections 0 and 4)', () => {
  const gateway = runningGateway();
  const path = klantPath(100_001);

  describe('that are too large', () => {
    staysHarmless(gateway);

    it('are 413 from one byte over 1 MB', async () => {
      expectProblem(await gateway.post('{}'.padEnd(1_000_001)), 'PayloadTooLarge');
      expectProblem(await gateway.put(path, '{}'.padEnd(1_000_001)), 'PayloadTooLarge');
      expectProblem(await gateway.patch(path, '{}'.padEnd(1_000_001)), 'PayloadTooLarge');
      expect(await gateway.crm.total()).to.equal(0);
    });

    it('are read when they are exactly 1 MB', async () => {
      expect(complaints(await gateway.post('{}'.padEnd(1_000_000)))).to.deep.equal(required);
    });

    it('are counted in bytes', async () => {
      expectProblem(await gateway.post(`"${'€'.repeat(400_000)}"`), 'PayloadTooLarge');
    });

    it('are 413 by what they say they are, before they come in', async () => {
      const head = await headOfPost('Content-Type: application/json', 'Content-Length: 1000001');
      expect(statusOf(await exchange(gateway.port, `${head}{"a": "`))).to.equal(413);
    });

    it('are 413 as soon as they are, when they do not say how large they will be', async () => {
      const head = await headOfPost('Content-Type: application/json', 'Transfer-Encoding: chunked');
      const chunk = `${(600_000).toString(16)}\r\n${' '.repeat(600_000)}\r\n`;
      expect(statusOf(await exchange(gateway.port, head + chunk + chunk))).to.equal(413);
    });
  });

  describe('that are no JSON', () => {
    staysHarmless(gateway);

    for (const text of [
      '{',
      '}',
      '{"bronorganisatie": }',
      "{'bronorganisatie': '123456782'}",
      '{"a": 1,}',
      '{"a": 1} {"b": 2}',
      '{"a": NaN}',
      'undefined',
      '<klant/>',
      'bronorganisatie=123456782',
      '"a\nb"',
      '{"a": 01}',
      ' ',
      '\0',
      `{"achternaam": "${personal.name}", "emailadres": ${personal.email}}`,
    ]) {
      it(`are parse_error, and cost no call: ${JSON.stringify(text)}`, async () => {
        const detail = 'De inhoud is geen geldige JSON.';
        expectProblem(await gateway.post(text), 'ParseError', { detail });
        expectProblem(await gateway.put(klantPath(1), text), 'ParseError', { detail });
        expectProblem(await gateway.patch(path, text), 'ParseError', { detail });
        expect(await gateway.crm.total()).to.equal(0);
      });
    }

    it('are parse_error when they are not UTF-8', async () => {
      const head = await headOfPost(
        'Content-Type: application/json',
        'Content-Length: 4',
        'Connection: close',
      );
      const answer = await exchange(
        gateway.port,
        Buffer.concat([Buffer.from(head), Buffer.from([34, 0xc3, 0x28, 34])]),
      );
      expect(statusOf(answer)).to.equal(400);
      expect(answer).to.include('"code":"parse_error"');
    });
  });

  describe('of another media type', () => {
    staysHarmless(gateway);

    for (const type of [
      'text/plain',
      'text/json',
      'application/xml',
      'application/x-www-form-urlencoded',
      'application/merge-patch+json',
      'application/json-patch+json',
      'application/hal+json',
      'application/jsonp',
    ]) {
      it(`are 415, which says which: ${type}`, async () => {
        const headers = { 'Content-Type': type };
        const detail = `Ongeldige media type "${type}" in aanvraag.`;
        expectProblem(await gateway.post(leastKlant, { headers }), 'UnsupportedMediaType', { detail });
        expectProblem(await gateway.patch(path, {}, { headers }), 'UnsupportedMediaType', { detail });
        expect(await gateway.crm.total()).to.equal(0);
      });
    }

    it('are 415 without saying which, when it is none', async () => {
      for (const type of [
        personal.email,
        '<script>',
        `x/${'y'.repeat(61)}`,
        '"',
        ';',
        `${personal.name} /json`,
      ]) {
        const answer = await gateway.post(leastKlant, { headers: { 'Content-Type': type } });
        expectProblem(answer, 'UnsupportedMediaType', { detail: 'Ongeldige media type "" in aanvraag.' });
      }
    });

    it('are 415 without any', async () => {
      const headers = { Authorization: `Bearer ${await token('all')}` };
      const target = `${api}/klanten`;
      expectProblem(
        await send(gateway.port, { method: 'POST', target, headers, body: '{}' }),
        'UnsupportedMediaType',
        { detail: 'Ongeldige media type "" in aanvraag.' },
      );
    });

    it('are 415 in another encoding', async () => {
      for (const headers of [
        { 'Content-Type': 'application/json; charset=iso-8859-1' },
        { 'Content-Type': 'application/json; charset=utf-16' },
        { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      ]) {
        expect((await gateway.post(leastKlant, { headers })).status).to.equal(415);
      }
    });

    for (const type of [
      'application/json',
      'Application/JSON',
      'application/json;charset=UTF-8',
      'application/json; charset="utf-8"',
      'application/json; profile=x',
    ]) {
      it(`are not meant by ${type}`, async () => {
        expect(complaints(await gateway.post({}, { headers: { 'Content-Type': type } }))).to.deep.equal(
          required,
        );
      });
    }
  });

  describe('that are empty', () => {
    it('count as {}, whatever their media type', async () => {
      for (const type of ['application/json', 'text/plain', undefined]) {
        const headers = {
          Authorization: `Bearer ${await token('all')}`,
          ...(type === undefined ? {} : { 'Content-Type': type }),
        };
        const target = `${api}/klanten`;
        const answer = await send(gateway.port, { method: 'POST', target, headers, body: '' });
        expectProblem(answer, 'ValidationError');
        expect(complaints(answer)).to.deep.equal(required);
      }
    });

    it('change nothing in a PATCH', async () => {
      const before = await gateway.get(path);
      const answer = await gateway.request('PATCH', path);
      expect(answer.status).to.equal(200);
      expect(answer.body).to.deep.equal(before.body);
    });
  });

  describe('that are no object', () => {
    staysHarmless(gateway);

    for (const text of ['[]', '[{}]', 'null', '"klant"', '7', 'true', `[${JSON.stringify(leastKlant)}]`]) {
      it(`are refused as a whole: ${text}`, async () => {
        expect(complaints(await gateway.post(text))).to.deep.equal(notAnObject);
        expect(complaints(await gateway.patch(path, text))).to.deep.equal(notAnObject);
      });
    }
  });

  describe('that are meant to break something', () => {
    staysHarmless(gateway);

    it('are refused with a NUL in a text', async () => {
      const answer = await gateway.post({
        ...leastKlant,
        achternaam: `${personal.name}\0`,
        adres: { straatnaam: '\0' },
      });
      expect(complaints(answer)).to.deep.equal([
        'achternaam null_characters_not_allowed',
        'adres.straatnaam null_characters_not_allowed',
      ]);
    });

    for (const [what, text] of Object.entries({
      'a list in a list': '['.repeat(400_000) + ']'.repeat(400_000),
      'a list in a list, not closed': '['.repeat(900_000),
      'an object in an object': '{"a":'.repeat(150_000) + '1' + '}'.repeat(150_000),
      'an object in a field': `{"adres":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`,
      'a list in an unknown field': `{"x":${'['.repeat(100)}${']'.repeat(100)}}`,
    })) {
      it(`are parse_error when they are nested very deeply: ${what}`, async () => {
        const answer = await gateway.post(text);
        expect(answer.status).to.equal(400);
        expect(answer.body.code).to.equal('parse_error');
        expect(await gateway.crm.total()).to.equal(0);
      });
    }

    it('are read when they are very long instead', async () => {
      const items = `[${'0,'.repeat(400_000)}0]`;
      const names = Array.from({ length: 60_000 }, (_, index) => `"k${index}":0`).join(',');
      expect(complaints(await gateway.post(items))).to.deep.equal(notAnObject);
      expect(complaints(await gateway.post(`{"x":${items}}`))).to.deep.equal(required);
      expect(complaints(await gateway.post(`{${names}}`))).to.deep.equal(required);
    });

    for (const key of ['__proto__', 'constructor', 'prototype']) {
      it(`find nothing under ${key}`, async () => {
        const hidden = JSON.stringify({ ...leastKlant, vervuild: 'ja' });
        const texts = [`{"${key}": ${hidden}}`, `{"${key}": {"prototype": ${hidden}}}`];
        for (const text of texts) expect(complaints(await gateway.post(text))).to.deep.equal(required);
        const nested = `{"adres": {"${key}": ${hidden}}, "subjectIdentificatie": {"${key}": ${hidden}}}`;
        expect(complaints(await gateway.post(nested))).to.deep.equal(required);
        expect(({} as Record<string, unknown>).vervuild).to.equal(undefined);
      });
    }
  });

  /** The start of a POST to /klanten with a token, up to and including the empty line. */
  async function headOfPost(...headers: string[]): Promise<string> {
    const authorization = `Authorization: Bearer ${await token('all')}`;
    const lines = [`POST ${api}/klanten HTTP/1.1`, 'Host: klantbrug.test', authorization, ...headers];
    return `${lines.join('\r\n')}\r\n\r\n`;
  }
});
