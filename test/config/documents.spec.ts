import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { configSchemaJson, configTable } from '../../src/config/documentation.ts';
import { readYaml } from '../../src/files/yaml-file.ts';

const editorSchema = JSON.parse(configSchemaJson()) as TSchema;

describe('generated documents of the configuration', () => {
  it('are up to date (npm run docs)', async () => {
    await promisify(execFile)(process.execPath, ['--import=tsx', '.ci/write-docs.ts', '--check']);
    expect(await readFile('config/klantbrug.schema.json', 'utf8')).to.equal(configSchemaJson());
    expect(await readFile('docs/CONFIGURATION.md', 'utf8')).to.contain(configTable());
  });

  it('have a schema that takes the demonstration as it is written', async () => {
    const { value } = await readYaml('config/demo.yaml');
    expect(Check(editorSchema, value)).to.equal(true);
  });

  it('have a schema that refuses what the gateway refuses', () => {
    const correct = {
      baseUrls: { canonical: 'https://a.example' },
      apis: { klanten: {} },
      clients: [{ id: 'a', secret: '${A}', scopes: 'all' }],
      mapping: { folder: 'a' },
      backends: { crm: { baseUrl: 'https://b.example' } },
    };
    expect(Check(editorSchema, correct)).to.equal(true);
    for (const wrong of [
      { lsten: {} },
      { limits: { bodyBytes: '1 MegaB' } },
      { limits: { requestMs: 0 } },
      { rules: { 'kla-001': 'no' } },
      { clients: [{ id: 'a', secret: 'literal', scopes: 'all' }] },
    ]) {
      expect(Check(editorSchema, { ...correct, ...wrong }), JSON.stringify(wrong)).to.equal(false);
    }
  });

  it('have a row with type, default and meaning for every key', () => {
    const rows = configTable().split('\n');
    expect(rows).to.include(
      '| `limits.bodyBytes` | bytes from 1 to 1099511627776, or text such as 10 MB or 64 KiB | `1 MB` | Size of the body. |',
    );
    expect(rows).to.include('| `clients[].id` | text | **required** | The `client_id` in its tokens. |');
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|'), row).to.have.length(6);
    expect(rows.filter((row) => row.endsWith('|  |'))).to.deep.equal([]);
  });
});
