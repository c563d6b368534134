import { BlockList, isIP } from 'node:net';

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
  '::/128',
  '::1/128',
  'fe80::/10',
  'fd00:ec2::/32',
  'ff00::/8',
]);

/** Tells which addresses may be connected to. */
export type AddressCheck = (address: string) => boolean;

/**
 * Without ranges: everything but this machine, link-local and metadata addresses. With ranges: nothing outside them.
 *
 * @param ranges CIDR ranges that the configuration gives for a host
 */
export function addressCheck(ranges: readonly string[] | undefined): AddressCheck {
  const allowed = ranges === undefined ? undefined : blockListOf(ranges);
  return (address) => {
    const plain = unmapped(address);
    return allowed ? holds(allowed, plain) : isIP(plain) !== 0 && !holds(refused, plain);
  };
}

/** Makes a list of CIDR ranges out of text. Throws on what is no range. */
export function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Whether an address is in a list. */
export function holds(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address in IPv6 clothes (`::ffff:127.0.0.1`) is that IPv4 address. */
export function unmapped(address: string): string {
  const inner = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  if (inner !== undefined) return inner;
  const hexadecimal = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (!hexadecimal) return address;
  const words = [hexadecimal[1], hexadecimal[2]].map((word) => parseInt(word ?? '0', 16));
  return words.flatMap((word) => [word >> 8, word & 255]).join('.');
}
