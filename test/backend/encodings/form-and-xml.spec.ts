import { expect } from 'chai';
import { encodedHost } from './asked.ts';

describe('A backend that takes forms', () => {
  const crm = encodedHost();
  const form = { encoding: 'form' } as const;

  it('gets its fields encoded, lists as repeated fields, and nothing for null', async () => {
    crm.answers(() => ({ body: '{"nr":1}' }));
    const body = { naam: "O'Brien & Zn=+ é", code: ['1', 2, true, null], leeg: '', weg: null };
    const came = await crm.open({ encoding: form })({ body });
    expect(came).to.deep.include({ meaning: 'ok', body: { nr: 1 } });
    expect(crm.arrived[0]?.headers).to.include({
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    });
    expect([...new URLSearchParams(crm.arrived[0]?.text)]).to.deep.equal([
      ['naam', "O'Brien & Zn=+ é"],
      ['code', '1'],
      ['code', '2'],
      ['code', 'true'],
      ['leeg', ''],
    ]);
  });

  for (const [what, body] of [
    ['an object in it', { a: { b: 1 } }],
    ['a list in a list', { a: [[1]] }],
    ['half a character', { a: '\ud83d' }],
    ['a list for a body', [1]],
  ] as const) {
    it(`is sent nothing that has ${what}`, async () => {
      const came = await crm.open({ encoding: form })({ body: body as never });
      expect(came).to.deep.equal({ problem: 500, outcome: 'not-sent' });
      expect(crm.arrived).to.have.length(0);
    });
  }
});

describe('A backend whose bodies have a name of their own', () => {
  const crm = encodedHost();

  it('gets JSON under that name, and is asked for it', async () => {
    const mediaType = 'application/vnd.api+json';
    await crm.open({ encoding: { mediaType } })({ body: { a: 1 } });
    await crm.open({ encoding: { mediaType } })({ method: 'GET' });
    expect(crm.arrived.map(({ headers }) => [headers['content-type'], headers.accept])).to.deep.equal([
      [mediaType, mediaType],
      [undefined, mediaType],
    ]);
    expect(crm.arrived[0]?.text).to.equal('{"a":1}');
  });
});

describe('A backend that speaks XML', () => {
  const crm = encodedHost();
  const xml = { encoding: 'xml', xml: { namespaces: { bg: 'urn:bg' }, lists: ['lijst.item'] } } as const;
  const answerOf = async (body: string | Buffer, headers: Record<string, string> = {}) => {
    crm.answers(() => ({ body, headers }));
    return crm.open({ encoding: xml })({ method: 'GET' });
  };

  it('gets a document, and is read', async () => {
    crm.answers(() => ({ body: '<b:lijst xmlns:b="urn:q"><b:item>é</b:item></b:lijst>' }));
    const came = await crm.open({ encoding: xml })({ body: { 'bg:vraag': 'x' } });
    expect(came).to.deep.include({ meaning: 'ok', body: { lijst: { item: ['é'] } } });
    expect(crm.arrived[0]?.headers).to.include({ 'content-type': 'application/xml; charset=utf-8' });
    expect(crm.arrived[0]?.text).to.equal(
      '<?xml version="1.0" encoding="UTF-8"?><bg:vraag xmlns:bg="urn:bg">x</bg:vraag>',
    );
  });

  it('has an error table that looks at the document', async () => {
    crm.answers(() => ({ status: 400, body: '<fout><code>E1</code></fout>' }));
    const errors = [{ when: { field: 'fout.code', is: 'E1' }, means: 'not-found' }] as const;
    expect(await crm.open({ encoding: xml, errors })({ method: 'GET' })).to.include({ meaning: 'not-found' });
  });

  const latin = Buffer.from('<a>\xe9</a>', 'latin1');
  const readable: readonly [string, string | Buffer, Record<string, string>, string][] = [
    ['UTF-8', '<a>é€</a>', {}, 'é€'],
    ['UTF-8 with a mark', '\ufeff<a>é€</a>', {}, 'é€'],
    ['UTF-16 with a mark', Buffer.from('\ufeff<a>é€</a>', 'utf16le'), {}, 'é€'],
    ['Latin-1 by its Content-Type', latin, { 'Content-Type': 'text/xml; charset=ISO-8859-1' }, 'é'],
    [
      'Latin-1 by its declaration',
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?>'), latin]),
      {},
      'é',
    ],
    ...['windows-1252', 'iso-8859-1'].map((charset): [string, Buffer, Record<string, string>, string] => [
      `Windows-1252 that is called ${charset}`,
      Buffer.from([...Buffer.from('<a>'), 0x80, 0x93, 0xeb, 0x94, ...Buffer.from('</a>')]),
      { 'Content-Type': `text/xml; charset=${charset}` },
      '€“ë”',
    ]),
    [
      'Latin-9, with its euro sign',
      Buffer.from([...Buffer.from('<a>'), 0xa4, 0xbd, ...Buffer.from('</a>')]),
      { 'Content-Type': 'text/xml; charset=iso-8859-15' },
      '€œ',
    ],
    [
      'what the Content-Type says, whatever the declaration says',
      '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>',
      { 'Content-Type': 'text/xml; charset="utf-8"' },
      'é',
    ],
  ];
  for (const [what, body, headers, text] of readable) {
    it(`is read in ${what}`, async () => {
      expect(await answerOf(body, headers)).to.deep.include({ body: { a: text } });
    });
  }

  const unreadable: readonly [string, string | Buffer, Record<string, string>][] = [
    ['Latin-1 that says nothing', latin, {}],
    ['an encoding that nobody knows', '<a/>', { 'Content-Type': 'text/xml; charset=x-geheim' }],
    [
      'an encoding called like a name of JavaScript',
      '<a/>',
      { 'Content-Type': 'text/xml; charset=constructor' },
    ],
    [
      'Windows-1252 with a byte that has no character',
      Buffer.from([...Buffer.from('<a>'), 0x81, ...Buffer.from('</a>')]),
      { 'Content-Type': 'text/xml; charset=windows-1252' },
    ],
    ['EBCDIC by its declaration', '<?xml version="1.0" encoding="cp037"?><a/>', {}],
    ['HTML', '<html><br></html>', {}],
    ['a document of 10 MB that is all elements', `<a>${'<b/>'.repeat(2_500_000)}</a>`, {}],
  ];
  for (const [what, body, headers] of unreadable) {
    it(`is not read in ${what}`, async () => {
      expect(await answerOf(body, headers)).to.deep.equal({ problem: 502, outcome: 'unknown' });
    });
  }

  it('may answer with 10 MB of text', async () => {
    const came = await answerOf(`<lijst><item>${'x'.repeat(10_000_000)}</item></lijst>`);
    expect(came).to.have.nested.property('body.lijst.item[0]').with.length(10_000_000);
  });

  it('may answer with nothing', async () => {
    expect(await answerOf('')).to.include({ meaning: 'ok', body: undefined });
  });
});
