import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isObject } from '../json.ts';
import type { AddressCheck } from './addresses.ts';

const code = 'EADDRESS';

/** Why a connection was not made, or not used. */
function addressError(): Error {
  return Object.assign(new Error('address not allowed'), { code });
}

/** Whether something failed with `addressError`, also when it comes in the wrapping of another package. */
export function isAddressError(error: unknown): boolean {
  return isObject(error) && error.code === code;
}

/** A name look-up that fails when the name leads to an address that may not be reached. */
export function lookupWithin(allowed: AddressCheck): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[] | undefined) => {
      const addresses = found ?? [];
      const [first] = addresses;
      if (error || !first) {
        done(error ?? new Error('no address'), '', 0);
      } else if (!addresses.every(({ address }) => allowed(address))) {
        done(addressError(), '', 0);
      } else if (options.all === true) {
        done(null, addresses);
      } else {
        done(null, first.address, first.family);
      }
    });
  };
}
