import { Problem, BackendProblem } from '../../problem.ts';
import type { Wire } from '../wire.ts';
import { type Encoding, type EncodingSettings, UnwritableRequest } from './encoding.ts';
import { formEncoding } from './form.ts';
import { jsonRpc } from './json-rpc.ts';
import { jsonEncoding } from './json.ts';
import { soapEncoding } from './soap.ts';
import { xmlEncoding } from './xml.ts';

/** The encoding that a mapping set gives a backend; JSON when it says nothing. */
export function encodingOf({
  encoding = 'json',
  mediaType,
  xml = {},
  jsonRpc: version = '2.0',
}: EncodingSettings = {}): Encoding {
  switch (encoding) {
    case 'json':
      return jsonEncoding(mediaType);
    case 'form':
      return formEncoding(mediaType);
    case 'json-rpc':
      return jsonRpc(version);
    case 'xml':
      return xmlEncoding(xml, mediaType);
    case 'soap':
      return soapEncoding(xml);
  }
}

/**
 * Writes requests, at the last moment: whatever wants to add something to one still finds it in its structure.
 * A request that cannot be written is not sent.
 */
export function encodedBy(encoding: Encoding, wire: Wire): Wire {
  return async (request, context) => {
    try {
      const written = encoding.write(request);
      const headers = { Accept: encoding.accept, ...request.headers, ...written?.headers };
      return await wire({ ...request, headers, ...(written ? { text: written.text } : {}) }, context);
    } catch (error) {
      if (!(error instanceof UnwritableRequest)) throw error;
      context.observe({
        event: 'translation-failed',
        file: `a request translation: ${error.message}`,
        code: 'malformed-request',
      });
      throw new BackendProblem(
        new Problem('APIException', { detail: 'Internal Server Error', cause: error }),
        'not-sent',
      );
    }
  };
}
