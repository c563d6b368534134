import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { Errors } from 'typebox/value';
import { parse } from 'yaml';
import { exampleSchemaJson } from '../../src/examples/editor-schema.ts';
import { asNode, type SchemaNode } from '../../src/files/schema-node.ts';
import { isObject, type Json } from '../../src/json.ts';
import { parseExpression } from '../../src/mapping/expression.ts';
import { mappingFormat } from '../../src/mapping/format.ts';
import { mappedResources } from '../../src/resources/index.ts';
import { root } from '../kit/process.ts';

const page = await readFile(path.join(root, 'mappings/README.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
  language,
  text,
}));

/** What stands in blocks of one language; there are some. */
function textsIn(language: string): string[] {
  const texts = blocks.filter((block) => block.language === language).map(({ text }) => text);
  expect(texts).not.to.be.empty;
  return texts;
}

/** The names of all keys of a format, free names apart. */
function keysIn({ properties = {}, patternProperties = {}, items, anyOf = [] }: SchemaNode): string[] {
  const below = [...Object.values(properties), ...Object.values(patternProperties), ...anyOf];
  return [...Object.keys(properties), ...below.flatMap(keysIn), ...(items ? keysIn(items) : [])];
}

describe('the reference (mappings/README.md)', () => {
  it('shows JSONata that is JSONata', () => {
    for (const text of textsIn('jsonata')) expect(() => parseExpression('block', text), text).not.to.throw();
  });

  it('shows YAML that is YAML', () => {
    for (const text of textsIn('yaml')) expect(() => parse(text) as unknown, text).not.to.throw();
  });

  it('shows examples that are examples', () => {
    const schema = JSON.parse(exampleSchemaJson(mappedResources)) as object;
    const values = textsIn('yaml').map((text) => parse(text) as Json);
    const examples = values.filter((value) => isObject(value) && 'operation' in value);
    expect(examples).not.to.be.empty;
    for (const example of examples)
      expect(Errors(schema, example), JSON.stringify(example)).to.deep.equal([]);
  });

  it('has every key of mapping.yaml', () => {
    const code = [...blocks.map(({ text }) => text), ...(page.match(/`[^`\n]+`/g) ?? [])];
    const words = new Set(code.flatMap((text) => text.match(/[A-Za-z]\w*/g) ?? []));
    const keys = keysIn(asNode(mappingFormat));
    expect(keys).to.include('withinMs');
    expect(keys.filter((key) => !words.has(key))).to.deep.equal([]);
  });
});
