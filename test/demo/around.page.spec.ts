import { expect } from 'chai';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import { informatieobjectUuids } from '../../src/demo/around/seed-documenten.ts';
import { runningAround } from './around.ts';

describe('demo: what arrived around the gateway', () => {
  const around = runningAround();
  const page = async () => {
    const response = await fetch(`${around.url}/`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const nothing = {
    notificaties: [],
    zaakcontactmomenten: [],
    zaakverzoeken: [],
    objectinformatieobjecten: [],
    tabellen: {},
  };
  const notify = (number: number) =>
    around.call('POST', '/notificaties/api/v1/notificaties', {
      kanaal: 'zaken',
      hoofdObject: `https://gateway.example/${number}`,
      resource: 'zaak',
      resourceUrl: `https://gateway.example/${number}`,
      actie: 'create',
      aanmaakdatum: '2024-01-01T00:00:00Z',
      kenmerken: { naam: `<script>alert("${number}")</script>&'` },
    });
  const fill = async () => {
    const zaak = `${around.url}/zaken/api/v1/zaken/${zaakUuids[0]}`;
    const document = `${around.url}/documenten/api/v1/enkelvoudiginformatieobjecten/${informatieobjectUuids[0]}`;
    await notify(1);
    await notify(2);
    await around.call('POST', '/zaken/api/v1/zaakcontactmomenten', {
      zaak,
      contactmoment: 'https://gateway.example/cm',
    });
    await around.call('POST', '/zaken/api/v1/zaakverzoeken', { zaak, verzoek: 'https://gateway.example/vz' });
    await around.call('POST', '/documenten/api/v1/objectinformatieobjecten', {
      object: 'https://gateway.example/oio',
      informatieobject: document,
      objectType: 'verzoek',
    });
    await around.table('POST', '/rijen', { naam: '<b>eerste</b>' });
    await around.table('POST', '/rijen', { naam: 'tweede' });
  };
  beforeEach(() => around.control('DELETE', '/aangekomen'));

  it('is shown as JSON, oldest first', async () => {
    expect((await around.control('GET', '/aangekomen')).body).to.deep.equal(nothing);
    await fill();
    const { body } = await around.control<{
      notificaties: { resourceUrl: string }[];
      zaakcontactmomenten: { contactmoment: string }[];
      zaakverzoeken: { verzoek: string }[];
      objectinformatieobjecten: { object: string }[];
      tabellen: Record<string, { naam: string }[]>;
    }>('GET', '/aangekomen');
    expect(body.notificaties.map(({ resourceUrl }) => resourceUrl)).to.deep.equal([
      'https://gateway.example/1',
      'https://gateway.example/2',
    ]);
    expect(body.zaakcontactmomenten[0]?.contactmoment).to.equal('https://gateway.example/cm');
    expect(body.zaakverzoeken[0]?.verzoek).to.equal('https://gateway.example/vz');
    expect(body.objectinformatieobjecten[0]?.object).to.equal('https://gateway.example/oio');
    expect(body.tabellen.rijen?.map(({ naam }) => naam)).to.deep.equal(['<b>eerste</b>', 'tweede']);
  });

  it('is emptied', async () => {
    await fill();
    expect((await around.control('DELETE', '/aangekomen')).body).to.deep.equal(nothing);
    expect((await around.control('GET', '/aangekomen')).body).to.deep.equal(nothing);
    expect((await page()).text).to.not.include('tweede');
  });

  it('is a page for people, newest first, with every part', async () => {
    expect((await page()).text.match(/Nothing yet/g)).to.have.length(5);
    await fill();
    const { status, text } = await page();
    expect(status).to.equal(200);
    expect(text).to.not.include('Nothing yet');
    for (const part of ['/cm', '/vz', '/oio']) expect(text).to.include(`https://gateway.example${part}`);
    const before = (first: string, second: string) => text.indexOf(first) < text.indexOf(second);
    expect(before('https://gateway.example/2', 'https://gateway.example/1')).to.be.true;
    expect(before('tweede', 'eerste')).to.be.true;
  });

  it('is escaped', async () => {
    await fill();
    const { text } = await page();
    expect(text).to.not.match(/<script|<b>/);
    expect(text).to.include('&lt;b&gt;eerste&lt;/b&gt;');
    expect(text).to.include('&lt;script&gt;alert(\\&quot;1\\&quot;)&lt;/script&gt;&amp;&#39;');
  });

  it('reloads itself, and lets nothing in from elsewhere', async () => {
    const { headers, text } = await page();
    expect(headers.get('Content-Type')).to.equal('text/html; charset=utf-8');
    expect(text).to.match(/^<!doctype html>\s*<html lang="en">/);
    expect(text).to.match(/<meta http-equiv="refresh" content="\d+" \/>/);
    expect(text).to.not.match(/\b(src|href)="(?!data:)/);
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).to.match(/^default-src 'none'; style-src 'sha256-[\w+/=]+'/);
    expect(policy).to.not.include('unsafe');
    expect(headers.get('X-Content-Type-Options')).to.equal('nosniff');
    expect(headers.get('Referrer-Policy')).to.equal('no-referrer');
  });

  it('has a policy that fits its own style', async () => {
    const { headers, text } = await page();
    const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '';
    const digest = Buffer.from(
      await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style)),
    ).toString('base64');
    expect(headers.get('Content-Security-Policy')).to.include(`'sha256-${digest}'`);
  });

  it('shows the newest fifty, and how many there are', async () => {
    for (let number = 0; number < 51; number += 1)
      await around.table('POST', '/rijen', { naam: `rij-${number}.` });
    const { text } = await page();
    expect(text).to.include('The newest 50 of 51.');
    expect(text).to.include('rij-50.').and.to.include('rij-1.').and.to.not.include('rij-0.');
  });
});
