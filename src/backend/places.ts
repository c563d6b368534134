/** Places for so many calls at a time; whoever comes when all are taken waits for the first that comes free. */
export class Places {
  #free: number;
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Waits for a place, which must be given back.
   *
   * @param whenAborted is told how to end the wait, which then fails
   */
  take(whenAborted: (giveUp: () => void) => void): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve);
      whenAborted(() => {
        this.#waiting.delete(resolve);
        reject(new Error('no place came free'));
      });
    });
  }

  giveBack(): void {
    const [next] = this.#waiting;
    if (next) {
      this.#waiting.delete(next);
      next();
    } else {
      this.#free += 1;
    }
  }
}
