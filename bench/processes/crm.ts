import { startAround } from '../../src/demo/around/server.ts';
import { startDemoCrm } from '../../src/demo/crm/server.ts';
import { answerCpu } from './answer-cpu.ts';

/** The backends of every contender, the demo CRM and the bijregister, in a process of their own. */
const [folder = '', apiKey = ''] = process.argv.slice(2);
const host = '127.0.0.1';
const crm = await startDemoCrm({ host, port: 0, folder, apiKey });
const around = await startAround({
  host,
  port: 0,
  clients: [],
  apiKey,
  self: { id: 'bench', secret: 'of-no-use-in-a-benchmark' },
  kanalen: [],
});
answerCpu(`${crm.url} ${around.url}`);
