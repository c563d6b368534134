import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a host answers a request; one that never does is as slow as can be. */
type HostAnswer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A host that a URL in a request may lead to, such as another register. It runs for the specs of the surrounding
 * `describe`, and knows who came by; call this before `runningGateway`, and give that a configuration with a getter.
 */
export function webHost(answer: HostAnswer) {
  const requests: IncomingMessage[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    requests.length = 0;
    connections = 0;
  });

  after(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });

  const port = () => (server.address() as AddressInfo).port;
  return {
    /** Every request of this spec, oldest first. */
    requests,
    get connections() {
      return connections;
    },
    get port() {
      return port();
    },
    /** Its URL by its address: `http://127.0.0.1:40001`. */
    get origin() {
      return `http://127.0.0.1:${port()}`;
    },
    /** The same place by the name of this machine. */
    get named() {
      return `http://localhost:${port()}`;
    },
  };
}
