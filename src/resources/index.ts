import type { Resource } from '../contract/resource.ts';
import { klant } from './klant.ts';

/** Every resource that Klantbrug exposes, in the order of the documentation. Adding one is one file and one line here. */
export const resources: readonly Resource[] = [klant];
