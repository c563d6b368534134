import { expect } from 'chai';
import fc from 'fast-check';
import { addressCheck } from '../../src/backend/addresses.ts';

const never = [
  ['this machine', '127.0.0.1'],
  ['this machine', '127.255.255.254'],
  ['this machine', '0.0.0.0'],
  ['this machine', '0.1.2.3'],
  ['this machine', '::1'],
  ['this machine', '::'],
  ['link-local', '169.254.0.1'],
  ['link-local', 'fe80::1'],
  ['link-local', 'febf:ffff::1'],
  ['cloud metadata', '169.254.169.254'],
  ['cloud metadata', '100.100.100.200'],
  ['cloud metadata', '192.0.0.192'],
  ['cloud metadata', '168.63.129.16'],
  ['cloud metadata', 'fd00:ec2::254'],
  ['multicast', '224.0.0.1'],
  ['multicast', 'ff02::1'],
  ['broadcast', '255.255.255.255'],
] as const;

describe('addresses that a URL in a request may lead to', () => {
  const unlisted = addressCheck(undefined);

  for (const [what, address] of never) {
    it(`never include ${what}: ${address}`, () => {
      expect(unlisted(address)).to.equal(false);
      expect(addressCheck([])(address), 'with an empty list').to.equal(false);
    });
  }

  it('include everything else, when a host has no ranges', () => {
    for (const address of ['93.184.216.34', '10.1.2.3', '192.168.1.1', '2001:db8::1', 'fd12::1']) {
      expect(unlisted(address), address).to.equal(true);
      expect(addressCheck([])(address), address).to.equal(true);
    }
  });

  it('include only its ranges, when a host has some', () => {
    const check = addressCheck(['10.20.0.0/16', '192.0.2.7', '2001:db8::/32', 'fd00::7']);
    for (const address of ['10.20.0.0', '10.20.255.255', '192.0.2.7', '2001:db8:ffff::1', 'fd00::7'])
      expect(check(address), address).to.equal(true);
    for (const address of ['10.21.0.0', '10.19.255.255', '192.0.2.8', '2001:db9::1', 'fd00::8', '127.0.0.1'])
      expect(check(address), address).to.equal(false);
  });

  it('include what is otherwise refused, when it is named', () => {
    expect(addressCheck(['127.0.0.0/8'])('127.0.0.1')).to.equal(true);
    expect(addressCheck(['169.254.169.254'])('169.254.169.254')).to.equal(true);
    expect(addressCheck(['169.254.169.254'])('169.254.169.253')).to.equal(false);
    expect(addressCheck(['::1'])('::1')).to.equal(true);
  });

  it('are judged alike in IPv6 clothes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.constantFrom('127.0.0.1', '169.254.169.254', '10.20.1.1')),
        (address) => {
          const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
          const words = [a * 256 + b, c * 256 + d].map((word) => word.toString(16));
          const clothed = [
            `::ffff:${address}`,
            `::FFFF:${words.join(':')}`,
            `0:0:0:0:0:ffff:${words.join(':')}`,
            new URL(`http://[::ffff:${address}]/`).hostname.slice(1, -1),
          ];
          for (const check of [unlisted, addressCheck(['10.20.0.0/16'])])
            for (const same of clothed) expect(check(same), same).to.equal(check(address));
        },
      ),
    );
  });

  it('do not include what is no address', () => {
    for (const text of ['', 'localhost', '127.0.0', '127.1', '10.0.0.1/8', ':::1', '0x7f.0.0.1']) {
      expect(unlisted(text), text).to.equal(false);
      expect(addressCheck(['0.0.0.0/0', '::/0'])(text), text).to.equal(false);
    }
  });
});
