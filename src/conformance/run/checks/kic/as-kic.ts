import { type ApiName, type Check, optionalApi } from '../../check.ts';
import { idIn } from '../shared/names.ts';

/** The only numbered rule of the Klantinteracties API. */
const ownRule = 'kic-001';

/** What the id of a numbered rule looks like. */
const rule = /^[a-z]+-\d{3}$/;

/**
 * A check of a newer API, tried at the Klantinteracties API: the names in it mean the resources of that one. A rule that
 * is not its own protects records that both APIs show; what it proves here is the operation.
 */
export function asKic(check: Check): Check {
  const api: ApiName = optionalApi;
  return {
    ...check,
    id: idIn(api, check.id),
    api,
    proves: check.proves.filter((id) => id === ownRule || !rule.test(id)),
  };
}
