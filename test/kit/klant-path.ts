import { idCodec } from '../../src/mapping/ids.ts';

const codec = idCodec('integer', 'klant');

/** Where the klant of a RELNR is, within the API; also of one that the CRM does not have. */
export function klantPath(number: number): string {
  return `/klanten/${codec.toUuid(number) ?? ''}`;
}
