/** A secret in memory. Only `reveal` gives it: printing, logging or serialising shows that there is one, not which. */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

const shown = '(secret)';

/** Wraps a secret. The value lives in a closure, where `util.inspect` cannot look. */
export function secret(value: string): Secret {
  return Object.freeze({ reveal: () => value, toString: () => shown, toJSON: () => shown });
}
