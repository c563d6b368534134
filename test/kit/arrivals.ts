import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';

const channel = 'http.server.request.start';

/** Counts the requests that arrive at a port of this process, from now on until `stop`. */
export function arrivalsAt(port: number): { readonly count: number; stop(): void } {
  let count = 0;
  const listener = (message: unknown): void => {
    const request =
      typeof message === 'object' && message !== null && 'request' in message ? message.request : undefined;
    if (request instanceof IncomingMessage && request.socket.localPort === port) count += 1;
  };
  subscribe(channel, listener);
  return {
    get count() {
      return count;
    },
    stop: () => {
      unsubscribe(channel, listener);
    },
  };
}
