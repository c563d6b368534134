import { BackendFault, type SendContext, type SendFilter } from './send.ts';

/**
 * Tries a read once more when its connection broke: a server may close a kept connection just as it is used again.
 * Who asks knows whether it is one: a POST may read, and a GET may write. A write is never repeated: that the
 * connection broke does not show that it was not carried out.
 */
export const withRetry: SendFilter = (next) => (request, context) =>
  (request.isSafe ?? request.method === 'GET')
    ? onceMore(() => next(request, context), context)
    : next(request, context);

/** Makes a call, which must change nothing, and makes it again when its connection broke and there is time left. */
export async function onceMore<Answer>(
  call: () => Promise<Answer>,
  { deadline }: Pick<SendContext, 'deadline'>,
): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    const broke = error instanceof BackendFault && error.reason === 'reset';
    if (!broke || deadline.signal.aborted) throw error;
    return call();
  }
}
