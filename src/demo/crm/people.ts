import type { Call } from './call.ts';
import type { Reply } from './reply.ts';

const highestNumber = 50;

/**
 * Answers the calls under /gba: another register of the same municipality, with fifty persons and with an
 * old address for each of them that leads to the new one.
 */
export function peopleCall(call: Call): Reply {
  const [, kind, number = ''] = /^\/gba\/(personen|doorverwijzing)\/([1-9]\d{0,5})$/.exec(call.path) ?? [];
  if (!['GET', 'HEAD'].includes(call.method)) return { status: 405, body: { fout: 'Alleen GET' } };
  if (kind === 'doorverwijzing') return { status: 302, headers: { Location: `/gba/personen/${number}` } };
  if (kind === undefined || Number(number) > highestNumber)
    return { status: 404, body: { fout: 'Onbekend' } };
  return { status: 200, body: { nummer: Number(number), omschrijving: `Persoon ${number}` } };
}
