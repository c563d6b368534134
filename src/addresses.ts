import { BlockList, isIP } from 'node:net';

interface AddressRange {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Whether a text is an IP address or a CIDR range: `10.0.0.0/8`, `::1`. */
export function isAddressRange(text: string): boolean {
  return parse(text) !== undefined;
}

/** The ranges as something that can be asked `check(address, family)`. Texts that are no range are passed over. */
export function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of ranges) {
    const range = parse(text);
    if (range) list.addSubnet(range.address, range.bits, range.family);
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

function parse(text: string): AddressRange | undefined {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  const all = version === 4 ? 32 : 128;
  if (version === 0 || address.includes('%') || more.length > 0) return undefined;
  if (bits !== undefined && (!/^[0-9]{1,3}$/.test(bits) || Number(bits) > all)) return undefined;
  return { address, bits: bits === undefined ? all : Number(bits), family: version === 4 ? 'ipv4' : 'ipv6' };
}
