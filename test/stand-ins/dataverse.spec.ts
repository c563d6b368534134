import { expect } from 'chai';
import { isObject, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import { dataverse, ownAccount } from './dataverse.ts';
import { newGiven } from './kit/index.ts';
import { runningStandIn } from './kit/running.ts';

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

describe('the stand-in of Dataverse', () => {
  const given = newGiven(3600);
  const standIn = runningStandIn(dataverse({ given }));
  const representation = { Prefer: 'return=representation' };

  async function call(method: string, path: string, body?: JsonObject, headers = {}): Promise<Answered> {
    const response = await fetch(`${standIn.url}/api/data/v9.2/${path}`, {
      method,
      headers: { Authorization: `Bearer ${given.give()}`, 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: isObject(parsed) ? parsed : {} };
  }
  const add = async (body: JsonObject) => {
    const made = await call('POST', 'contacts', body, representation);
    expect(made.status).to.equal(201);
    return scalarText(made.body.contactid) ?? '';
  };
  const fetched = (xml: string) =>
    call('GET', `contacts?${new URLSearchParams({ fetchXml: xml }).toString()}`);
  const idsOf = async (filter: string, options = '') => {
    const { body } = await fetched(
      `<fetch ${options}><entity name="contact"><attribute name="lastname"/><order attribute="createdon"/><filter>${filter}</filter></entity></fetch>`,
    );
    const rows = body.value;
    return Array.isArray(rows) ? rows.map((row) => valueAt(row, 'contactid')) : body;
  };
  const codeOf = ({ status, body }: Answered) => [status, valueAt(body, 'error.code')];

  it('gives a token for its own scope only, and wants one that has not ended', async () => {
    const token = (scope: string) =>
      fetch(`${standIn.url}/tenant/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: 'klantbrug',
          client_secret: 'dataverse-secret',
          scope,
        }),
      });
    expect((await token('https://other.example/.default')).status).to.equal(400);
    expect((await token(`${standIn.url}/.default`)).status).to.equal(200);
    const refused = await call('GET', 'contacts', undefined, { Authorization: 'Bearer ended' });
    expect(refused.status).to.equal(401);
    expect(refused.headers.get('WWW-Authenticate')).to.match(/^Bearer /);
  });

  it('compares without regard to capitals, accents and blanks at the end, and has wildcards in like', async () => {
    const one = await add({ lastname: 'Ångström ' });
    const two = await add({ lastname: '100% [a]_b' });
    const is = (operator: string, value: string) =>
      `<condition attribute='lastname' operator='${operator}' value='${value}'/>`;
    expect(await idsOf(is('eq', 'angstrom'))).to.deep.equal([one]);
    expect(await idsOf(is('like', '1%b'))).to.deep.equal([two]);
    expect(await idsOf(is('like', '100[%] [[]a][_]b'))).to.deep.equal([two]);
    expect(await idsOf(is('like', '100[%]'))).to.deep.equal([]);
    const either = `<filter type='or'>${is('eq', 'angstrom')}${is('like', '100%')}</filter>`;
    expect(await idsOf(either)).to.deep.equal([one, two]);
    expect(await idsOf(either, "page='2' count='1'")).to.deep.equal([two]);
  });

  it('refuses what is no FetchXML, and what it does not know', async () => {
    const query = (inside: string) => fetched(`<fetch><entity name='contact'>${inside}</entity></fetch>`);
    const condition = (text: string) => query(`<filter><condition ${text}/></filter>`);
    expect(codeOf(await query("<filter><condition attribute='lastname' value='O'Brien'/>"))).to.deep.equal([
      400,
      '0x8004111E',
    ]);
    expect(codeOf(await query("<attribute name='secret'/>"))).to.deep.equal([400, '0x80041103']);
    expect(codeOf(await condition("attribute='lastname' operator='is' value='x'"))).to.deep.equal([
      400,
      '0x80041104',
    ]);
    expect(codeOf(await condition("attribute='contactid' operator='eq' value='1'"))).to.deep.equal([
      400,
      '0x80040203',
    ]);
    const far = await fetched("<fetch page='501' count='100'><entity name='contact'/></fetch>");
    expect(codeOf(far)).to.deep.equal([400, '0x80040229']);
  });

  it('holds what is written against its columns', async () => {
    const refused = async (body: JsonObject) => codeOf(await call('POST', 'contacts', body));
    expect(await refused({ achternaam: 'x' })).to.deep.equal([400, '0x80048d19']);
    expect(await refused({ firstname: 7 })).to.deep.equal([400, '0x80048d19']);
    expect(await refused({ firstname: 'x'.repeat(51) })).to.deep.equal([400, '0x80044331']);
    expect(codeOf(await call('POST', 'incidents', { title: 'x' }))).to.deep.equal([400, '0x80040203']);
    const key = { kb_bronorganisatie: '123456782', kb_klantnummer: '00000001' };
    await add(key);
    expect(await refused(key)).to.deep.equal([412, '0x80060892']);
  });

  it('changes what is there, makes what is not unless it is told otherwise, and removes', async () => {
    const id = await add({ firstname: 'Jan', lastname: 'Jansen' });
    const { headers } = await call('GET', `contacts(${id})?$select=lastname`);
    const etag = headers.get('ETag') ?? '';
    expect((await call('GET', `contacts(${id})`, undefined, { 'If-None-Match': etag })).status).to.equal(304);
    expect((await call('PATCH', `contacts(${id})`, { firstname: '' }, { 'If-Match': etag })).status).to.equal(
      204,
    );
    expect(
      (await call('PATCH', `contacts(${id})`, { firstname: 'x' }, { 'If-Match': etag })).status,
    ).to.equal(412);
    const { body } = await call('GET', `contacts(${id})?$select=firstname,lastname`, undefined, {
      'If-None-Match': etag,
    });
    expect(body).to.include({ firstname: null, lastname: 'Jansen' });
    const other = '11111111-2222-4333-8444-555555555555';
    const always = { 'If-Match': '*' };
    expect(codeOf(await call('PATCH', `contacts(${other})`, {}, always))).to.deep.equal([404, '0x80040217']);
    expect((await call('PATCH', `contacts(${other})`, { lastname: 'Nieuw' })).status).to.equal(204);
    expect((await call('DELETE', `contacts(${other})`)).status).to.equal(204);
    expect((await call('GET', `contacts(${other})`)).status).to.equal(404);
  });

  it('does not remove whose case there is, and empties other lookups', async () => {
    const id = await add({ lastname: 'Jansen' });
    const regarding = { 'regardingobjectid_contact_phonecall@odata.bind': `/contacts(${id})` };
    const phonecall = (await call('POST', 'phonecalls', regarding, representation)).body;
    const customer = { 'customerid_contact@odata.bind': `/contacts(${id})` };
    const incident = (await call('POST', 'incidents', customer, representation)).body;
    expect(phonecall._regardingobjectid_value).to.equal(id);
    expect(codeOf(await call('DELETE', `contacts(${id})`))).to.deep.equal([400, '0x80047007']);
    const back = { 'customerid_account@odata.bind': `/accounts(${ownAccount})` };
    await call('PATCH', `incidents(${scalarText(incident.incidentid) ?? ''})`, back);
    expect((await call('DELETE', `contacts(${id})`)).status).to.equal(204);
    const { body } = await call('GET', `phonecalls(${scalarText(phonecall.activityid) ?? ''})`);
    expect(body._regardingobjectid_value).to.equal(null);
  });
});
