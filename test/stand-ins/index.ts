import type { StandIn } from './kit/index.ts';
import { dataverse } from './dataverse.ts';
import { eSuite } from './e-suite.ts';
import { objecten } from './objecten.ts';
import { openKlant2 } from './open-klant-2.ts';
import { salesforce } from './salesforce.ts';
import { suitecrm } from './suitecrm.ts';
import { stufSoap } from './stuf-soap.ts';
import { textKeys } from './text-keys.ts';
import { tutorial } from './tutorial.ts';

/** Every stand-in by its name, with the credentials that it has when it is started by hand. */
export const standIns: Readonly<Record<string, () => StandIn>> = {
  dataverse: () => dataverse(),
  'e-suite': () => eSuite(),
  objecten,
  'open-klant-2': () => openKlant2(),
  salesforce: () => salesforce(),
  suitecrm: () => suitecrm(),
  'stuf-soap': () => stufSoap(),
  'text-keys': textKeys,
  tutorial: () => tutorial(),
};
