import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { answerUsage } from './answer-usage.ts';

/** Node-RED with its usual settings, but for the editor, which is off. */
const [installed = '', userDir = ''] = process.argv.slice(2);
const load = createRequire(path.join(installed, 'package.json'));
const nodeRed = load('node-red') as NodeRed;

/** What is used of it: https://nodered.org/docs/user-guide/runtime/embedding */
interface NodeRed {
  init(server: http.Server, settings: object): void;
  start(): Promise<void>;
  readonly httpNode: (request: IncomingMessage, response: ServerResponse) => void;
  readonly events: { once(event: 'flows:started', listener: () => void): void };
}

const server = http.createServer((request, response) => {
  nodeRed.httpNode(request, response);
});
nodeRed.init(server, {
  userDir,
  flowFile: 'flows.json',
  httpAdminRoot: false,
  httpNodeRoot: '/',
  credentialSecret: false,
  logging: { console: { level: 'error' } },
});
nodeRed.events.once('flows:started', () => {
  server.listen(0, '127.0.0.1', () => {
    answerUsage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
});
await nodeRed.start();
