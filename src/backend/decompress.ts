import { promisify } from 'node:util';
import { brotliDecompress, constants, inflateRaw, unzip } from 'node:zlib';
import { BackendFault } from './send.ts';

/** A value of Accept-Encoding: how an answer may come. */
export const readableEncodings = 'gzip, compress, deflate, br';

/** The first byte of what is deflated as the standard says; not everybody writes it. */
const zlibHeader = 0x78;

type Decompress = (body: Buffer, options: object) => Promise<Buffer>;

const unzipped: Decompress = promisify(unzip);
const inflatedRaw: Decompress = promisify(inflateRaw);
const unbrotlied: Decompress = promisify(brotliDecompress);

const decompressors: Readonly<Record<string, Decompress>> = {
  gzip: unzipped,
  'x-gzip': unzipped,
  compress: unzipped,
  'x-compress': unzipped,
  deflate: (body, options) => (body[0] === zlibHeader ? unzipped : inflatedRaw)(body, options),
  br: unbrotlied,
};

/** Finds how to read a body with a certain Content-Encoding; undefined when it is to be taken as it is. */
export function decompressorOf(encoding: string): Decompress | undefined {
  const name = encoding.toLowerCase();
  return Object.hasOwn(decompressors, name) ? decompressors[name] : undefined;
}

/**
 * A body as it was before it was compressed. One that was cut off is taken as far as it goes.
 *
 * @param limit the most bytes that it may turn out to have
 * @throws BackendFault when it has more
 */
export async function decompressed(
  body: Buffer,
  decompress: Decompress,
  { limit, status }: { readonly limit: number; readonly status: number },
): Promise<Buffer> {
  if (body.length === 0) return body;
  try {
    const finishFlush = decompress === unbrotlied ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH;
    return await decompress(body, { finishFlush, maxOutputLength: limit });
  } catch (error) {
    if (error instanceof RangeError) throw new BackendFault('too-large', 'unknown', { status });
    throw error;
  }
}
