import { isObject, jsonOf } from './call.ts';
import type { Call } from './call.ts';
import type { Counters } from './counters.ts';
import { readFault } from './faults.ts';
import type { Faults } from './faults.ts';
import type { Reply } from './reply.ts';
import { changeSettings } from './settings.ts';
import type { Settings } from './settings.ts';

/** Answers the calls that make the demo do something special: /storing, /tellers and /instellingen. */
export function controlCalls(faults: Faults, counters: Counters, settings: Settings) {
  const calls: Readonly<Record<string, (body: unknown) => Reply>> = {
    'POST /storing': (body) => {
      const fault = isObject(body) ? readFault(body) : undefined;
      if (fault === undefined)
        return notUnderstood('soort, ms, bytes, aantal, vanaf, methode, pad en moment');
      faults.add(fault);
      return shownAs({ storingen: faults.shown() });
    },
    'GET /storing': () => shownAs({ storingen: faults.shown() }),
    'DELETE /storing': () => {
      faults.clear();
      return shownAs({ storingen: faults.shown() });
    },
    'GET /tellers': () => shownAs(counters.shown()),
    'DELETE /tellers': () => {
      counters.reset();
      return shownAs(counters.shown());
    },
    'POST /instellingen': (body) => {
      if (!isObject(body) || !changeSettings(settings, body)) return notUnderstood('etag en grootte');
      return shownAs({ etag: settings.etag, grootte: settings.largestPage });
    },
  };
  /** @returns undefined when the call is not one of these */
  return (call: Call): Reply | undefined => calls[`${call.method} ${call.path}`]?.(jsonOf(call));
}

function shownAs(body: Readonly<Record<string, unknown>>): Reply {
  return { status: 200, body };
}

function notUnderstood(expected: string): Reply {
  return { status: 400, body: { fout: `Niet begrepen; hier kunnen: ${expected}` } };
}
