import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import type { Statement } from '../../src/conformance/statement.ts';
import type { JsonObject } from '../../src/json.ts';
import { root } from '../kit/process.ts';
import { soundSet } from '../mapping/set.ts';
import { environment, soundConfig, temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

describe('klantbrug conformance', () => {
  const files = temporaryFiles();
  const demo = path.join(root, 'config/demo.yaml');
  const run = (file: string, ...flags: readonly string[]) =>
    inside(['conformance', '--config', file, ...flags], environment);

  const register = (kind: string) => ({ kind, root: `http://127.0.0.1:9/${kind}/api/v1` });

  /** A configuration of everything, from which nothing deviates. */
  const whole: JsonObject = {
    ...soundConfig({ port: 8080, crmUrl: 'http://127.0.0.1:9' }),
    apis: { klanten: {}, contactmomenten: {}, verzoeken: {} },
    mapping: {
      folder: path.join(root, 'mappings/demo-crm'),
      settings: { bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' },
    },
    registers: {
      zrc: register('zaken'),
      drc: register('documenten'),
      nrc: register('notificaties'),
    },
    urlChecks: { hosts: [{ origin: 'https://personen.example' }] },
  };

  /** The statement about the whole configuration with these sections in the place of its own. */
  async function stated(changes: JsonObject = {}): Promise<Statement> {
    const file = await files.write('klantbrug.yaml', { ...whole, ...changes });
    const { code, out, error } = await run(file, '--json');
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    return JSON.parse(out) as Statement;
  }

  const remarks = ({ deviations }: Statement) => deviations.map(({ key, text }) => `${key}: ${text}`);
  const ruling = ({ rulings }: Statement, id: string) => rulings.find((one) => one.id === id)?.state;

  it('says that the demonstration is complete, also when it is strict', async () => {
    const { code, out, error } = await run(demo, '--strict');
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(out).to.match(/demo\.yaml: complete\n\nAPIs\n/);
    expect(out).to.match(/^ {2}verzoeken +1\.0\.0-beta +all \d+ +http:\S+\/verzoeken\/api\/v1$/m);
    expect(out).to.match(/^ {2}cm-006 +on +Valideren/m);
    expect(out).to.match(/^ {2}R9 +not in play +/m);
    expect(out).to.not.match(/^(Deviations|Missing operations)$/m);
  });

  it('says the same as JSON', async () => {
    const { code, out } = await run(demo, '--json');
    expect(code).to.equal(0);
    const { complete, apis, deviations } = JSON.parse(out) as Statement;
    expect({ complete, deviations }).to.deep.equal({ complete: true, deviations: [] });
    expect(apis.flatMap(({ missing }) => missing)).to.deep.equal([]);
    expect(apis.map(({ api }) => api)).to.include.members(['klanten', 'contactmomenten', 'verzoeken']);
  });

  describe('of a mapping set that cannot do everything', () => {
    async function withoutDelete(apis: JsonObject): Promise<string> {
      const folder = files.place('no-delete');
      await mkdir(folder, { recursive: true });
      const set = { ...soundSet, 'mapping.yaml': soundSet['mapping.yaml'].replace(/ {4}delete: .*\n/, '') };
      for (const [name, text] of Object.entries(set)) await files.write(path.join('no-delete', name), text);
      return files.write('no-delete.yaml', { ...whole, apis, mapping: { folder } });
    }

    it('names the operation that is missing', async () => {
      const file = await withoutDelete({ klanten: {} });
      const { complete, apis, deviations } = JSON.parse((await run(file, '--json')).out) as Statement;
      expect({ complete, deviations }).to.deep.equal({ complete: false, deviations: [] });
      const missing = apis.flatMap((api) => api.missing).filter((id) => id.startsWith('klant_'));
      expect(missing).to.deep.equal(['klant_delete']);

      const { out } = await run(file);
      expect(out).to.match(/no-delete\.yaml: \d+ missing operations?\n/);
      expect(out).to.match(/^Missing operations\n(.+\n)* {2}klanten +klant_delete$/m);
    });

    it('names those of a whole resource, and no rule that has nothing to judge', async () => {
      const file = await withoutDelete({ klanten: {}, contactmomenten: {} });
      const { apis, rules, deviations } = JSON.parse((await run(file, '--json')).out) as Statement;
      const contactmomenten = apis.find(({ api }) => api === 'contactmomenten');
      expect(contactmomenten?.missing).to.have.length(contactmomenten?.operations ?? 0);
      expect(contactmomenten?.missing).to.include('klantcontactmoment_list');
      expect(rules.map(({ id }) => id)).to.deep.equal(['kla-001', 'kla-002', 'subject-required']);
      expect(deviations).to.deep.equal([]);
    });

    it('ends with 1 when it is strict, and with 0 when it is not', async () => {
      const file = await withoutDelete({ klanten: {} });
      expect((await run(file, '--strict')).code).to.equal(1);
      expect((await run(file)).code).to.equal(0);
    });
  });

  it('names the APIs that are not served, and leaves out their rules', async () => {
    const statement = await stated({ apis: { verzoeken: {} } });
    expect(statement.complete).to.equal(true);
    expect(statement.apis.map(({ api, version }) => `${api} ${version}`)).to.deep.equal([
      'verzoeken 1.0.0-beta',
    ]);
    expect(statement.notServed).to.include.members(['klanten', 'contactmomenten']);
    expect(statement.rules.map(({ id }) => id))
      .to.include('vrz-001')
      .and.not.include('kla-001');
  });

  describe('of rules that are switched', () => {
    const rules = { 'cm-003': 'off', 'cm-006': 'warn', 'subject-required': 'on' } as const;

    it('calls each a deviation, and a ruling changed that it was about', async () => {
      const statement = await stated({ rules });
      expect(statement.complete).to.equal(false);
      expect(statement.deviations.map(({ key }) => key)).to.deep.equal([
        'rules.cm-003',
        'rules.cm-006',
        'rules.subject-required',
      ]);
      expect(
        statement.rules.filter(({ id }) => id in rules).map(({ id, state }) => [id, state]),
      ).to.deep.equal(Object.entries(rules));
      expect(ruling(statement, 'R3')).to.equal('changed');
      expect(ruling(await stated(), 'R3')).to.equal('holds');
    });

    it('counts them in the table, and ends with 1 when it is strict', async () => {
      const file = await files.write('rules.yaml', { ...whole, rules });
      const { code, out, error } = await run(file, '--strict');
      expect({ code, error }).to.deep.equal({ code: 1, error: '' });
      expect(out).to.include('rules.yaml: 3 deviations\n');
      expect(out).to.match(/^Deviations\n {2}rules\.cm-003 +is off: Valideren attribuut medewerker/m);
      expect(out).to.match(/^ {2}R3 +changed +/m);
    });

    it('does not mind one that is switched to what it is', async () => {
      expect(remarks(await stated({ rules: { 'cm-003': 'on', 'subject-required': 'off' } }))).to.deep.equal(
        [],
      );
    });
  });

  describe('of systems that are not there', () => {
    it('says what each takes away', async () => {
      expect(remarks(await stated({ registers: {} }))).to.deep.equal([
        'registers: none of kind zaken: every relation with a zaak is refused (cm-006, vrz-009)',
        'registers: none of kind documenten: every relation with an informatieobject is refused (kic-001)',
        'registers: none of kind notificaties: changes are not announced (klanten, contactmomenten, verzoeken)',
      ]);
    });

    it('says it of the rules and the APIs that are in play only', async () => {
      const rules = { 'cm-006': 'off', 'kic-001': 'off' };
      const statement = await stated({ registers: {}, rules });
      expect(remarks(statement).filter((line) => line.startsWith('registers'))).to.deep.equal([
        'registers: none of kind zaken: every relation with a zaak is refused (vrz-009)',
        'registers: none of kind notificaties: changes are not announced (klanten, contactmomenten, verzoeken)',
      ]);
      expect(remarks(await stated({ registers: {}, apis: { klanten: {} } }))).to.deep.equal([
        'registers: none of kind notificaties: changes are not announced (klanten)',
      ]);
    });

    it('says which rulings are not in play without them', async () => {
      const without = await stated({ registers: {} });
      expect(['R8', 'R10', 'R11', 'R15'].map((id) => ruling(without, id))).to.deep.equal([
        'idle',
        'idle',
        'idle',
        'idle',
      ]);
      const withThem = await stated();
      expect(['R8', 'R10', 'R11', 'R15'].map((id) => ruling(withThem, id))).to.deep.equal([
        'holds',
        'holds',
        'holds',
        'holds',
      ]);
    });

    it('says that URLs of other systems are refused without a host to check them at', async () => {
      const refused =
        'urlChecks.hosts: none: every URL of another system is refused (cm-003, kla-002, vrz-007)';
      expect(remarks(await stated({ urlChecks: {} }))).to.deep.equal([refused]);
      expect(remarks(await stated())).to.deep.equal([]);
      const registers = { ...(whole.registers as JsonObject), overig: register('overig') };
      expect(remarks(await stated({ urlChecks: {}, registers }))).to.deep.equal([]);
      const rules = { 'kla-002': 'off' };
      expect(remarks(await stated({ urlChecks: {}, rules, apis: { klanten: {} } }))).to.have.length(1);
    });
  });

  it('says that entries of the audit trail may be lost', async () => {
    expect(remarks(await stated({ audit: 'best-effort' }))).to.deep.equal([
      'audit: best-effort: a write stands of which no entry could be kept',
    ]);
    expect(remarks(await stated({ audit: 'required' }))).to.deep.equal([]);
  });

  it('notes where scopes come from, how old records may be, and what is shown beyond the standard', async () => {
    const notes = async (changes: JsonObject = {}) =>
      Object.fromEntries((await stated(changes)).notes.map(({ key, text }) => [key, text]));
    const plain = await notes();
    expect(Object.keys(plain)).to.deep.equal(['authorisations.from', 'mapping.folder']);
    expect(plain['authorisations.from']).to.include('the configuration');
    expect(plain['mapping.folder']).to.include('klant.klantnummer').and.to.not.include('telefoonnummer');

    const changed = await notes({
      authorisations: { from: 'autorisaties' },
      registers: { ...(whole.registers as JsonObject), ac: register('autorisaties') },
      cache: { resources: { klant: { staleSeconds: 7 }, verzoek: {} } },
      notifications: { strict: true },
    });
    expect(changed['authorisations.from']).to.include('Autorisaties API');
    expect(changed['cache.resources']).to.equal('records may be this old: klant 7 s');
    expect(changed).to.have.property('notifications.strict');
  });

  it('tells all mistakes of the configuration and of its mapping set together, and ends with 1', async () => {
    const folder = files.place('wrong');
    await mkdir(folder);
    const set = { ...soundSet, 'to.jsonata': '{ "NAME": achternaam' };
    for (const [name, text] of Object.entries(set)) await files.write(path.join('wrong', name), text);
    const file = await files.write('wrong.yaml', {
      ...whole,
      mapping: { folder },
      log: { level: 'loud' },
      lsten: {},
    });
    const { code, out, error } = await run(file);
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    const document = await run(file, '--json');
    expect({ code: document.code, error: document.error }).to.deep.equal({ code: 1, error: '' });
    const { mistakes } = JSON.parse(document.out) as { readonly mistakes: readonly string[] };
    for (const told of [error, mistakes.join('\n')]) {
      expect(told).to.match(/wrong\.yaml:\d+:\d+ log\.level/);
      expect(told).to.include('lsten').and.to.include('to.jsonata:1:20');
      expect(told).to.not.include(environment.CLIENT_SECRET);
    }
  });

  it('takes no text with --json', async () => {
    const { code, error } = await run(demo, '--json=yes');
    expect(code).to.equal(2);
    expect(error).to.include('--json').and.to.include('See klantbrug conformance --help');
  });
});
