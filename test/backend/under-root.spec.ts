import { expect } from 'chai';
import { isUnderRoot } from '../../src/backend/under-root.ts';

const root = 'https://zaken.example/zaken/api/v1';
const isUnder = (url: string, of = root): boolean => isUnderRoot(new URL(url), of);

describe('A URL belongs to a root', () => {
  for (const url of [
    root,
    `${root}/`,
    `${root}/zaken/1`,
    `${root}?a=b`,
    `${root}/zaken?a=%2f..%2f`,
    `${root}/zaken/1#%2f`,
    'https://ZAKEN.example:443/zaken/api/v1/zaken',
    `${root}/a/../b`,
    `${root}/a..b/.c`,
  ]) {
    it(url, () => {
      expect(isUnder(url)).to.equal(true);
    });
  }

  it('that is a whole origin', () => {
    expect(isUnder('https://zaken.example/a', 'https://zaken.example')).to.equal(true);
    expect(isUnder('https://zaken.example', 'https://zaken.example')).to.equal(true);
  });
});

describe('A URL does not belong to a root', () => {
  for (const url of [
    'http://zaken.example/zaken/api/v1/zaken',
    'https://zaken.example:8443/zaken/api/v1/zaken',
    'https://zaken.example.evil.example/zaken/api/v1/zaken',
    'https://evil.example/zaken/api/v1/zaken',
    'https://zaken.example/zaken/api/v10/zaken',
    'https://zaken.example/zaken/api/v1-intern',
    'https://zaken.example/Zaken/api/v1/zaken',
    'https://zaken.example/zaken/api',
    `${root}/../v2/zaken`,
    `${root}/%2e%2e/v2/zaken`,
    `${root}/..\\v2/zaken`,
    `${root}/..%2fv2/zaken`,
    `${root}/..%5Cv2/zaken`,
    `${root}/..;/v2/zaken`,
    `${root}/..;a=b/v2/zaken`,
  ]) {
    it(url, () => {
      expect(isUnder(url)).to.equal(false);
    });
  }
});
