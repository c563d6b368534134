/** Goes on with a result when it is there: at once, or when the promise of it is kept. */
export function afterwards(result: unknown, goOn: (result: unknown) => unknown): unknown {
  return result instanceof Promise ? result.then(goOn) : goOn(result);
}
