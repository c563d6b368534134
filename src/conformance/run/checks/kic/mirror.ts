import { type JsonObject, scalarText } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import type { Context } from '../../context.ts';
import { declared } from '../../declarations.ts';
import { completeBody, make, remove, reread, without } from '../../records.ts';
import { ruleCheck } from '../rules/parts.ts';
import { asKic } from './as-kic.ts';

/** What is mirrored in Documenten. */
const mirrored = 'verzoekinformatieobject';

/** kic-001 where two APIs have the same relation: one mirror, of the API that was called. */
export const sharedMirrorChecks: readonly Check[] = [
  mirrorCheck('url', 'the mirror has the URL of the verzoek in this API', async (context, body) => {
    const { documenten } = context.run.places.standIns;
    await make(context, mirrored, body);
    const [mirror] = documenten.mirrorsOf(scalarText(body.informatieobject) ?? '');
    if (mirror?.object !== body.verzoek)
      tell(context, 'a mirror with the URL of the verzoek as it was given', 'another one');
  }),
  mirrorCheck('newer', 'a mirror goes whichever API removes the relation', async (context, body) => {
    const { documenten } = context.run.places.standIns;
    const newer = declared(mirrored);
    const isGone = () => documenten.mirrorsOf(scalarText(body.informatieobject) ?? '').length === 0;
    const here = await make(context, mirrored, body);
    const again = without(await reread(context, newer, here.uuid), 'url');
    await remove(context, newer, here.uuid);
    if (!isGone()) tell(context, 'no mirror when the newer API removed the relation', 'it is there');
    const there = await make(context, newer, again);
    await remove(context, mirrored, there.uuid);
    if (!isGone())
      tell(context, 'no mirror of what the newer API made when it is removed here', 'it is there');
  }),
];

function mirrorCheck(
  what: string,
  title: string,
  attempt: (context: Context, body: JsonObject) => Promise<void>,
): Check {
  return asKic(
    ruleCheck('kic-001', mirrored, ['create', 'delete'], what, title, async (context) => {
      context.otherApi('verzoeken');
      await context.needs('documenten', 'stand-ins');
      await attempt(context, await completeBody(context, mirrored));
    }),
  );
}

function tell(context: Context, expected: string, came: string): void {
  context.tell({ sent: 'what the stand-in of Documenten got', expected, came });
}
