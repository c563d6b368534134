import { startDemoCrm } from './server.ts';

/** The demo CRM as a process of its own; see `readSettings` for its environment variables. */
async function main(): Promise<void> {
  const options = readSettings(process.env);
  const crm = await startDemoCrm(options);
  process.stdout.write(`Demo CRM ready at ${crm.url}, data in ${options.folder}\n`);
  const stop = () => {
    crm.close().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function readSettings(environment: NodeJS.ProcessEnv) {
  const portText = environment.DEMO_CRM_PORT ?? '8081';
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port > 65_535) {
    throw new Error(`DEMO_CRM_PORT has to be a number from 0 to 65535, not "${portText}".`);
  }
  return {
    host: environment.DEMO_CRM_HOST ?? '127.0.0.1',
    port,
    folder: environment.DEMO_CRM_FOLDER ?? '.demo-data',
    apiKey: environment.DEMO_CRM_KEY ?? 'demo-crm-key',
  };
}

function fail(error: unknown): never {
  process.stderr.write(`Demo CRM: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
