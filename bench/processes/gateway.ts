import { loadConfig } from '../../src/config/index.ts';
import { logEvents } from '../../src/observe/log.ts';
import { startGateway } from '../../src/server.ts';
import { answerCpu } from './answer-cpu.ts';

/** The gateway as it is deployed, log included; its lines go nowhere. */
const [configFile = ''] = process.argv.slice(2);
const config = await loadConfig(configFile, process.env);
const log = logEvents(config.log.level, { write: () => undefined });
const gateway = await startGateway(config, { observe: log });
answerCpu(`http://127.0.0.1:${gateway.port}`);
