import { isObject, jsonOf } from '../crm/call.ts';
import type { Call } from '../crm/call.ts';
import type { Counters } from '../crm/counters.ts';
import type { Reply } from '../crm/reply.ts';
import type { AroundFaults } from './faults.ts';
import { changeSettings, usualSettings } from './settings.ts';
import type { Settings } from './settings.ts';

/** What the control of the systems works on. */
export interface Controlled {
  readonly faults: AroundFaults;
  readonly counters: Counters;
  readonly settings: Settings;
  /** What arrived, as JSON. */
  readonly arrived: () => unknown;
  /** Puts everything back as it was at the start. */
  readonly startAnew: () => void;
}

/** Answers the calls for demonstrations and specs, without a token: /storing, /tellers, /instellingen, /aangekomen. */
export function controlCalls({ faults, counters, settings, arrived, startAnew }: Controlled) {
  const showFaults = () => shownAs({ storingen: faults.shown() });
  const calls: Readonly<Record<string, (body: unknown) => Reply>> = {
    'POST /storing': (body) =>
      isObject(body) && faults.add(body)
        ? showFaults()
        : notUnderstood('soort, ms, bytes, aantal, vanaf, methode, pad, moment en naar'),
    'GET /storing': showFaults,
    'DELETE /storing': () => {
      faults.shared.clear();
      return showFaults();
    },
    'GET /tellers': () => shownAs(counters.shown()),
    'DELETE /tellers': () => {
      counters.reset();
      return shownAs(counters.shown());
    },
    'POST /instellingen': (body) =>
      isObject(body) && changeSettings(settings, body)
        ? shownAs({ ...settings })
        : notUnderstood('terugbellen, apiVersion en paginagrootte'),
    'DELETE /instellingen': () => shownAs(Object.assign(settings, usualSettings())),
    'GET /aangekomen': () => shownAs(arrived()),
    'DELETE /aangekomen': () => {
      startAnew();
      return shownAs(arrived());
    },
  };
  /** @returns undefined when the call is not one of these */
  return (call: Call): Reply | undefined => calls[`${call.method} ${call.path}`]?.(jsonOf(call));
}

function shownAs(body: unknown): Reply {
  return { status: 200, body };
}

function notUnderstood(expected: string): Reply {
  return { status: 400, body: { fout: `Niet begrepen; hier kunnen: ${expected}` } };
}
