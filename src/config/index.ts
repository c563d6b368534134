export type { Config } from './config.ts';
export { loadConfig } from './load.ts';
export { revealed } from './revealed.ts';
