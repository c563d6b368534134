import type { Database, Place, Rows, Write } from '../database.ts';
import type { Endpoint, Writing } from '../endpoint.ts';
import type { Exists } from './columns.ts';
import { tableNames } from './declaration.ts';
import type { Declaration, Row, TableName } from './declaration.ts';
import { declarations } from './declarations.ts';
import { changedRow, refusalOf, showRow } from './row.ts';

/** The declared tables, and the folder that they are in. */
export interface Tables {
  readonly database: Database;
  readonly rows: Readonly<Record<TableName, Rows<Row>>>;
}

/** Opens the declared tables; each of them that was never filled is filled. */
export async function openTables(database: Database): Promise<Tables> {
  const open = (name: TableName) => database.open(placeOf(name), declarations[name].seed);
  return {
    database,
    rows: {
      activiteiten: await open('activiteiten'),
      deelnemers: await open('deelnemers'),
      onderwerpen: await open('onderwerpen'),
      aanvragen: await open('aanvragen'),
      betrokkenen: await open('betrokkenen'),
      koppelingen: await open('koppelingen'),
    },
  };
}

function placeOf(name: TableName): Place<Row> {
  const { key } = declarations[name];
  return {
    prefix: name,
    lastNumberKey: `meta/last-number/${name}`,
    seededKey: `meta/seeded/${name}`,
    keyOf: (row) => row[key] ?? '',
  };
}

/** What the calls under /relbeheer see of the declared tables. */
export function endpoints(tables: Tables): Endpoint[] {
  return tableNames.map((name) => endpoint(name, tables));
}

function endpoint(name: TableName, tables: Tables): Endpoint {
  const declaration = declarations[name];
  const rows = tables.rows[name];
  return {
    name,
    title: declaration.title,
    key: declaration.key,
    search(query, { from, size }) {
      const matches = testOf(declaration, query);
      const found = inOrder([...rows.all()].filter(matches), query.get('SORTEER') ?? '');
      const page = found.slice(from, from + size);
      return { total: found.length, rows: page.map((row) => showRow(declaration, row)) };
    },
    find(key) {
      const row = rows.find(key);
      return row && showRow(declaration, row);
    },
    write: declaration.readOnly ? undefined : writing(name, tables),
  };
}

/** By number, unless SORTEER names a column; with a minus in front the last comes first. Compared as text. */
function inOrder(rows: Row[], wanted: string): Row[] {
  if (wanted === '') return rows;
  const column = wanted.replace(/^-/, '');
  const sorted = rows.sort((one, other) => {
    const [left, right] = [String(one[column] ?? ''), String(other[column] ?? '')];
    return left === right ? 0 : left < right ? -1 : 1;
  });
  return wanted.startsWith('-') ? sorted.reverse() : sorted;
}

/** All given parameters have to match; one without a value is as good as not given. */
function testOf({ search }: Declaration, query: URLSearchParams): (row: Row) => boolean {
  const tests = Object.entries(search).flatMap(([parameter, criterion]) => {
    const wanted = query.get(parameter);
    return wanted ? [criterion(parameter, wanted)] : [];
  });
  return (row) => tests.every((matches) => matches(row));
}

/** Each change looks and writes in one turn: what it refers to is still there when it is on disk. */
function writing(name: TableName, { database, rows: all }: Tables): Writing {
  const declaration = declarations[name];
  const { key, columns } = declaration;
  const rows = all[name];
  const exists: Exists = (table, wanted) => all[table].find(wanted) !== undefined;

  return {
    create: (input) =>
      database.inTurn(async () => {
        const row = changedRow(columns, {}, input);
        const refusal = refusalOf(declaration, row, exists);
        if (refusal) return refusal;
        const number = rows.nextNumber();
        await database.commit(rows.put({ ...row, [key]: number, MUTNR: 1 }));
        return number;
      }),
    update: (wanted, input) =>
      database.inTurn(async () => {
        const before = rows.find(wanted);
        if (before === undefined) return undefined;
        const row = changedRow(columns, before, input);
        const refusal = refusalOf(declaration, row, exists);
        if (refusal) return refusal;
        const mutations = Number(before.MUTNR) + 1;
        await database.commit(rows.put({ ...row, MUTNR: mutations }));
        return mutations;
      }),
    remove: (wanted) =>
      database.inTurn(async () => {
        const row = rows.find(wanted);
        if (row === undefined) return false;
        await database.commit(...removals(name, row, all));
        return true;
      }),
  };
}

/** What removes a record with everything that goes with it. */
function removals(name: TableName, row: Row, all: Tables['rows']): Write[] {
  const { key, cascades } = declarations[name];
  const further = cascades.flatMap(({ table, column }) =>
    [...all[table].all()]
      .filter((other) => other[column] === row[key])
      .flatMap((other) => removals(table, other, all)),
  );
  return [all[name].remove(row), ...further];
}
