import { once } from 'node:events';
import net from 'node:net';

/** A connection that is kept, with one request at a time. */
export interface Connection {
  /** @returns the status of the answer, when all of it is there */
  ask(request: Buffer): Promise<number>;
  close(): void;
}

/**
 * Opens a connection. It knows just enough of HTTP/1.1 to see where an answer ends: Node's own client takes more
 * processor time for a request than some of the servers that are measured.
 */
export async function connect({ hostname, port }: URL): Promise<Connection> {
  const socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  socket.setTimeout(30_000, () => socket.destroy(new Error('There is no answer.')));
  let waiting: Waiting | undefined;
  const read = answerReader((status) => waiting?.resolve(status));
  socket.on('data', (chunk) => {
    try {
      read(chunk);
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('The connection was closed.')));
  return {
    ask(request) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      });
    },
    close: () => socket.destroy(),
  };
}

interface Waiting {
  resolve(status: number): void;
  reject(error: Error): void;
}

/** Takes the bytes of answers as they come, and tells the status of each one that is complete. */
function answerReader(complete: (status: number) => void): (chunk: Buffer) => void {
  let head: Buffer = Buffer.alloc(0);
  let status = 0;
  /** Bytes of the body to come; undefined as long as the head is not complete. */
  let left: number | undefined;
  return (chunk) => {
    let body = chunk;
    if (left === undefined) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      ({ status, length: left } = readHead(head.toString('latin1', 0, end)));
      body = head.subarray(end + 4);
      head = Buffer.alloc(0);
    }
    left -= body.length;
    if (left > 0) return;
    left = undefined;
    complete(status);
  };
}

function readHead(head: string): { status: number; length: number } {
  const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
  if (status === 304 || status === 204) return { status, length: 0 };
  const length = /\r\ncontent-length: *([0-9]+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`An answer of ${status} does not tell its length.`);
  return { status, length: Number(length) };
}
