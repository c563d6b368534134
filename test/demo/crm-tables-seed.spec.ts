import { expect } from 'chai';
import { passesElevenProof } from '../../src/demo/crm/random.ts';
import { awkwardActivities, seedActivities } from '../../src/demo/crm/tables/seed-activities.ts';
import { seedInvolved, seedLinks, seedParticipants } from '../../src/demo/crm/tables/seed-links.ts';
import { awkwardRequests, seedRequests } from '../../src/demo/crm/tables/seed-requests.ts';
import { subjects } from '../../src/demo/crm/tables/seed-subjects.ts';

const activities = seedActivities();
const requests = seedRequests();
const participants = seedParticipants();
const involved = seedInvolved();
const links = seedLinks();
type Row = (typeof activities)[number];

function textsIn(rows: readonly Row[], column: string): string[] {
  return rows.flatMap((row) => (row[column] === undefined ? [] : [String(row[column])]));
}

function share(rows: readonly Row[], matches: (row: Row) => boolean): number {
  return (100 * rows.filter(matches).length) / rows.length;
}

describe('demo CRM: the seed of the other tables', () => {
  for (const [name, rows, again, key, first, amount] of [
    ['activiteiten', activities, seedActivities, 'ACTNR', 500_001, 300],
    ['deelnemers', participants, seedParticipants, 'DLNNR', 700_001, 200],
    ['aanvragen', requests, seedRequests, 'AANVNR', 900_001, 150],
    ['betrokkenen', involved, seedInvolved, 'BTRNR', 950_001, 80],
    ['koppelingen', links, seedLinks, 'KOPNR', 970_001, 60],
  ] as const) {
    it(`has ${amount} ${name}, numbered from ${first}, and the same each time`, () => {
      expect(rows.map((row) => row[key])).to.deep.equal(Array.from({ length: amount }, (_, i) => first + i));
      expect(rows.every(({ MUTNR }) => MUTNR === 1)).to.be.true;
      expect(again()).to.deep.equal(rows);
    });
  }

  it('has twelve subjects with a URL each', () => {
    expect(subjects).to.have.length(12);
    expect(new Set(textsIn(subjects, 'URL')).size).to.equal(12);
    for (const url of textsIn(subjects, 'URL')) {
      expect(url).to.match(/^https:\/\/onderwerpen\.gemeente\.example\/[a-z-]+$/);
    }
  });

  it('refers only to what is there', () => {
    const numbers = (rows: readonly Row[], key: string) => new Set(textsIn(rows, key));
    expect([...numbers(activities, 'ACTNR')]).to.include.members([
      ...numbers(participants, 'ACTNR'),
      ...numbers(links, 'ACTNR'),
      ...numbers(activities, 'VORIGNR'),
    ]);
    expect([...numbers(requests, 'AANVNR')]).to.include.members([
      ...numbers(involved, 'AANVNR'),
      ...numbers(links, 'AANVNR'),
      ...numbers(requests, 'INTRNR'),
      ...numbers(requests, 'AANVNRVAN'),
    ]);
    const codes = textsIn(activities, 'ONDCD').flatMap((text) => text.split(';'));
    expect(textsIn(subjects, 'CODE')).to.include.members(codes);
  });

  it('says who for each participant and further person, in one way', () => {
    for (const row of [...participants, ...involved]) {
      expect([row.RELNR, row.RELURL].filter((value) => value !== undefined)).to.have.length(1);
    }
    for (const row of links) {
      expect([row.ACTNR, row.ACTURL].filter((value) => value !== undefined)).to.have.length(1);
    }
    for (const rows of [participants, involved]) expect(textsIn(rows, 'RELURL')).not.to.be.empty;
    expect(textsIn(links, 'ACTURL')).not.to.be.empty;
  });

  it('has a main contact for about seventy in a hundred, a few of them elsewhere', () => {
    for (const rows of [activities, requests]) {
      expect(share(rows, (row) => (row.HOOFDREL ?? row.HOOFDURL) !== undefined)).to.be.within(62, 78);
      expect(share(rows, (row) => row.HOOFDURL !== undefined)).to.be.within(4, 16);
      expect(rows.some((row) => row.HOOFDREL !== undefined && row.HOOFDURL !== undefined)).to.be.false;
      for (const number of textsIn(rows, 'HOOFDREL')) expect(Number(number)).to.be.within(100_001, 101_000);
    }
  });

  it('keeps the people of others at klanten.elders.example', () => {
    const urls = [activities, requests].flatMap((rows) => textsIn(rows, 'HOOFDURL'));
    for (const url of [...urls, ...textsIn(participants, 'RELURL'), ...textsIn(involved, 'RELURL')]) {
      expect(url).to.match(
        /^https:\/\/klanten\.elders\.example\/klanten\/api\/v1\/klanten\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });

  it('has chains of three activities, each later than the one before', () => {
    const byNumber = new Map(activities.map((row) => [row.ACTNR, row]));
    const previous = (row: Row | undefined) =>
      row?.VORIGNR === undefined ? undefined : byNumber.get(row.VORIGNR);
    expect(activities.filter((row) => previous(previous(row)) !== undefined)).to.have.length.above(30);
    for (const row of activities.filter(({ VORIGNR }) => VORIGNR !== undefined)) {
      expect(String(row.TIJDST) > String(previous(row)?.TIJDST)).to.be.true;
    }
  });

  const shapes: readonly (readonly [string, readonly Row[], string, RegExp])[] = [
    ['activiteiten', activities, 'TIJDST', /^\d{4}-\d\d-\d\d-\d\d\.\d\d\.\d\d\.\d{6}$/],
    ['activiteiten', activities, 'INIT', /^[GK]$/],
    ['deelnemers', participants, 'ROL', /^[BG]$/],
    ['aanvragen', requests, 'TIJDST', /^\d{4}-\d\d-\d\d-\d\d\.\d\d\.\d\d\.\d{6}$/],
    ['aanvragen', requests, 'KENM', /^VERZOEK-202\d-\d{10}$/],
    ['aanvragen', requests, 'STAT', /^[1-5]0$/],
    ['aanvragen', requests, 'HOOFDMACHT', /^[GM]$/],
    ['betrokkenen', involved, 'ROL', /^[BIM]$/],
    ['betrokkenen', involved, 'MACHT', /^[GM]$/],
  ];
  for (const [name, rows, column, shape] of shapes) {
    it(`writes ${name}.${column} as ${String(shape)}`, () => {
      const values = textsIn(rows, column);
      expect(values).not.to.be.empty;
      for (const value of values) expect(value).to.match(shape);
    });
  }

  it('uses each name of a request once', () => {
    const names = textsIn(requests, 'KENM');
    expect(new Set(names).size).to.equal(names.length);
    expect(requests.length - names.length).to.be.within(2, 20);
  });

  it('has the awkward activities where it says', () => {
    const at = (name: keyof typeof awkwardActivities) =>
      activities.find(({ ACTNR }) => ACTNR === awkwardActivities[name]);
    expect(at('longChannel')?.KAN).to.have.length(60);
    expect(at('withoutInitiative')).to.be.an('object').and.not.to.have.property('INIT');
    expect(at('awkwardText')?.TEKST).to.match(/O'Brien.*\p{Emoji_Presentation}.*\n/su);
    expect(passesElevenProof(String(at('invalidSource')?.BRON))).to.be.false;
    expect(activities.filter(({ BRON }) => !passesElevenProof(String(BRON)))).to.have.length(1);
  });

  it('has the awkward requests where it says', () => {
    const at = (name: keyof typeof awkwardRequests) =>
      requests.find(({ AANVNR }) => AANVNR === awkwardRequests[name]);
    expect(at('withoutReference')).to.be.an('object').and.not.to.have.property('KENM');
    expect(String(at('mixedNotes')?.NOTITIE).split('\n')).to.satisfy(
      (lines: string[]) =>
        lines.filter((line) => line.startsWith('DOC https://')).length === 2 && lines.length > 3,
    );
    expect(at('productCodeOnly')).to.have.property('PRODCD');
    expect(at('productCodeOnly')).not.to.have.property('PRODURL');
    expect(at('productUrlOnly')).to.have.property('PRODURL');
    expect(at('productUrlOnly')).not.to.have.property('PRODCD');
    expect(at('withoutProduct')).not.to.have.any.keys('PRODURL', 'PRODCD');
    expect(passesElevenProof(String(at('invalidSource')?.BRON))).to.be.false;
    expect(at('withdrawal')?.INTRNR).to.equal(awkwardRequests.withdrawal - 1);
    expect(at('supplement')?.AANVNRVAN).to.equal(awkwardRequests.supplement - 1);
  });

  it('has withdrawn each request that another one withdraws', () => {
    const withdrawn = new Set(textsIn(requests, 'INTRNR'));
    expect(withdrawn).not.to.be.empty;
    for (const row of requests.filter(({ AANVNR }) => withdrawn.has(String(AANVNR)))) {
      expect(row.STAT).to.equal('50');
    }
  });
});
