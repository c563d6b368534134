import { parseArgs } from 'node:util';
import { startStandIn } from './kit/index.ts';
import { standIns } from './index.ts';

/** Starts stand-ins for trying by hand: `npx tsx test/stand-ins/main.ts objecten --port 9101`. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' } },
  });
  if (positionals.length === 0) throw new Error(`Which one? There are: ${Object.keys(standIns).join(', ')}`);
  if (values.port !== undefined && positionals.length > 1)
    throw new Error('--port is for one stand-in; several have a port each.');
  const running = await Promise.all(
    positionals.map((name) =>
      start(name, values.host, values.port === undefined ? undefined : Number(values.port)),
    ),
  );
  const stop = () => {
    void Promise.all(running.map((one) => one.close())).then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function start(name: string, host: string, port: number | undefined) {
  const standIn = standIns[name]?.();
  if (!standIn)
    throw new Error(`There is no stand-in ${name}; there are: ${Object.keys(standIns).join(', ')}`);
  const running = await startStandIn(standIn, { host, port: port ?? standIn.port });
  process.stdout.write(`${standIn.title} ready at ${running.url}\n`);
  return running;
}

main().catch((error: unknown) => {
  process.stderr.write(`Stand-in: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
