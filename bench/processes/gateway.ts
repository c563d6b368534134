import { keepRequestsYoung } from '../../src/cli/memory.ts';
import { loadConfig } from '../../src/config/index.ts';
import { logEvents, standardOutput } from '../../src/observe/log.ts';
import { startGateway } from '../../src/server.ts';
import { answerUsage } from './answer-usage.ts';

/** The gateway as it is deployed, log included. It can be told to leave JSONata to its interpreter. */
keepRequestsYoung();
const [configFile = '', evaluatedBy = ''] = process.argv.slice(2);
const config = await loadConfig(configFile, process.env);
const gateway = await startGateway(config, {
  observe: logEvents(config.log.level, standardOutput()),
  evaluatedBy: evaluatedBy === 'interpreter' ? evaluatedBy : 'compiler',
});
answerUsage(`http://127.0.0.1:${gateway.port}`);
