import { isObject, scalarText } from '../../json.ts';
import { type Encoding, isSuccess, type Reading, UnwritableRequest } from './encoding.ts';
import { parse } from './json.ts';

const mediaType = 'application/json';

/**
 * JSON-RPC: a call of a procedure, whose answer is in `result`. Its number keeps an answer to somebody else's call from
 * being taken for ours. Calls of version 1.0 do not say of which version they are: some servers answer in another way
 * when a call has more in it than they know.
 */
export const jsonRpc = (version: '1.0' | '2.0'): Encoding => ({
  accept: mediaType,
  isText: false,
  isNumbered: true,
  write({ call, params, number, soapHeader }) {
    if (call === undefined || soapHeader !== undefined) {
      throw new UnwritableRequest('a request to a backend with `encoding: json-rpc` has a `call`');
    }
    const said = version === '1.0' ? {} : { jsonrpc: version };
    const whole = { ...said, id: number, method: call, params: params ?? [] };
    return { text: JSON.stringify(whole), headers: { 'Content-Type': mediaType } };
  },
  read(raw, { number }): Reading {
    const { value: whole, readable } = parse(raw);
    if (!readable) return { value: undefined, whole: undefined, unreadable: 'not-json' };
    const unfit = { value: undefined, whole, unreadable: 'unexpected-answer' } as const;
    if (!isObject(whole)) return unfit;
    const isOurs = scalarText(whole.id) === scalarText(number);
    if ((whole.error ?? null) !== null) {
      // Who cannot read a call does not know its number.
      const isAnothers = !isOurs && (whole.id ?? null) !== null;
      return { value: undefined, whole, isAnothers, ...(isSuccess(raw.status) ? { says: 'refused' } : {}) };
    }
    const { result } = whole;
    return result === undefined ? unfit : { value: result, whole, isAnothers: !isOurs };
  },
});
