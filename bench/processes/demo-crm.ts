import { startAround } from '../../src/demo/around/server.ts';
import { startDemoCrm } from '../../src/demo/crm/server.ts';
import { answerUsage } from './answer-usage.ts';

/** The demo CRM and the bijregister, whose answers are recorded once. */
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
answerUsage(`${crm.url} ${around.url}`);
