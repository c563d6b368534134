import type { Resource } from '../contract/resource.ts';
import { audittrail } from './audittrail.ts';
import { contactmoment } from './contactmoment.ts';
import { klant } from './klant.ts';
import { klantcontactmoment } from './klantcontactmoment.ts';
import { klantverzoek } from './klantverzoek.ts';
import { objectcontactmoment } from './objectcontactmoment.ts';
import { objectverzoek } from './objectverzoek.ts';
import { verzoek } from './verzoek.ts';
import { verzoekcontactmoment } from './verzoekcontactmoment.ts';
import { verzoekinformatieobject } from './verzoekinformatieobject.ts';
import { verzoekproduct } from './verzoekproduct.ts';

/** Every resource that Klantbrug exposes, in the order of the documentation. Adding one is one file and one line here. */
export const resources: readonly Resource[] = [
  klant,
  contactmoment,
  klantcontactmoment,
  objectcontactmoment,
  verzoek,
  klantverzoek,
  objectverzoek,
  verzoekcontactmoment,
  verzoekinformatieobject,
  verzoekproduct,
];

/** Every resource that a mapping set can have: also the audit trail, which clients read under other resources. */
export const mappedResources: readonly Resource[] = [...resources, audittrail];
