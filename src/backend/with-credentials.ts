import type { Access } from './access.ts';
import type { ForwardUser } from './credentials.ts';
import { withHeaders, withoutHeaders } from './headers.ts';
import { introduced, type Introduction, withoutParameter } from './introduction.ts';
import type { SendContext } from './send.ts';
import type { RawAnswer, Wire, WireRequest } from './wire.ts';

/** What is added to every request to one system. */
interface Known {
  readonly access: Access | undefined;
  readonly forwardUser: ForwardUser | undefined;
}

/**
 * Adds to every request who we are, and where the system wants to know it, who asked us. Both belong to the system
 * that this wire leads to, and no request over it may go anywhere else.
 *
 * An answer of 401 says that nothing was done, so the request is made once more, whatever it is, when there is another
 * introduction to be had.
 */
export function withCredentials({ access, forwardUser }: Known, wire: Wire): Wire {
  return async (request, context) => {
    const asked = forwardUser ? onBehalfOf(context, forwardUser, request) : request;
    if (!access) return wire(asked, context);

    const introduction = await access.introduction(context);
    const answer = await introduce(introduction);
    if (answer.status !== 401) return answer;
    const other = await access.another(introduction, context);
    if (!other) return answer;
    const second = await introduce(other);
    if (second.status === 401) access.refusedAgain();
    return second;

    async function introduce(by: Introduction): Promise<RawAnswer> {
      return withoutSecret(await wire(introduced(asked, by), context), by);
    }
  };
}

/** A redirect that repeats our query must not take the secret in it to where it leads. */
function withoutSecret(answer: RawAnswer, { query }: Introduction): RawAnswer {
  const { location } = answer.headers;
  if (!query || location === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, location: withoutParameter(location, query.name) } };
}

/** The header is ours: without a user there is none, whatever the mapping made of it. */
function onBehalfOf({ caller }: SendContext, { header }: ForwardUser, request: WireRequest): WireRequest {
  const headers =
    caller?.userId === undefined
      ? withoutHeaders(request.headers, [header])
      : withHeaders(request.headers, { [header]: headerText(caller.userId) });
  return { ...request, headers };
}

/**
 * Text of a client as the value of a header. Letters, digits and marks of ASCII stay as they are; everything else, line
 * breaks first of all, becomes the percent-encoding of its UTF-8 bytes, and so does `%` itself.
 */
function headerText(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) =>
      byte > 0x20 && byte < 0x7f && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}
