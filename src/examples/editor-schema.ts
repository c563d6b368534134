import { operations, type Resource } from '../contract/resource.ts';
import { editorSchema, schemaFile } from '../files/editor-schema.ts';
import { asNode } from '../files/schema-node.ts';
import { exampleFormat } from './format.ts';

/**
 * The JSON Schema of an example file, for editors: the format, with the operations that there are.
 *
 * @param resources what a mapping set can have
 * @returns indented JSON with a line break at the end
 */
export function exampleSchemaJson(resources: readonly Resource[]): string {
  const { properties, ...form } = asNode(exampleFormat);
  const known = resources.flatMap(({ name }) => operations.map((operation) => `${name}.${operation}`));
  const operation = {
    enum: known,
    description: 'The call: a resource, a dot and what is done with it.',
    examples: ['klant.list'],
  };
  return schemaFile({
    ...editorSchema({ ...form, properties: { ...properties, operation } }),
    title: 'An example of a mapping set of Klantbrug',
  });
}
