import { BackendFault, type SendFilter } from './send.ts';

/**
 * Tries a GET once more when its connection broke: a server may close a kept connection just as it is used again.
 * A write is never repeated: that the connection broke does not show that it was not carried out.
 */
export const withRetry: SendFilter = (next) => async (request, context) => {
  try {
    return await next(request, context);
  } catch (error) {
    const broke = error instanceof BackendFault && error.reason === 'reset';
    if (!broke || request.method !== 'GET' || context.deadline.signal.aborted) throw error;
    return next(request, context);
  }
};
