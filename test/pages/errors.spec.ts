import { expect } from 'chai';
import { scalarText } from '../../src/json.ts';
import { type ProblemName, problemClasses } from '../../src/problem.ts';
import { canonical, complaints, leastKlant, type RequestOptions, runningGateway } from '../kit/gateway.ts';
import { addressesIn, codesOn, expectPage, wordsOf } from './page.ts';

const policy =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const names = Object.keys(problemClasses) as ProblemName[];

/** Contract, sections 3.1, 1.5, 3.4, 3.6 and 8, and ruling R13. */
const complaintCodes = [
  ...['required', 'null', 'blank', 'max_length', 'min_length', 'max_value', 'min_value', 'invalid'],
  ...['invalid_choice', 'not_a_list', 'only-digits', 'invalid-length', 'a-nummer-incorrect-format'],
  ...['bad-url', 'invalid-resource', 'wijzigen-niet-toegelaten', 'unique', 'no_match', 'incorrect_match'],
  ...['does_not_exist', 'null_characters_not_allowed', 'unknown-parameters', 'invalid-type'],
  ...['invalid-subject', 'invalid-medewerker', 'invalid-product', 'identificatie-niet-uniek'],
  ...[
    'inconsistent-relation',
    'relation-validation-error',
    'relation-lookup-error',
    'remote-relation-exists',
  ],
];

/** Contract, section 5.2. */
const tokenCodes = [
  ...['permission_denied', 'jwt-decode-error', 'missing-client-identifier', 'invalid-client-identifier'],
  ...['invalid-jwt-signature', 'jwt-expired', 'jwt-not-yet-valid', 'not_authenticated_for_ac'],
];

describe('Pages about errors', () => {
  const gateway = runningGateway();
  const page = (name: string) => gateway.get(`//ref/fouten/${name}/`, { client: null });

  for (const name of names) {
    describe(name, () => {
      const { status, code, title } = problemClasses[name];

      it('is a page', async () => {
        expectPage(await page(name), policy);
      });

      it('says which class, status, title and code it is about', async () => {
        const answer = await page(name);
        const words = wordsOf(answer);
        expect(words).to.include(`${name} (${status}) - Foutmeldingen`);
        expect(words).to.include(`HTTP-status ${status} (`);
        expect(words).to.include(title);
        expect(codesOn(answer)).to.include(code);
      });

      it('says when it occurs, and what to do about it', async () => {
        const { text } = await page(name);
        expect(text).to.match(/<h2>Wanneer<\/h2>\n<p>[^]{40,}?<\/p>/);
        expect(text).to.match(/<h2>Wat te doen<\/h2>\n<ul>\n<li>[^]{20,}?<\/li>/);
        expect(text.match(/<h1>/g)).to.have.length(1);
        expect(text, 'a stray backtick').not.to.include('`');
      });

      it('shows a problem document of this class', async () => {
        const text = wordsOf(await page(name)).replace(/^.* Voorbeeld /, '');
        const example = JSON.parse(text) as Record<string, unknown>;
        const keys = ['type', 'code', 'title', 'status', 'detail', 'instance'];
        const more = name === 'ValidationError' ? ['invalidParams'] : [];
        expect(Object.keys(example)).to.deep.equal([...keys, ...more]);
        expect(example).to.include({ type: `${canonical}/ref/fouten/${name}/`, title, status });
        expect(codesOn(await page(name))).to.include(example.code);
      });

      it('leads back to the list, which leads here', async () => {
        const list = await gateway.get('//ref/fouten/', { client: null });
        expect(addressesIn(list)).to.include(`${name}/`);
        expect(wordsOf(list)).to.include(`${status} ${name} ${title}`);
        expect(addressesIn(await page(name))).to.include('../');
      });
    });
  }

  it('have a list, which is a page too', async () => {
    expectPage(await gateway.get('//ref/fouten/', { client: null }), policy);
  });

  it('name every code of invalidParams, and once', async () => {
    const codes = codesOn(await page('ValidationError'));
    // The first is the code of the problem itself.
    expect(codes.slice(1)).to.have.members(complaintCodes);
  });

  it('name every code of a refused token', async () => {
    expect(codesOn(await page('PermissionDenied'))).to.have.members(tokenCodes);
  });

  it('share a stylesheet, which may be kept for good', async () => {
    const sheets = await Promise.all(
      names.map(async (name) => addressesIn(await page(name)).find((address) => address.endsWith('.css'))),
    );
    expect(new Set(sheets).size).to.equal(1);
    const sheet = (sheets[0] ?? '').replace('../', '//ref/fouten/');
    const { status, headers } = await gateway.get(sheet, { client: null });
    expect(status).to.equal(200);
    expect(headers.get('Content-Type')).to.equal('text/css; charset=utf-8');
    expect(headers.get('Cache-Control')).to.equal('public, max-age=31536000, immutable');
  });

  describe('explain what really happens', () => {
    const occurrences: readonly (readonly [method: string, place: string, options?: RequestOptions])[] = [
      ['POST', '/klanten', { body: {} }],
      ['POST', '/klanten', { body: { ...leastKlant, bronorganisatie: 'abc', subjectType: 'burger' } }],
      ['GET', '/klanten?bronorganisatie=1&subjectType=x'],
      ['POST', '/klanten', { body: '{' }],
      ['GET', '/klanten', { client: null }],
      ['GET', '/klanten', { headers: { Authorization: 'Bearer x' } }],
      ['GET', '/nergens'],
      ['PUT', '/klanten'],
      ['GET', '/klanten', { headers: { Accept: 'text/html' } }],
      ['POST', '/klanten', { body: ' '.repeat(1_000_001) }],
      ['POST', '/klanten', { body: 'a=b', headers: { 'Content-Type': 'text/plain' } }],
    ];
    for (const [method, place, options] of occurrences) {
      it(`${method} ${place} ${Object.keys(options ?? {}).join(' and ')}`.trim(), async () => {
        const answer = await gateway.request(method, place, options);
        const { type, code } = answer.body;
        const explained = await gateway.get(scalarText(type) ?? '', { client: null });
        expect(explained.status).to.equal(200);
        const ofParams = complaints(answer).map((complaint) => complaint.replace(/^.* /, ''));
        expect(codesOn(explained)).to.include.members([code, ...ofParams]);
      });
    }
  });
});
