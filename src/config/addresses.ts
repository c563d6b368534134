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

function parse(text: string): AddressRange | undefined {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  const all = version === 4 ? 32 : 128;
  if (version === 0 || address.includes('%') || more.length > 0) return undefined;
  if (bits !== undefined && (!/^[0-9]{1,3}$/.test(bits) || Number(bits) > all)) return undefined;
  return { address, bits: bits === undefined ? all : Number(bits), family: version === 4 ? 'ipv4' : 'ipv6' };
}
