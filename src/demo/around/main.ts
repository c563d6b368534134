import { startAround } from './server.ts';
import type { AroundOptions } from './server.ts';
import { usualApiKey } from './systems.ts';
import type { Client } from './token.ts';

/** The systems around the gateway as a process of its own; see `readSettings` for its environment variables. */
async function main(): Promise<void> {
  const around = await startAround(readSettings(process.env));
  process.stdout.write(`Systems around the gateway ready at ${around.url}\n`);
  const stop = () => {
    around.close().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function readSettings(environment: NodeJS.ProcessEnv): AroundOptions {
  const portText = environment.AROUND_PORT ?? '8082';
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port > 65_535) {
    throw new Error(`AROUND_PORT has to be a number from 0 to 65535, not "${portText}".`);
  }
  return {
    host: environment.AROUND_HOST ?? '127.0.0.1',
    port,
    // `id=secret`, with commas between them.
    clients: listOf(environment.AROUND_CLIENTS ?? 'klantbrug=demo-registers-secret').map(clientOf),
    apiKey: environment.AROUND_KEY ?? usualApiKey,
    // Who Documenten is at the gateway, when it calls back.
    ...(environment.AROUND_SELF && { self: clientOf(environment.AROUND_SELF) }),
    // Of the gateway, so that the demo works at once, and still does after what arrived was thrown away.
    kanalen: listOf(environment.AROUND_KANALEN ?? 'klanten,contactmomenten,verzoeken'),
  };
}

function listOf(text: string): string[] {
  return text.split(',').filter((part) => part !== '');
}

function clientOf(text: string): Client {
  const [id = '', ...secret] = text.split('=');
  if (id === '' || secret.length === 0) throw new Error('A client has to look like id=secret.');
  return { id, secret: secret.join('=') };
}

function fail(error: unknown): never {
  process.stderr.write(
    `Systems around the gateway: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}

main().catch(fail);
