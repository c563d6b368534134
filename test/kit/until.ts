import { setTimeout as pause } from 'node:timers/promises';

const everyMs = 5;

/**
 * Waits until a condition holds that somebody else brings about.
 *
 * @param within milliseconds after which it is given up, with an error that says what was waited for
 */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  within = 8000,
): Promise<void> {
  for (let left = within / everyMs; left > 0; left--) {
    if (await holds()) return;
    await pause(everyMs);
  }
  throw new Error(`Waited in vain until ${what}.`);
}
