const longDate = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether a text is a date that there is, as `2024-02-29`. */
export function isRealDate(text: string): boolean {
  const [, year, month, day] = longDate.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const wholeMoment =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Whether a text is a moment with an offset, as `2026-01-01T12:00:00Z`. */
export function isMoment(text: string): boolean {
  return isRealDate(wholeMoment.exec(text)?.[1] ?? '');
}
