import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { klantenLike, recordOfPerson } from '../backend/klanten.ts';
import type { Recorded } from '../backend/recorder.ts';
import { answerUsage } from './answer-usage.ts';

/**
 * The backend of all contenders: it answers with prepared bytes, so that it costs next to nothing beside them. It has
 * klanten of any number at `/SIZE/relaties`, of which SIZE are in the list, and whatever was recorded in a file.
 */
const [recordedFile] = process.argv.slice(2);
const klanten = klantenLike(await recordOfPerson());
const prepared = new Map<string, Buffer>();
if (recordedFile !== undefined) {
  const recorded = JSON.parse(await readFile(recordedFile, 'utf8')) as Recorded;
  for (const [path, body] of Object.entries(recorded)) prepared.set(path, Buffer.from(body));
}

let answered = 0;
const server = createServer((request, response) => {
  answered += 1;
  const url = request.url ?? '';
  const body = prepared.get(url) ?? klantOrList(url);
  if (body === undefined) response.writeHead(404).end();
  else response.writeHead(200, headersOf(body)).end(body);
});
server.listen(0, '127.0.0.1', () => {
  answerUsage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => answered);
});

/** `/100/relaties/100005`, `/100/relaties/100005?VELDEN=…`, or `/100/relaties?…` */
function klantOrList(url: string): Buffer | undefined {
  const [, size = '', number, query] = /^\/([0-9]+)\/relaties(?:\/([0-9]+))?(\?.*)?$/.exec(url) ?? [];
  if (size === '') return undefined;
  if (number !== undefined) return Buffer.from(query ? klanten.stamp(number) : klanten.one(number));
  const list = Buffer.from(klanten.list(Number(size)));
  prepared.set(url, list);
  return list;
}

function headersOf(body: Buffer): Record<string, string | number> {
  return { 'Content-Type': 'application/json', 'Content-Length': body.length };
}
