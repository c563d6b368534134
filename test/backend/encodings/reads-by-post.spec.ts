import { expect } from 'chai';
import { runningGateway } from '../../kit/gateway.ts';
import { klantPath } from '../../kit/klant-path.ts';
import { mappingCopy } from '../../kit/mapping-copy.ts';
import { relation, scriptedCrm, sendJson } from '../../kit/scripted-crm.ts';

describe('A mapping set that reads by POST', () => {
  const mapping = mappingCopy({
    'klant.read.jsonata': '{ "method": "POST", "path": ["relaties", id, "lees"] }',
    'klant.delete.jsonata': '{ "method": "GET", "path": ["relaties", id, "weg"] }',
  });
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return { mapping: { folder: mapping.folder }, backends: { crm: { baseUrl: crm.url } } };
    },
  });
  const callsTo = (end: string) => crm.calls.filter(({ path }) => path.endsWith(end)).length;

  it('has a read made once more when its connection broke', async () => {
    crm.answers((_, response) => {
      if (callsTo('lees') === 1) response.destroy();
      else sendJson(response, { STATUS: 'OK', RELATIE: relation(100003) });
    });
    expect((await gateway.get(klantPath(100003))).status).to.equal(200);
    expect(callsTo('lees')).to.equal(2);
  });

  it('never has a write made twice, even when it is a GET', async () => {
    crm.answers(({ path }, response) => {
      if (path.endsWith('weg')) response.destroy();
      else if (path.endsWith('lees')) sendJson(response, { STATUS: 'OK', RELATIE: relation(100003) });
      else sendJson(response, { STATUS: 'OK', TOTAAL: 0, RELATIES: [], ACTIVITEITEN: [], AANVRAGEN: [] });
    });
    await gateway.delete(klantPath(100003));
    expect(callsTo('weg')).to.equal(1);
  });
});
