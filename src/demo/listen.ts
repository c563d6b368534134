import { once } from 'node:events';
import type { Server } from 'node:http';

/**
 * Lets a server of the demonstration listen.
 *
 * @returns the port that it became
 * @throws Error with a sentence for the user when the port is in use
 */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw inUse ? new Error(`Port ${port} of ${host} is already in use.`, { cause: error }) : error;
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
