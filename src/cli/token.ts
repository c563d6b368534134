import { SignJWT } from 'jose';
import { loadConfig } from '../config/index.ts';
import { formatMistakes, Mistakes } from '../files/mistakes.ts';
import { type Command, exit } from './command.ts';

/** How long a token from the command line is good for: a day of trying things out. */
const lifetime = '24h';

/** `klantbrug token`: a ZGW token for one of the configured clients, and nothing else, so that a script can use it. */
export const token: Command = {
  name: 'token',
  summary: 'print a token for a client of the configuration, valid for a day',
  options: {
    config: { required: true, meaning: 'the configuration file' },
    client: { required: true, meaning: 'the id of the client' },
    user: { required: false, meaning: 'the id of the user on whose behalf the client calls' },
  },

  async run({ config: file = '', client: id = '', user = '' }, { environment, out, error }) {
    try {
      const { clients } = await loadConfig(file, environment);
      const client = clients.find((candidate) => candidate.id === id);
      if (!client) {
        error(
          `There is no client '${id}' in ${file}; there are ${clients.map((known) => known.id).join(', ')}.`,
        );
        return exit.wrong;
      }
      out(await signToken(client.id, client.secret.reveal(), user));
      return exit.done;
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      error(formatMistakes(caught.mistakes));
      return exit.wrong;
    }
  },
};

/** Signs a ZGW token (contract section 5.1), good for a time such as `24h`. */
export async function signToken(
  clientId: string,
  secret: string,
  user: string,
  goodFor = lifetime,
): Promise<string> {
  return new SignJWT({ client_id: clientId, user_id: user, user_representation: user })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(clientId)
    .setIssuedAt()
    .setExpirationTime(goodFor)
    .sign(Buffer.from(secret, 'utf8'));
}
