import { expect } from 'chai';
import type { Announcement, Resource } from '../../src/contract/resource.ts';
import type { JsonObject } from '../../src/json.ts';
import { klant } from '../../src/resources/klant.ts';
import { channelsOf, registerChannel } from '../../src/surrounding/notificaties-channels.ts';
import { sendJson } from '../kit/scripted-crm.ts';
import { always, hangUp, opened } from './opened.ts';

const canonical = 'https://klantbrug.example';

function announced(notifies: Announcement): Resource {
  return { ...klant, notifies };
}

/** A resource that nobody is told of. */
const silent: Resource = { ...klant };
Reflect.deleteProperty(silent, 'notifies');

const channel = {
  naam: 'klanten',
  documentatieLink: `${canonical}/ref/kanalen/#klanten`,
  filters: ['subject_type'],
};

describe('The channels of notifications', () => {
  it('are those of the resources, with the names of their kenmerken in snake_case', () => {
    const resources = [
      silent,
      announced({ kanaal: 'klanten', hoofdObject: 'self', kenmerken: ['subjectType'] }),
    ];
    expect(channelsOf(resources, canonical)).to.deep.equal([channel]);
  });

  it('are each there once, with all of the kenmerken', () => {
    const resources = [
      announced({ kanaal: 'verzoeken', hoofdObject: 'self', kenmerken: ['bronorganisatie'] }),
      announced({ kanaal: 'klanten', hoofdObject: 'self', kenmerken: [] }),
      announced({ kanaal: 'verzoeken', hoofdObject: 'verzoek', kenmerken: ['bronorganisatie', 'inpBSN'] }),
    ];
    expect(channelsOf(resources, canonical).map(({ naam, filters }) => [naam, filters])).to.deep.equal([
      ['verzoeken', ['bronorganisatie', 'inp_b_s_n']],
      ['klanten', []],
    ]);
  });

  describe('at the register', () => {
    const register = opened();
    const registered = () => registerChannel(register.send(), channel, register.work());
    const asked = () => register.arrivals.map(({ method, url }) => `${method} ${url.pathname}${url.search}`);
    const theQuestion = 'GET /api/v1/kanalen?naam=klanten';

    /** A register with these channels, whatever is asked, that answers a POST with a status. */
    function holding(channels: readonly JsonObject[], status = 201): void {
      register.answers(({ method }, response) => {
        if (method === 'GET') sendJson(response, channels);
        else sendJson(response, {}, status);
      });
    }

    it('are made when they are not there', async () => {
      holding([{ naam: 'klanten-oud' }]);
      expect(await registered()).to.deep.equal({ naam: 'klanten', result: 'made', status: 201 });
      expect(asked()).to.deep.equal([theQuestion, 'POST /api/v1/kanalen']);
      expect(register.arrivals[1]?.body).to.deep.equal(channel);
    });

    for (const [what, body] of Object.entries({
      'a bare list': [{ naam: 'klanten' }],
      'a page': { count: 1, next: null, results: [{ naam: 'klanten' }] },
    })) {
      it(`are left alone when they are in ${what}`, async () => {
        register.answers(always(200, body));
        expect(await registered()).to.deep.equal({ naam: 'klanten', result: 'present' });
        expect(asked()).to.deep.equal([theQuestion]);
      });
    }

    it('are not made when the register refuses them', async () => {
      holding([], 400);
      expect(await registered()).to.deep.equal({ naam: 'klanten', result: 'failed', status: 400 });
    });

    for (const [what, answer, status] of [
      ['refuses us', always(403, {}), { status: 403 }],
      ['is somewhere else', always(404, {}), { status: 404 }],
      ['hangs up', hangUp, {}],
    ] as const) {
      it(`are not made when the register ${what}`, async () => {
        register.answers(answer);
        expect(await registered()).to.deep.equal({ naam: 'klanten', result: 'failed', ...status });
        expect(new Set(asked())).to.deep.equal(new Set([theQuestion]));
      });
    }
  });
});
