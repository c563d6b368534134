type Headers = Readonly<Record<string, string>>;

/** Headers with others over them: of those with one name, in whatever letters, the last counts. */
export function withHeaders(...all: readonly Headers[]): Record<string, string> {
  const named = new Map<string, readonly [string, string]>();
  for (const headers of all)
    for (const [name, value] of Object.entries(headers)) named.set(name.toLowerCase(), [name, value]);
  return Object.fromEntries(named.values());
}

/** Headers without those of some names, whatever their case. */
export function withoutHeaders(headers: Headers, names: readonly string[]): Record<string, string> {
  const gone = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !gone.has(name.toLowerCase())));
}
