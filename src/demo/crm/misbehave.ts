import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Fault, Faults } from './faults.ts';
import { failure, send } from './reply.ts';
import type { Reply } from './reply.ts';

const chunkSize = 65_536;
const htmlPage =
  '<!DOCTYPE html><html><body><h1>Applicatiefout</h1><p>Relatie 100001 (Vermeulen)</p></body></html>';
const halfAnswer =
  '{"STATUS":"OK","TOTAAL":2,"VANAF":0,"AANTAL":2,"RELATIES":[{"RELNR":100001,"ANAAM":"Verme';

/**
 * Answers a call in the way of a fault.
 *
 * @param carryOut does what the call asks and gives the ordinary answer
 */
export async function misbehave(
  fault: Fault,
  faults: Faults,
  response: ServerResponse,
  carryOut: () => Promise<Reply>,
): Promise<void> {
  const ordinary = fault.moment === 'na' ? await carryOut() : undefined;
  switch (fault.soort) {
    case 'traag':
      await waitFor(fault.ms, faults, response);
      // A caller that has left before the call was carried out gets nothing done.
      if (!isGone(response)) send(response, ordinary ?? (await carryOut()));
      return;
    case 'verbreek':
      response.destroy();
      return;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(htmlPage);
      return;
    case 'afgekapt':
      cutShort(response);
      return;
    case 'groot':
      await sendLarge(response, fault.bytes);
      return;
    default:
      send(response, replies[fault.soort]);
  }
}

const replies: Readonly<Record<'fout' | 'vol' | 'sleutel' | 'foutcode', Reply>> = {
  fout: failure(500, 'SYS001', 'ORA-00060: deadlock bij relatie 100001 (Vermeulen, BSN 999990019)'),
  vol: { ...failure(429, 'SYS429', 'Te druk, probeer later'), headers: { 'Retry-After': '7' } },
  sleutel: failure(401, 'AUT001', 'Sleutel is ingetrokken'),
  foutcode: failure(200, 'SYS500', 'Onverwachte fout bij relatie 100001 (Vermeulen, BSN 999990019)'),
};

function isGone(response: ServerResponse): boolean {
  return response.destroyed || response.socket?.destroyed !== false;
}

async function waitFor(ms: number, faults: Faults, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const abort = () => {
    gone.abort();
  };
  response.once('close', abort);
  await faults.wait(ms, gone.signal);
  response.off('close', abort);
}

function cutShort(response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': String(halfAnswer.length * 2),
  });
  response.write(halfAnswer, () => response.socket?.destroySoon());
}

/** Without Content-Length: a reader that wants to protect itself has to count. Fails when the reader hangs up. */
async function sendLarge(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' });
  await pipeline(Readable.from(largeJson(bytes)), response);
}

function* largeJson(bytes: number): Generator<string> {
  const start = '{"STATUS":"OK","VULLING":"';
  const end = '"}';
  yield start;
  for (let left = bytes - start.length - end.length; left > 0; left -= chunkSize) {
    yield 'x'.repeat(Math.min(left, chunkSize));
  }
  yield end;
}
