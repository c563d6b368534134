import { isIP } from 'node:net';
import { blockListOf, holds, unmapped } from '../addresses.ts';

/**
 * Addresses that a URL from a request must never reach unless an operator lists them: this machine, link-local
 * (where clouds answer with metadata), multicast, and the metadata services that live elsewhere.
 */
const refused = blockListOf([
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // This machine, and IPv4 addresses in two old kinds of IPv6 clothes.
  '::/96',
  '64:ff9b::/96',
  'fe80::/10',
  'fd00:ec2::/32',
  'ff00::/8',
]);

/** Tells which addresses may be connected to. */
export type AddressCheck = (address: string) => boolean;

/**
 * Without ranges: everything but this machine, link-local and metadata addresses. With ranges: nothing outside them.
 *
 * @param ranges addresses and CIDR ranges that the configuration gives for a host; it gives an empty list when there are none
 */
export function addressCheck(ranges: readonly string[] | undefined): AddressCheck {
  const allowed = ranges === undefined || ranges.length === 0 ? undefined : blockListOf(ranges);
  return (address) => {
    const plain = unmapped(address);
    return allowed ? holds(allowed, plain) : isIP(plain) !== 0 && !holds(refused, plain);
  };
}
