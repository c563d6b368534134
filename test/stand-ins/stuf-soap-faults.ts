import { element, type Element, envelope } from './stuf-soap-xml.ts';

/** A SOAP Fault, with whatever detail. */
export function fault(code: string, text: string, detail: readonly Element[] = [], status = 500) {
  const inside = ['faultcode', 'faultstring'].map((name, index) => plain(name, index === 0 ? code : text));
  const content = element('env:Fault', [...inside, ...(detail.length > 0 ? [plain('detail', detail)] : [])]);
  // The children of a Fault have no namespace, in this version of SOAP.
  const body = envelope(content).replaceAll(/<(\/?)kcc:(faultcode|faultstring|detail)>/g, '<$1$2>');
  return { status, headers: xmlHeaders, body };
}

/** A message of StUF that something is wrong: `Fo02` for a question, `Fo03` for a kennisgeving. */
export function stufFault(kind: 'Fo02' | 'Fo03', code: string, text: string, details = '') {
  const body = element('ns1:body', [
    element('ns1:code', code),
    element('ns1:plek', 'server'),
    element('ns1:omschrijving', text),
    element('ns1:details', details),
  ]);
  const stuurgegevens = element('ns1:stuurgegevens', [element('ns1:berichtcode', kind)]);
  return fault('env:Server', text, [element(`ns1:${kind}Bericht`, [stuurgegevens, body])]);
}

/** What every answer is called. */
export const xmlHeaders = { 'Content-Type': 'text/xml; charset=utf-8' };

function plain(name: string, inside: string | readonly Element[]): Element {
  return element(`kcc:${name}`, inside);
}
