export type { Config, KicApi } from './config.ts';
export { loadConfig } from './load.ts';
export { revealed } from './revealed.ts';
export { switchOf } from './rule-switch.ts';
