import { expect } from 'chai';
import { authenticator, secretKey } from '../../src/api/authenticate.ts';
import { Problem } from '../../src/problem.ts';
import { forged, secretOf } from './forged.ts';

const noon = Date.parse('2024-05-01T12:00:00Z') / 1000;
const claims = { iss: 'all', client_id: 'all', iat: noon, user_id: 'piet' };

/** Checks tokens at moments of its own, with the secret of `all` unless it is told another one. */
function checking(settings: { skew?: number; maxAge?: number; secret?: string } = {}) {
  const { skew = 0, maxAge, secret = secretOf('all') } = settings;
  let now = noon;
  const authenticate = authenticator(
    [{ id: 'all', secret: secretKey(secret), scopes: 'all' }],
    { clockSkewSeconds: skew, maxAgeSeconds: maxAge },
    undefined,
    () => now * 1000,
  );
  /** What becomes of a token at a moment: whose it is, or the code of the refusal. */
  return async (token: string, at = noon): Promise<string> => {
    now = at;
    try {
      const { caller } = await authenticate(`Bearer ${token}`);
      return `${caller.clientId} ${caller.userId ?? ''}`;
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  };
}

describe('A token that was verified before', () => {
  const good = 'all piet';

  it('is that of the same client and user, however often it is sent', async () => {
    const check = checking();
    const [token, other] = [forged(claims), forged({ ...claims, user_id: 'els' })];
    for (let later = 0; later < 3; later++) {
      expect(await check(token)).to.equal(good);
      expect(await check(other)).to.equal('all els');
    }
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => check(token))))).to.deep.equal(
      new Set([good]),
    );
  });

  it('vouches for no other one with the same claims, or with the same signature', async () => {
    const check = checking();
    const token = forged(claims);
    const [header = '', payload = '', signature = ''] = token.split('.');
    expect(await check(token)).to.equal(good);
    expect(await check(forged(claims, { secret: 'a guess that is wrong' }))).to.equal(
      'invalid-jwt-signature',
    );
    const [, elses = ''] = forged({ ...claims, user_id: 'els' }).split('.');
    expect(await check([header, elses, signature].join('.'))).to.equal('invalid-jwt-signature');
    expect(await check([header, payload, ''].join('.'))).to.equal('invalid-jwt-signature');
    expect(await check(token)).to.equal(good);
  });

  it('is unknown to another configuration', async () => {
    const token = forged(claims);
    expect(await checking()(token)).to.equal(good);
    expect(await checking({ secret: 'the secret that came in its place' })(token)).to.equal(
      'invalid-jwt-signature',
    );
  });

  // Each moment is asked of a check that knows the token, and of one that does not: they must agree.
  const cases = [
    {
      what: 'exp',
      claims: { ...claims, exp: noon + 60 },
      settings: {},
      until: noon + 60,
      code: 'jwt-expired',
    },
    {
      what: 'exp, with a skew',
      claims: { ...claims, exp: noon + 60 },
      settings: { skew: 10 },
      until: noon + 70,
      code: 'jwt-expired',
    },
    {
      what: 'half a second of exp',
      claims: { ...claims, exp: noon + 60.5 },
      settings: {},
      until: noon + 61,
      code: 'jwt-expired',
    },
    { what: 'its age', claims, settings: { maxAge: 60 }, until: noon + 61, code: 'jwt-expired' },
    {
      what: 'its age, with a skew of a part of a second',
      claims,
      settings: { maxAge: 60, skew: 0.5 },
      until: noon + 61,
      code: 'jwt-expired',
    },
    {
      what: 'exp before its age',
      claims: { ...claims, exp: noon + 30 },
      settings: { maxAge: 60 },
      until: noon + 30,
      code: 'jwt-expired',
    },
  ];
  for (const { what, claims: said, settings, until, code } of cases) {
    it(`ends when one that is new would: by ${what}`, async () => {
      const check = checking(settings);
      const token = forged(said);
      expect(await check(token)).to.equal(good);
      for (const [at, outcome] of [
        [until - 1, good],
        [until, code],
        [until + 3600, code],
        [until - 1, good],
      ] as const) {
        expect(await check(token, at), String(at - noon)).to.equal(outcome);
        expect(await checking(settings)(token, at), String(at - noon)).to.equal(outcome);
      }
    });
  }

  it('is refused while a clock that was set back says that it is not valid yet', async () => {
    const check = checking({ skew: 5 });
    const token = forged({ ...claims, nbf: noon });
    expect(await check(token)).to.equal(good);
    expect(await check(token, noon - 5)).to.equal(good);
    expect(await check(token, noon - 6)).to.equal('jwt-not-yet-valid');
    const aged = checking({ maxAge: 60 });
    expect(await aged(forged(claims))).to.equal(good);
    expect(await aged(forged(claims), noon - 1)).to.equal('jwt-decode-error');
  });

  it('is one of so many that none of them is lost, though not all are remembered', async () => {
    const check = checking();
    const tokens = Array.from({ length: 1200 }, (_, at) => forged({ ...claims, jti: String(at) }));
    for (const token of [...tokens, ...tokens]) expect(await check(token)).to.equal(good);
  });
});
