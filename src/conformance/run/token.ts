import { SignJWT } from 'jose';

/** A client of the implementation, as it was registered there. */
export interface Credentials {
  readonly clientId: string;
  readonly secret: string;
}

/** Signs a token of the standard, valid from now on. */
export function signedToken({ clientId, secret }: Credentials): Promise<string> {
  return new SignJWT({
    client_id: clientId,
    user_id: 'conformance-run',
    user_representation: 'Conformance run',
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(clientId)
    .setIssuedAt()
    .sign(Buffer.from(secret, 'utf8'));
}
