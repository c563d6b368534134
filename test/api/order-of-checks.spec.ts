import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { personal, staysHarmless } from './harmless.ts';

/** Everything that can be wrong with one request, in the order of ruling R2, and what it is answered with. */
const defects = [
  ['Accept', '406 not_acceptable'],
  ['path', '404 not_found'],
  ['method', '405 method_not_allowed'],
  ['token', '403 permission_denied'],
  ['media type', '415 unsupported_media_type'],
  ['size', '413 payload_too_large'],
  ['syntax', '400 parse_error'],
  ['record', '404 not_found'],
  ['value', '400 invalid'],
] as const;

type Defect = (typeof defects)[number][0];

/** A defect alone, with each one that comes later, and with all of those. */
function combinationsOf(defect: Defect, later: readonly Defect[]): (readonly Defect[])[] {
  return [[defect], ...later.map((other) => [defect, other]), [defect, ...later]];
}

describe('The order of checks (ruling R2)', () => {
  const gateway = runningGateway({ config: { limits: { bodyBytes: 500 } } });

  /** A PATCH with these defects: the status and code of its answer. */
  async function patchWith(present: readonly Defect[]): Promise<string> {
    const has = (defect: Defect): boolean => present.includes(defect);
    const path = klantPath(has('record') ? 1 : 100_001);
    const value = { bronorganisatie: has('value') ? personal.name : '123456782' };
    const padding = has('size') ? ' '.repeat(500) : '';
    const { status, body } = await gateway.request(
      has('method') ? 'POST' : 'PATCH',
      has('path') ? path.replace('/klanten', '/personen') : path,
      {
        client: has('token') ? null : 'all',
        headers: {
          Accept: has('Accept') ? 'text/html' : 'application/json',
          'Content-Type': has('media type') ? 'text/plain' : 'application/json',
        },
        body: `${padding}${JSON.stringify(value)}${has('syntax') ? '}' : ''}`,
      },
    );
    return typeof body.code === 'string' ? `${status} ${body.code}` : String(status);
  }

  describe('before the CRM is asked', () => {
    staysHarmless(gateway);

    for (const [defect, answer] of defects.slice(0, 7)) {
      const place = defects.findIndex(([one]) => one === defect);
      const later = defects.slice(place + 1).map(([one]) => one);

      it(`answers ${answer} to a wrong ${defect}, whatever of ${later.join(', ')} is wrong too`, async () => {
        for (const set of combinationsOf(defect, later)) {
          expect(await patchWith(set), set.join(', ')).to.equal(answer);
        }
        expect(await gateway.crm.total()).to.equal(0);
      });
    }
  });

  describe('once the CRM is asked', () => {
    staysHarmless(gateway);

    it('answers 404 to a klant that is not there, before it looks at the values', async () => {
      expect(await patchWith(['record', 'value'])).to.equal('404 not_found');
      expect(await patchWith(['record'])).to.equal('404 not_found');
    });

    it('answers 400 to a wrong value last', async () => {
      expect(await patchWith(['value'])).to.equal('400 invalid');
    });
  });

  it('answers 200 when nothing is wrong', async () => {
    expect(await patchWith([])).to.equal('200');
  });

  describe('of a list', () => {
    staysHarmless(gateway);

    const cases = [
      ['406 before 403', { client: null, headers: { Accept: 'text/csv' } }, '?page=0', 406],
      ['403 before a wrong filter', { client: null }, '?bronorganisatie=x', 403],
      ['403 before a wrong page', { client: null }, '?page=0', 403],
      ['a wrong filter before a wrong page', {}, '?page=0&bronorganisatie=x', 400],
      ['a wrong page last', {}, '?page=0&bronorganisatie=', 404],
    ] as const;

    for (const [what, options, query, status] of cases) {
      it(`has ${what}, and asks the CRM nothing`, async () => {
        expect((await gateway.get(`/klanten${query}`, options)).status).to.equal(status);
        expect(await gateway.crm.total()).to.equal(0);
      });
    }
  });

  describe('of a token without the scope', () => {
    staysHarmless(gateway);

    for (const [method, place] of [
      ['POST', '/klanten'],
      ['PUT', klantPath(1)],
      ['PATCH', klantPath(1)],
    ] as const) {
      it(`is 403 on ${method}, before anything is said of the body or of the klant`, async () => {
        const bodies = [{}, '{', ' '.repeat(600)];
        for (const body of bodies) {
          for (const type of ['application/json', 'text/plain']) {
            const headers = { 'Content-Type': type };
            const answer = await gateway.request(method, place, { client: 'reader', headers, body });
            expect(answer.status).to.equal(403);
          }
        }
        expect(await gateway.crm.total()).to.equal(0);
      });
    }

    it('is 403 on DELETE, of a klant that is not there too', async () => {
      expect((await gateway.delete(klantPath(1), { client: 'reader' })).status).to.equal(403);
      expect(await gateway.crm.total()).to.equal(0);
    });
  });
});
