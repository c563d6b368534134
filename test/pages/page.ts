import { expect } from 'chai';
import type { Answer } from '../kit/gateway.ts';

/** Expects an answer to be a page that a browser may show and cannot be harmed by. */
export function expectPage({ status, headers, text }: Answer, policy: string): void {
  expect(status).to.equal(200);
  expect(headers.get('Content-Type')).to.equal('text/html; charset=utf-8');
  expect(headers.get('Content-Security-Policy')).to.equal(policy);
  expectHarmless(headers);
  expect(text).to.match(/^<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">/);
  expect(text, 'an inline script').not.to.match(/<script(?! src="[^"]+"><\/script>)/);
  expect(text, 'an inline style').not.to.match(/<style|\sstyle=|\son[a-z]+=/);
}

/** Expects the headers that everything has that is for everybody. */
export function expectHarmless(headers: Headers): void {
  expect(headers.get('X-Content-Type-Options')).to.equal('nosniff');
  expect(headers.get('Referrer-Policy')).to.equal('no-referrer');
  expect(headers.has('Set-Cookie')).to.equal(false);
}

/** Every address that a page names in a link, a script or a stylesheet. */
export function addressesIn({ text }: Answer): string[] {
  return [...text.matchAll(/\s(?:href|src)="([^"]*)"/g)]
    .map(([, address = '']) => address)
    .filter((address) => !address.startsWith('data:'));
}

/** What is on a page as a person reads it: without tags, and with the characters that HTML spells out. */
export function wordsOf({ text }: Answer): string {
  return text
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

/** The codes in the tables of a page. */
export function codesOn({ text }: Answer): string[] {
  return [...text.matchAll(/<th scope="row"><code>(.*?)<\/code>/g)].map(([, code = '']) =>
    code.replaceAll('<wbr>', ''),
  );
}
