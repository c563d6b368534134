import type { Refusal } from '../change.ts';
import type { TableName } from './declaration.ts';

/** What a column can hold. */
export interface Column {
  /** How its content is stored and shown. */
  readonly holds: 'text' | 'number';
  /** Why a content is refused, in words that go behind "Activiteit 500001"; undefined when it is accepted. */
  readonly refusal: (content: Content | undefined, column: string, exists: Exists) => Refusal | undefined;
}

/** What is in a column that is filled. */
export type Content = string | number;

/** Whether a table has a record with this key. */
export type Exists = (table: TableName, key: Content) => boolean;

/** Anything. */
export const text: Column = { holds: 'text', refusal: () => undefined };

/** The number of a record that need not exist. */
export const number: Column = { holds: 'number', refusal: () => undefined };

/** A DB2 timestamp in UTC, such as 2024-03-01-13.45.10.123456. */
export const timestamp: Column = {
  holds: 'text',
  refusal: (content, column) =>
    content === undefined || isTimestamp(String(content))
      ? undefined
      : { code: 'VLD004', text: `heeft in ${column} een ongeldig tijdstip "${content}"` },
};

/** One of a few codes, or nothing. */
export function oneOf(codes: readonly string[], refusalCode: string): Column {
  return {
    holds: 'text',
    refusal: (content, column) =>
      content === undefined || codes.includes(String(content))
        ? undefined
        : { code: refusalCode, text: `heeft in ${column} een onbekende code "${content}"` },
  };
}

/** Codes out of a table, joined by `;`. */
export function codesOf(table: TableName, refusalCode: string): Column {
  return {
    holds: 'text',
    refusal(content, column, exists) {
      const codes = String(content ?? '').split(';');
      const unknown = codes.find((code) => code.trim() !== '' && !exists(table, code.trim()));
      return unknown === undefined
        ? undefined
        : { code: refusalCode, text: `heeft in ${column} een code "${unknown}" die niet in ${table} staat` };
    },
  };
}

/** The number of a record that has to exist. */
export function required(table: TableName): Column {
  return {
    holds: 'number',
    refusal: (content, column, exists) =>
      content !== undefined && exists(table, content)
        ? undefined
        : {
            code: 'VLD005',
            text: `verwijst in ${column} naar "${content ?? ''}", dat niet in ${table} staat`,
          },
  };
}

/** Also whether there is such a day: 31 June is on another day when it comes back. */
function isTimestamp(content: string): boolean {
  const [, date = '', hour, minute, second = ''] =
    /^(\d{4}-\d\d-\d\d)-(\d\d)\.(\d\d)\.(\d\d)\.\d{6}$/.exec(content) ?? [];
  const seconds = `${date}T${hour ?? ''}:${minute ?? ''}:${second}`;
  const moment = new Date(`${seconds}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(seconds);
}
