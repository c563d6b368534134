import { expect } from 'chai';
import { scalarText } from '../../src/json.ts';
import { leastKlant, runningGateway, token, urlIn } from '../kit/gateway.ts';
import { klantPath, relationNumber } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';

/** Everything that an update can see, written into a free column of the CRM. */
const everything = `$string({
  "stored": $stored.achternaam,
  "merged": [$merged.achternaam, $merged.bedrijfsnaam],
  "change": $change,
  "extra": $extra,
  "id": [$id, id],
  "columns": columns.NAAM,
  "changes": $keys(changes),
  "caller": $caller,
  "setting": $settings.bronorganisatie
})`;

describe('what a translation of a write can see', () => {
  const copy = mappingCopy({
    'klant.to-crm.jsonata': [
      ['"VRIJ2": $isDate ? "" : $persoon.geboortedatum ?? ""', '"VRIJ2": $extra.note ?? ""'],
    ],
    'klant.update.jsonata': `{
      "method": "PUT",
      "path": ["relaties", id],
      "body": { "RELATIE": $merge([changes, { "STATNM": ${everything} }]) }
    }`,
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
    },
  });

  /** An organisation whose statutory name the mapping fills. */
  const klant = {
    ...leastKlant,
    achternaam: 'Oud',
    bedrijfsnaam: 'Blijft',
    subjectType: 'niet_natuurlijk_persoon',
  };

  it('is, for a create, what the standard does not know of the body, in $extra', async () => {
    const created = await gateway.post({ ...klant, note: 'een notitie' });
    expect(created.body).to.not.have.property('note');
    expect(await gateway.crm.record(relationNumber(urlIn(created)))).to.include({ VRIJ2: 'een notitie' });
  });

  it('is, for an update, what is stored, what changes, what it comes to, and who asks', async () => {
    const created = await gateway.post(klant);
    const number = relationNumber(urlIn(created));
    const authorization = await token('all', { user_id: 'u1', user_representation: 'User One' });
    const answer = await gateway.patch(
      urlIn(created),
      { achternaam: 'Nieuw', colour: { deep: ['red', 1] } },
      { headers: { Authorization: `Bearer ${authorization}` } },
    );
    expect(answer.status).to.equal(200);
    const { STATNM } = await gateway.crm.record(number);
    expect(JSON.parse(scalarText(STATNM) ?? '')).to.deep.equal({
      stored: 'Oud',
      merged: ['Nieuw', 'Blijft'],
      change: { achternaam: 'Nieuw' },
      extra: { colour: { deep: ['red', 1] } },
      id: [number, number],
      columns: 'Blijft',
      changes: 'ANAAM',
      caller: { clientId: 'all', userId: 'u1', userRepresentation: 'User One' },
      setting: '123456782',
    });
  });
});

describe('what a translation of a read can see', () => {
  const given = ['stored', 'change', 'merged', 'extra', 'id'].map((name) => `$exists($${name})`).join(', ');
  const copy = mappingCopy({
    'klant.from-crm.jsonata': [
      ['"functie": FUNC', `"functie": $caller.clientId & " " & $string([${given}])`],
    ],
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
    },
  });
  const nothing = '[false,false,false,false,false]';

  it('is who asks, and nothing of a write', async () => {
    const { body } = await gateway.get(klantPath(100_001));
    expect(body.functie).to.equal(`all ${nothing}`);
    const other = await gateway.get(klantPath(100_001), { client: 'reader' });
    expect(other.body.functie).to.equal(`reader ${nothing}`);
  });
});
