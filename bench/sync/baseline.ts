import type pg from "pg";

const ROWS_PER_STATEMENT = 1_000;
const PARAMETERS_PER_STATEMENT = 60_000;

export interface TableCopy {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Takes the rows of a table out as an application would hold them, JSON as text. */
export async function takeOut(pool: pg.Pool, table: string): Promise<TableCopy> {
  // Columns the database makes itself are made for the baseline, too.
  const own = await pool.query<{ name: string }>(
    "SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
    [table],
  );
  const { fields, rows } = await pool.query<unknown[]>({ text: `SELECT ${own.rows.map(({ name }) => name).join(", ")} FROM ${table}`, rowMode: "array" });
  const plain = (value: unknown) =>
    typeof value === "object" && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value) ? JSON.stringify(value) : value;
  return { table, columns: fields.map((field) => field.name), rows: rows.map((row) => row.map(plain)) };
}

/** The plainest way to store the same rows: multi-row INSERT statements into the same tables with the same indexes. @returns milliseconds. */
export async function insertRaw(pool: pg.Pool, { table, columns, rows }: TableCopy): Promise<number> {
  const size = Math.min(ROWS_PER_STATEMENT, Math.floor(PARAMETERS_PER_STATEMENT / columns.length));
  const startedAt = performance.now();
  for (let from = 0; from < rows.length; from += size) {
    const batch = rows.slice(from, from + size);
    const tuples = batch.map((_, row) => `(${columns.map((_name, column) => `$${row * columns.length + column + 1}`).join(",")})`);
    await pool.query(`INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(",")}) VALUES ${tuples.join(",")}`, batch.flat());
  }
  return performance.now() - startedAt;
}
