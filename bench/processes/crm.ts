import { startDemoCrm } from '../../src/demo/crm/server.ts';
import { answerCpu } from './answer-cpu.ts';

/** The backend of every contender: the demo CRM, as its own process. */
const [folder = '', apiKey = ''] = process.argv.slice(2);
const { url } = await startDemoCrm({ host: '127.0.0.1', port: 0, folder, apiKey });
answerCpu(url);
