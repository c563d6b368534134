import { expect } from 'chai';
import { type Answer, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { personal, staysHarmless } from './harmless.ts';
import { expectProblem } from './problem.ts';
import { forged, secretOf } from './forged.ts';

/** When the specs were loaded: all margins below are far from what a test run takes. */
const now = Math.floor(Date.now() / 1000);
const aDay = 24 * 3600;
const path = klantPath(100_001);
const claims = { iss: 'all', iat: now, client_id: 'all' };

describe('Tokens (contract, sections 5.1 and 5.2)', () => {
  const gateway = runningGateway();

  function readWith(authorization: string, of = gateway): Promise<Answer> {
    return of.get(path, { headers: { Authorization: authorization } });
  }

  async function expectRefused(authorization: string, code: string, detail?: string): Promise<void> {
    const answer = await readWith(authorization);
    const { detail: given } = answer.body;
    const said = detail ?? (typeof given === 'string' ? given : '');
    expectProblem(answer, 'PermissionDenied', { code, detail: said });
    for (const value of Object.values(personal)) expect(answer.text).not.to.include(value);
    expect(await gateway.crm.total()).to.equal(0);
  }

  describe('that are good', () => {
    const good = {
      'as a client of the conformance suite makes it': { ...claims, user_id: '', user_representation: '' },
      'as the tests of the reference implementation make it': {
        ...claims,
        iss: 'testsuite',
        user_id: 'test_user_id',
        user_representation: 'Test User',
      },
      'issued a year ago': { ...claims, iat: now - 365 * 24 * 3600 },
      'with an exp in the future': { ...claims, exp: now + aDay },
      'with an nbf in the past': { ...claims, nbf: now - 3600 },
      'with claims that nobody knows': { ...claims, zds: { scopes: [] }, jti: 'x' },
    };
    for (const [what, payload] of Object.entries(good)) {
      it(`are let through: ${what}`, async () => {
        expect((await readWith(`Bearer ${forged(payload)}`)).status).to.equal(200);
      });
    }
  });

  describe('that are none', () => {
    staysHarmless(gateway);

    it('are not needed to be refused', async () => {
      expectProblem(await gateway.get(path, { client: null }), 'PermissionDenied');
    });

    for (const authorization of [
      'Bearer',
      'bearer TOKEN',
      'BEARER TOKEN',
      'Basic TOKEN',
      'Token TOKEN',
      'JWT TOKEN',
      'TOKEN',
      'Bearer: TOKEN',
      'Bearer\tTOKEN',
      `Basic ${personal.bsn}:${personal.name}`,
    ]) {
      it(`count as no token at all: ${authorization}`, async () => {
        const filledIn = authorization.replace('TOKEN', forged(claims));
        await expectRefused(
          filledIn,
          'permission_denied',
          'Je hebt geen toestemming om deze actie uit te voeren.',
        );
      });
    }
  });

  describe('that cannot be read', () => {
    staysHarmless(gateway);

    const [header = '', payload = '', signature = ''] = forged(claims).split('.');
    const unreadable = {
      'one word': personal.name,
      'two dots and nothing else': '..',
      'three words': 'a.b.c',
      'no signature part': `${header}.${payload}`,
      'five parts': `${header}.${payload}.${signature}.a.b`,
      'a header that is no JSON': `bm90anNvbg.${payload}.${signature}`,
      'a payload that is no JSON': `${header}.bm90anNvbg.${signature}`,
      'a payload that is cut off': `${header}.${payload.slice(0, -5)}.${signature}`,
      'a payload that is a list': `${header}.${Buffer.from('[]').toString('base64url')}.${signature}`,
      'a payload that is null': `${header}.${Buffer.from('null').toString('base64url')}.${signature}`,
    };
    for (const [what, text] of Object.entries(unreadable)) {
      it(`are jwt-decode-error: ${what}`, async () => {
        await expectRefused(`Bearer ${text}`, 'jwt-decode-error');
      });
    }

    it('are 403 wherever they are cut off', async () => {
      const whole = forged(claims);
      for (let length = 1; length < whole.length; length += 3) {
        const answer = await readWith(`Bearer ${whole.slice(0, length)}`);
        expect(answer.status, String(length)).to.equal(403);
        expect(answer.body.code).to.be.oneOf([
          'jwt-decode-error',
          'invalid-jwt-signature',
          'missing-client-identifier',
        ]);
      }
    });

    it('are 403 whichever character is another one', async () => {
      const whole = forged(claims);
      // The last characters of a part can hold bits that mean nothing.
      const ends = whole.split('').flatMap((character, at) => (character === '.' ? [at - 1, at] : []));
      for (let at = 0; at < whole.length - 1; at += 3) {
        if (ends.includes(at)) continue;
        const other = whole[at] === 'A' ? 'B' : 'A';
        const answer = await readWith(`Bearer ${whole.slice(0, at)}${other}${whole.slice(at + 1)}`);
        expect(answer.status, String(at)).to.equal(403);
      }
    });
  });

  describe('of nobody', () => {
    staysHarmless(gateway);

    for (const client_id of [undefined, null, '', 7, true, ['all'], { id: 'all' }]) {
      it(`are missing-client-identifier: client_id ${JSON.stringify(client_id)}`, async () => {
        await expectRefused(
          `Bearer ${forged({ ...claims, client_id })}`,
          'missing-client-identifier',
          'Client identifier is niet aanwezig in JWT',
        );
      });
    }

    for (const client_id of ['onbekend', 'ALL', ' all', '__proto__', 'constructor', personal.email]) {
      it(`are invalid-client-identifier: client_id ${client_id}`, async () => {
        await expectRefused(
          `Bearer ${forged({ ...claims, client_id })}`,
          'invalid-client-identifier',
          'Client identifier bestaat niet',
        );
      });
    }
  });

  describe('with a wrong signature', () => {
    staysHarmless(gateway);

    const [header = '', , signature = ''] = forged(claims).split('.');
    const otherPayload = forged({ ...claims, user_id: personal.bsn }).split('.')[1] ?? '';
    const asNone = forged(claims, { header: { alg: 'none', typ: 'JWT' } });
    const wrong = {
      'by another client': forged(claims, { secret: secretOf('reader') }),
      'by somebody who guesses': forged(claims, { secret: 'secret' }),
      'of another payload': `${header}.${otherPayload}.${signature}`,
      'left blank': `${forged(claims).split('.').slice(0, 2).join('.')}.`,
      'alg none, signed': asNone,
      'alg none, not signed': `${asNone.split('.').slice(0, 2).join('.')}.`,
      'alg None': forged(claims, { header: { alg: 'None' } }),
      'alg HS512, with the right secret': forged(claims, { header: { alg: 'HS512' }, hash: 'sha512' }),
      'alg HS384, with the right secret': forged(claims, { header: { alg: 'HS384' }, hash: 'sha384' }),
      'alg RS256': forged(claims, { header: { alg: 'RS256' } }),
      'alg hs256': forged(claims, { header: { alg: 'hs256' } }),
    };
    for (const [what, text] of Object.entries(wrong)) {
      it(`are invalid-jwt-signature: ${what}`, async () => {
        await expectRefused(`Bearer ${text}`, 'invalid-jwt-signature', 'Client credentials zijn niet geldig');
      });
    }

    for (const header of [{}, { alg: null }, { alg: ['HS256'] }, { alg: 'HS256', crit: ['x'], x: 1 }]) {
      it(`are refused: header ${JSON.stringify(header)}`, async () => {
        const answer = await readWith(`Bearer ${forged(claims, { header })}`);
        expect(answer.status).to.equal(403);
        expect(answer.body.code).to.be.oneOf(['invalid-jwt-signature', 'jwt-decode-error']);
      });
    }
  });

  describe('at the wrong time', () => {
    staysHarmless(gateway);

    it('are jwt-expired after their exp', async () => {
      await expectRefused(`Bearer ${forged({ ...claims, exp: now - 5 })}`, 'jwt-expired');
    });

    it('are jwt-not-yet-valid before their nbf', async () => {
      await expectRefused(`Bearer ${forged({ ...claims, nbf: now + aDay })}`, 'jwt-not-yet-valid');
    });

    for (const iat of [String(now), now + 0.5, '', 'vandaag', null, true, [], {}]) {
      it(`are jwt-decode-error with an iat that is no whole number: ${JSON.stringify(iat)}`, async () => {
        await expectRefused(`Bearer ${forged({ ...claims, iat })}`, 'jwt-decode-error');
      });
    }

    for (const name of ['exp', 'nbf']) {
      it(`are jwt-decode-error with an ${name} that is no number`, async () => {
        await expectRefused(`Bearer ${forged({ ...claims, [name]: 'ooit' })}`, 'jwt-decode-error');
      });
    }
  });

  describe('whose times are judged as configured', () => {
    const lenient = runningGateway({ config: { tokens: { clockSkewSeconds: 3600, maxAgeSeconds: 3600 } } });

    async function statusOf(times: object): Promise<number> {
      return (await readWith(`Bearer ${forged({ ...claims, ...times })}`, lenient)).status;
    }

    it('may be off by the clock skew, and no further', async () => {
      expect(await statusOf({ exp: now - 1800 })).to.equal(200);
      expect(await statusOf({ nbf: now + 1800 })).to.equal(200);
      expect(await statusOf({ exp: now - aDay })).to.equal(403);
      expect(await statusOf({ nbf: now + aDay })).to.equal(403);
    });

    it('may be no older than the maximum age', async () => {
      expect(await statusOf({ iat: now - 1800 })).to.equal(200);
      expect(await statusOf({ iat: now - aDay })).to.equal(403);
      expect(await statusOf({ iat: undefined })).to.equal(403);
    });
  });

  describe('and their user', () => {
    it('are in no log', async () => {
      const { bsn, email, name } = personal;
      const text = forged({ ...claims, user_id: email, user_representation: name, sub: bsn });
      expect((await readWith(`Bearer ${text}`)).status).to.equal(200);
      const log = JSON.stringify(gateway.events);
      for (const value of [bsn, email, name, text]) expect(log).not.to.include(value);
      expect(log).to.include('"client":"all"');
    });
  });
});
