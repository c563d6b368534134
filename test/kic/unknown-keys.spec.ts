import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { runningGateway, urlIn } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { kicConfig, kicOf, nobody } from './kic.ts';

/** The keys that a mapping finds in `$extra`, in a column that clients can read. */
const keysOfExtra = '$join($sort([$keys($extra)]), " ") ?? ""';

/** Of each: where its mapping says what it was left, and keys that only the newer API knows, in both spellings. */
const resources: Readonly<Record<string, { readonly shownIn: string; readonly newer: JsonObject }>> = {
  klanten: {
    shownIn: 'functie',
    newer: {
      bronorganisatie: '950428139',
      klantnummer: 'EIGEN-1',
      website_url: 'geen-url',
      voorvoegselAchternaam: 'van',
      voorvoegsel_achternaam: 'van',
    },
  },
  contactmomenten: {
    shownIn: 'voorkeurskanaal',
    newer: {
      registratiedatum: 'gisteren',
      voorkeurstaal: 'nederlands',
      vorig_contactmoment: nobody,
      volgendContactmoment: nobody,
    },
  },
  verzoeken: {
    shownIn: 'voorkeurskanaal',
    newer: {
      registratiedatum: 'gisteren',
      inTeTrekkenVerzoek: nobody,
      in_te_trekken_verzoek: nobody,
      aangevuldeVerzoek: nobody,
    },
  },
};

describe('kic: keys of a body that this contract does not know', () => {
  const copy = mappingCopy({
    'klant.to-crm.jsonata': [['"FUNC": functie', `"FUNC": ${keysOfExtra}`]],
    'contactmoment.to-crm.jsonata': [['"VKAN": voorkeurskanaal', `"VKAN": ${keysOfExtra}`]],
    'verzoek.to-crm.jsonata': [['"VKAN": voorkeurskanaal', `"VKAN": ${keysOfExtra}`]],
  });
  const gateway = runningGateway({
    config: {
      ...kicConfig,
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
    },
  });
  const { create, made, read } = kicOf(gateway);

  for (const [plural, { shownIn, newer }] of Object.entries(resources)) {
    it(`${plural}: a mapping gets those that the newer API does not know either, and no others`, async () => {
      const created = await create(plural, { ...newer, eigen: 1, kenmerk: 2 });
      expect(created.status, created.text).to.equal(201);
      expect((await read(urlIn(created)))[shownIn]).to.equal('eigen kenmerk');

      const patched = await gateway.patch(urlIn(created), { ...newer, ander: 1 });
      expect(patched.status, patched.text).to.equal(200);
      expect(patched.body[shownIn]).to.equal('ander');

      const url = await made(plural);
      const put = await gateway.put(url, { ...(await read(url)), ...newer, eigen: 1 });
      expect(put.status, put.text).to.equal(200);
      expect(put.body[shownIn]).to.equal('eigen');
    });
  }
});
