import { expect } from 'chai';
import { openBackend } from '../../src/backend/index.ts';
import type { ErrorLine } from '../../src/backend/interpret.ts';
import type { Json } from '../../src/json.ts';
import type { Event } from '../../src/observe/events.ts';
import { Problem } from '../../src/problem.ts';
import { webHost } from '../kit/web-host.ts';
import { settingsOf, workInto } from './systems.ts';

/** What a CRM answers: with 200 and JSON unless it is said otherwise. */
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Json;
}

describe('What an answer of a CRM means, by its error table', () => {
  let answer: Answer = { body: {} };
  const host = webHost((_, response) => {
    const { status = 200, headers = {}, body } = answer;
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });

  /** The meaning of an answer, or the status of the problem that it is. */
  async function meaningOf(when: ErrorLine['when'], given: Answer): Promise<string | number> {
    answer = given;
    const settings = settingsOf(host.origin, { errors: [{ when, means: 'not-found' }] });
    const events: Event[] = [];
    try {
      const request = { method: 'GET', path: ['people'], query: [], headers: {} } as const;
      return (await openBackend(settings, (event) => events.push(event))(request, workInto(events))).meaning;
    } catch (error) {
      if (error instanceof Problem) return error.status;
      throw error;
    }
  }

  const gone = {
    error: ['UserError', ['Dit record bestaat niet meer.', null]],
    code: 404,
    also: { deep: 'x' },
  };

  const fitting: readonly [string, ErrorLine['when'], Answer][] = [
    ['its status', { status: 500 }, { status: 500, body: gone }],
    ['something in a field', { field: 'error' }, { body: gone }],
    ['something in a list', { field: 'error.0' }, { body: gone }],
    ['the value of a field', { field: 'error.0', is: 'UserError' }, { body: gone }],
    ['a number in a field', { field: 'code', is: '404' }, { body: gone }],
    ['a piece of the text in a field', { field: 'error.1.0', contains: 'bestaat niet' }, { body: gone }],
    ['another value than the one of a field', { field: 'code', isNot: 0 }, { body: gone }],
    ['an object where no text is wanted', { field: 'also', isNot: '0' }, { body: gone }],
    ['both a value and a piece of it', { field: 'code', is: 404, contains: '40' }, { body: gone }],
    [
      'the first item of an answer that is a list',
      { field: '0.errorCode', is: 'NOT_FOUND' },
      { body: [{ errorCode: 'NOT_FOUND' }] },
    ],
    ['a header', { header: 'X-Fout' }, { headers: { 'x-fout': 'weg' }, body: gone }],
    ['the value of a header', { header: 'X-Fout', is: 'weg' }, { headers: { 'X-FOUT': 'weg' }, body: gone }],
    [
      'a piece of a header',
      { header: 'x-fout', contains: 'we' },
      { headers: { 'X-Fout': 'weg' }, body: gone },
    ],
    [
      'a piece of a page that is no JSON',
      { status: 500, contains: 'niet gevonden' },
      { status: 500, body: '<h1>niet gevonden</h1>' },
    ],
  ];
  for (const [what, when, given] of fitting) {
    it(`is told by ${what}`, async () => {
      expect(await meaningOf(when, given)).to.equal('not-found');
    });
  }

  const unfitting: readonly [string, ErrorLine['when'], Answer][] = [
    ['another value', { field: 'error.0', is: 'KeyError' }, { body: gone }],
    ['the value that it should not have', { field: 'code', isNot: '404' }, { body: gone }],
    ['the absence of what should not be there', { field: 'error.7', isNot: '0' }, { body: gone }],
    ['null where another value should be', { field: 'error.1.1', isNot: '0' }, { body: gone }],
    ['a text with other capitals', { field: 'error.1.0', contains: 'Bestaat niet' }, { body: gone }],
    ['a field that is null', { field: 'error.1.1' }, { body: gone }],
    ['a field that is not there', { field: 'error.7' }, { body: gone }],
    ['a name of JavaScript', { field: 'error.length' }, { body: gone }],
    ['an object, which has no text', { field: 'also', contains: 'deep' }, { body: gone }],
    ['a header that is not there', { header: 'X-Fout' }, { body: gone }],
    ['the right value with another status', { status: 404, field: 'error' }, { body: gone }],
    [
      'the right piece of only one of two conditions',
      { field: 'code', is: 405, contains: '40' },
      { body: gone },
    ],
  ];
  for (const [what, when, given] of unfitting) {
    it(`is not told by ${what}`, async () => {
      expect(await meaningOf(when, given)).to.equal('ok');
    });
  }
});
