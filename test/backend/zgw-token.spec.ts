import { expect } from 'chai';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { zgwTokens } from '../../src/backend/zgw-token.ts';

const identity = { clientId: 'klantbrug', secret: 'kort', userId: 'kb', userRepresentation: 'Klantbrug' };
const minute = 60_000;
const start = Date.UTC(2025, 0, 1, 12) + 999;

/** A clock that a spec moves. */
function clockAt(start: number) {
  let now = start;
  return {
    now: () => now,
    move: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

const verified = async (token: string, at = start, secret = identity.secret) =>
  (await jwtVerify(token, Buffer.from(secret), { currentDate: new Date(at) })).payload;

describe('A ZGW token for another system', () => {
  it('is an HS256 JWT of an hour, that says who we are', async () => {
    const token = await zgwTokens(identity, clockAt(start).now)();
    expect(decodeProtectedHeader(token)).to.deep.equal({ alg: 'HS256', typ: 'JWT' });
    const issued = Math.floor(start / 1000);
    expect(await verified(token)).to.deep.equal({
      iss: 'klantbrug',
      client_id: 'klantbrug',
      user_id: 'kb',
      user_representation: 'Klantbrug',
      iat: issued,
      exp: issued + 3600,
    });
  });

  it('is signed with the secret of that system', async () => {
    const token = await zgwTokens(identity, clockAt(start).now)();
    const refusal: unknown = await verified(token, start, 'lang').catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(errors.JWSSignatureVerificationFailed);
  });

  it('has blank claims for a user that is not configured', async () => {
    const token = await zgwTokens({ clientId: 'a', secret: 'b' }, clockAt(start).now)();
    expect(await verified(token, start, 'b')).to.include({ user_id: '', user_representation: '' });
  });

  it('is used again for 55 minutes, and never when it has expired', async () => {
    const clock = clockAt(start);
    const tokens = zgwTokens(identity, clock.now);
    const first = await tokens();
    clock.move(55 * minute - 1);
    expect(await tokens()).to.equal(first);
    clock.move(1);
    const second = await tokens();
    expect(second).not.to.equal(first);
    expect((await verified(second, clock.now())).iat).to.equal(Math.floor(clock.now() / 1000));
    clock.move(54 * minute);
    expect(await tokens()).to.equal(second);
  });

  it('is made anew when the clock was set back: its iat would lie in the future', async () => {
    const clock = clockAt(start);
    const tokens = zgwTokens(identity, clock.now);
    const first = await tokens();
    clock.move(-minute);
    const second = await tokens();
    expect(second).not.to.equal(first);
    expect((await verified(second, clock.now())).iat).to.equal(Math.floor(clock.now() / 1000));
  });
});
