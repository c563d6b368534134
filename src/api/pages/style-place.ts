import { createHash } from 'node:crypto';
import { contentPlace, type Place, policyOf } from './place.ts';
import { errorStyle } from './style.ts';

/** The stylesheet of our own pages, named after what is in it, so that browsers can keep it for good. */
export const stylePlace: readonly [name: string, place: Place] = [
  `style-${createHash('sha256').update(errorStyle).digest('hex').slice(0, 16)}.css`,
  contentPlace(
    'text/css; charset=utf-8',
    errorStyle,
    'forever',
    policyOf({ 'style-src': "'self'", 'img-src': 'data:' }),
  ),
];
