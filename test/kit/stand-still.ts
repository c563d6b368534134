/** Stops all of this process for so many milliseconds, as a host does that gives the processor to somebody else. */
export function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Keeps the processor busy until it has worked for so many milliseconds, however long that takes. */
export function workFor(milliseconds: number): void {
  const begun = process.cpuUsage();
  const worked = (): number => {
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
  while (worked() < milliseconds);
}
