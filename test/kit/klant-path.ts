import { idCodec } from '../../src/mapping/ids.ts';

const codec = idCodec('integer', 'klant');

/** Where the klant of a RELNR is, within the API; also of one that the CRM does not have. */
export function klantPath(number: number): string {
  return `/klanten/${codec.toUuid(number) ?? ''}`;
}

/** The RELNR of the klant with this URL; NaN for a URL that is none of ours. */
export function relationNumber(url: string): number {
  return Number(codec.fromUuid(url.split('/').at(-1) ?? '') ?? Number.NaN);
}
