/**
 * Headers that belong to the gateway, in lower case: anybody else who set them could break framing or show wrong
 * credentials.
 */
export const ownHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'proxy-authorization',
  'te',
  'transfer-encoding',
  'upgrade',
]);
