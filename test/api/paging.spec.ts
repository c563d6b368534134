import { expect } from 'chai';
import { scalarText } from '../../src/json.ts';
import { type Answer, api, canonical, leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { expectProblem } from './problem.ts';

const list = `${canonical}${api}/klanten`;

function urls(answer: Answer): unknown[] {
  return results(answer).map(({ url }) => url);
}

/** The query of a link, apart from the page, and the page. */
function linkParts(link: unknown): { others: string; page: string | null } {
  const { origin, pathname, searchParams } = new URL(String(link));
  expect(`${origin}${pathname}`).to.equal(list);
  const page = searchParams.get('page');
  searchParams.delete('page');
  return { others: searchParams.toString(), page };
}

describe('Paging (contract, section 1.4)', () => {
  const gateway = runningGateway();

  /** A list from this page on, as `next` leads from page to page. */
  async function walk(from: string): Promise<Answer[]> {
    const page = await gateway.get(from);
    const next = scalarText(page.body.next);
    return next === undefined ? [page] : [page, ...(await walk(next))];
  }

  describe('of the thousand klanten of the demonstration', () => {
    /** Every page, as `next` leads to it. */
    const pages: Answer[] = [];

    before(async () => {
      pages.push(...(await walk('/klanten')));
    });

    it('is an envelope of count, next, previous and results, in that order', () => {
      for (const { status, body } of pages) {
        expect(status).to.equal(200);
        expect(Object.keys(body)).to.deep.equal(['count', 'next', 'previous', 'results']);
        expect(body.count).to.equal(1000);
      }
    });

    it('has exactly 100 on a page', () => {
      expect(pages.map((page) => results(page).length)).to.deep.equal(Array<number>(10).fill(100));
    });

    it('has every klant once', () => {
      expect(new Set(pages.flatMap(urls)).size).to.equal(1000);
    });

    it('has the page after this one in `next`, null on the last', () => {
      const numbers = [2, 3, 4, 5, 6, 7, 8, 9, 10];
      expect(pages.map(({ body }) => body.next)).to.deep.equal([
        ...numbers.map((number) => `${list}?page=${number}`),
        null,
      ]);
    });

    it('has the page before this one in `previous`, which is the list itself on the second', () => {
      const numbers = [2, 3, 4, 5, 6, 7, 8, 9];
      expect(pages.map(({ body }) => body.previous)).to.deep.equal([
        null,
        list,
        ...numbers.map((number) => `${list}?page=${number}`),
      ]);
    });

    for (const [query, page] of [
      ['?page=1', 1],
      ['?page=last', 10],
      ['?page=nonsense&page=3', 3],
    ] as const) {
      it(`has page ${page} for ${query}`, async () => {
        expect((await gateway.get(`/klanten${query}`)).text).to.equal(pages[page - 1]?.text);
      });
    }

    it('has no parameter for the size of a page', async () => {
      const answer = await gateway.get('/klanten?pageSize=5&page_size=5&limit=5');
      expect(urls(answer)).to.deep.equal(pages.slice(0, 1).flatMap(urls));
    });

    for (const page of ['11', '12', '1000000', '9007199254740993']) {
      it(`is 404 for page ${page}, past the end`, async () => {
        expectProblem(await gateway.get(`/klanten?page=${page}`), 'NotFound', {
          detail: 'Ongeldige pagina.',
        });
      });
    }
  });

  describe('with a page that cannot be', () => {
    const impossible = ['0', '-1', 'abc', '', '%20', '1.5', '1e1', '0x1', 'Last', 'last,', '1,2', 'NaN'];
    for (const page of [...impossible, 'Infinity', '%00', '2%00', '99999999999999999999', '-0', '%2D1']) {
      it(`is 404 for page=${page}, and asks the CRM nothing`, async () => {
        await gateway.crm.forget();
        expectProblem(await gateway.get(`/klanten?page=${page}`), 'NotFound', {
          detail: 'Ongeldige pagina.',
        });
        expect(await gateway.crm.total()).to.equal(0);
      });
    }
  });

  describe('of an empty list', () => {
    const empty = { count: 0, next: null, previous: null, results: [] };

    for (const query of ['', '&page=1', '&page=last']) {
      it(`is one page${query === '' ? '' : ` with ${query}`}`, async () => {
        const { status, body } = await gateway.get(`/klanten?klantnummer=bestaat-niet${query}`);
        expect(status).to.equal(200);
        expect(body).to.deep.equal(empty);
      });
    }

    it('has no second page', async () => {
      expectProblem(await gateway.get('/klanten?klantnummer=bestaat-niet&page=2'), 'NotFound', {
        detail: 'Ongeldige pagina.',
      });
    });
  });

  describe('with other parameters', () => {
    it('keeps all of them in the links, known or not, in their order', async () => {
      const query = 'zoek=a%26b%3Dc&subjectType=natuurlijk_persoon&zoek=caf%C3%A9+%2B+thee&leeg=';
      const { body } = await gateway.get(`/klanten?${query}&page=2`);
      for (const [link, page] of [
        [body.next, '3'],
        [body.previous, null],
      ] as const) {
        expect(linkParts(link)).to.deep.equal({ others: query, page });
      }
    });

    it('keeps the filter when the links are followed', async () => {
      const pages = await walk('/klanten?subjectType=vestiging');
      const klanten = pages.flatMap(results);
      expect(pages.length).to.be.greaterThan(1);
      expect(pages.map(({ body }) => body.count)).to.deep.equal(pages.map(() => klanten.length));
      expect([...new Set(klanten.map(({ subjectType }) => subjectType))]).to.deep.equal(['vestiging']);
    });
  });

  describe('of what is new', () => {
    const achternaam = 'Precieshonderd';
    const query = `/klanten?achternaam=${achternaam}`;
    const created: string[] = [];

    before(async () => {
      for (let number = 1; number <= 100; number++) {
        const added = await gateway.crm.add({ SRT: 'P', ANAAM: achternaam });
        created.push(`${canonical}${api}${klantPath(added)}`);
      }
    });

    it('is one page when there are exactly 100, oldest first', async () => {
      const answer = await gateway.get(query);
      expect(answer.body).to.include({ count: 100, next: null, previous: null });
      expect(urls(answer)).to.deep.equal(created);
      expectProblem(await gateway.get(`${query}&page=2`), 'NotFound', { detail: 'Ongeldige pagina.' });
    });

    it('has a second page of one when there are 101', async () => {
      const last = urlIn(await gateway.post({ ...leastKlant, achternaam }));
      expect((await gateway.get(query)).body).to.include({
        count: 101,
        next: `${list}?achternaam=${achternaam}&page=2`,
      });
      const second = await gateway.get(`${query}&page=2`);
      expect(urls(second)).to.deep.equal([last]);
      expect(second.body).to.include({ next: null, previous: `${list}?achternaam=${achternaam}` });
    });

    it('comes last in the list of everybody', async () => {
      const answer = await gateway.get('/klanten?page=last');
      expect(answer.body).to.include({ count: 1101, previous: `${list}?page=11`, next: null });
      expect(results(answer)).to.have.length(1);
      expect(urls(await gateway.get('/klanten?page=11'))).to.deep.equal(created);
    });
  });
});
