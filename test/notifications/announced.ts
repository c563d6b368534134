import { isObject, type JsonObject, scalarText } from '../../src/json.ts';
import type { runningGateway } from '../kit/gateway.ts';
import { until } from '../kit/until.ts';

/** What arrived at the Notificaties API since `forget`. */
export function announcementsAt(gateway: ReturnType<typeof runningGateway>) {
  let start = 0;
  const all = async (): Promise<JsonObject[]> => {
    const { notificaties } = await gateway.around.arrived();
    return Array.isArray(notificaties) ? notificaties.filter(isObject) : [];
  };
  return {
    async forget() {
      start = (await all()).length;
    },
    /** Once so many have arrived: all of them, and not one more. */
    async arrived(count: number): Promise<JsonObject[]> {
      await until(`${count} notifications have arrived`, async () => (await all()).length >= start + count);
      return (await all()).slice(start);
    },
    /** Each as `kanaal resource actie`. */
    shown: (list: readonly JsonObject[]) =>
      list.map(({ kanaal, resource, actie }) => [kanaal, resource, actie].map(scalarText).join(' ')),
  };
}
