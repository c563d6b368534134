import { NotTried } from './check.ts';
import type { StandIns } from './stand-ins/index.ts';

/** URLs that checks put into what they send. Each throws NotTried where the run has no such URL. */
export interface Places {
  /** Something that is there: a subject, an employee, a product, a record of another register. */
  exists(): string;
  missing(): string;
  zaak(): string;
  informatieobject(): string;
  /** The stand-ins, for what can only be seen or arranged there. */
  readonly standIns: StandIns;
  readonly hasStandIns: boolean;
}

/** URLs that the user of the run gave. */
export interface GivenUrls {
  readonly zaak: string | undefined;
  readonly informatieobject: string | undefined;
  readonly exists: string | undefined;
  readonly missing: string | undefined;
}

/** Places at the stand-ins: each call gives another one. */
export function placesOfStandIns(standIns: StandIns): Places {
  const { zaken, documenten, elsewhere } = standIns;
  return {
    exists: () => elsewhere.exists(),
    missing: () => elsewhere.missing(),
    zaak: () => zaken.zaak(),
    informatieobject: () => documenten.informatieobject(),
    standIns,
    hasStandIns: true,
  };
}

/** Places that somebody else keeps: each call gives the same one. */
export function givenPlaces(urls: GivenUrls): Places {
  const given = (name: keyof GivenUrls) => (): string => {
    const url = urls[name];
    if (url === undefined) throw new NotTried(`it takes --${name} URL, or the stand-ins`);
    return url;
  };
  return {
    exists: given('exists'),
    missing: given('missing'),
    zaak: given('zaak'),
    informatieobject: given('informatieobject'),
    get standIns(): never {
      throw new NotTried('it takes the stand-ins of the run');
    },
    hasStandIns: false,
  };
}
