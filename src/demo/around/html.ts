/** HTML that needs no escaping any more. */
export interface Html {
  readonly html: string;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML out of a template: texts are escaped, HTML goes in as it is, and a list item by item. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html {
  const texts = parts.map((part, index) => part + textOf(values[index] ?? ''));
  return { html: texts.join('') };
}

function textOf(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
  return 'html' in value ? value.html : value.map((item) => item.html).join('');
}
