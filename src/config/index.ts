export type { Backend, Client, Config, Credentials } from './config.ts';
export { configSchemaJson, configTable } from './documentation.ts';
export { loadConfig } from './load.ts';
export { type Secret, secret } from './secret.ts';
