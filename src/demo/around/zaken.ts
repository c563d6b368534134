import type { Reply } from '../crm/reply.ts';
import type { Arrivals } from './arrivals.ts';
import { existing, url } from './fields.ts';
import { notFound, problem } from './problems.ts';
import type { Register, RegisterCall } from './register.ts';
import { relationRoutes } from './relations.ts';
import { seedZaken } from './seed-zaken.ts';

/** Zaken: five zaken that are always the same, and their ties with contactmomenten and verzoeken. */
export function zakenRegister(root: string, arrivals: Arrivals): Register {
  const zaken = seedZaken(root);
  const zaak = url(existing((value) => zaken.some((one) => one.url === value)));
  const readZaak = ({ call, uuid }: RegisterCall): Reply => {
    // A zaak can have a place on the map, so that a caller has to say in which coordinates it thinks.
    const wanted = call.headers['accept-crs'];
    if (wanted !== 'EPSG:4326') return problem(406, 'not_acceptable', 'Accept-Crs moet EPSG:4326 zijn.');
    const body = zaken.find((one) => one.uuid === uuid);
    return body === undefined ? notFound() : { status: 200, headers: { 'Content-Crs': wanted }, body };
  };
  return {
    title: 'Zaken API',
    version: '1.5.1',
    root,
    routes: [
      { method: 'GET', path: '/zaken/{uuid}', answer: readZaak },
      ...relationRoutes({
        root,
        name: 'zaakcontactmomenten',
        pair: ['zaak', 'contactmoment'],
        checks: { zaak, contactmoment: url() },
        stored: arrivals.zaakcontactmomenten,
      }),
      ...relationRoutes({
        root,
        name: 'zaakverzoeken',
        pair: ['zaak', 'verzoek'],
        checks: { zaak, verzoek: url() },
        stored: arrivals.zaakverzoeken,
      }),
    ],
  };
}
