import type pg from "pg";

const ROWS_PER_STATEMENT = 1_000;
const PARAMETERS_PER_STATEMENT = 60_000;
const ROWS_PER_PORTION = 20_000;

export interface Baseline {
  readonly rows: number;
  readonly ms: number;
}

/**
 * The plainest way to store the very rows a table holds: they are put aside, the table is emptied, and they come back by multi-row
 * INSERT statements into the same table with the same indexes. Only the statements are timed. Tables that others point to come first.
 */
export async function insertAgain(pool: pg.Pool, tables: readonly string[]): Promise<Baseline> {
  for (const table of tables) await pool.query(`CREATE UNLOGGED TABLE bench_${table} AS SELECT row_number() OVER () AS bench_row, t.* FROM ${table} t`);
  await pool.query(`TRUNCATE ${tables.join(", ")} CASCADE`);
  await pool.query("CHECKPOINT");
  let sum: Baseline = { rows: 0, ms: 0 };
  for (const table of tables) {
    const one = await insertTable(pool, table);
    sum = { rows: sum.rows + one.rows, ms: sum.ms + one.ms };
    await pool.query(`DROP TABLE bench_${table}`);
  }
  return sum;
}

async function insertTable(pool: pg.Pool, table: string): Promise<Baseline> {
  await pool.query(`ALTER TABLE bench_${table} ADD PRIMARY KEY (bench_row)`);
  const columns = await ownColumns(pool, table);
  let sum: Baseline = { rows: 0, ms: 0 };
  for (;;) {
    const portion = await takePortion(pool, { table, columns, from: sum.rows });
    if (portion.length === 0) return sum;
    sum = { rows: sum.rows + portion.length, ms: sum.ms + (await insertRaw(pool, { table, columns, rows: portion })) };
  }
}

interface Column {
  readonly name: string;
  readonly isJson: boolean;
}

/** Columns the database makes itself are made for the baseline, too. */
async function ownColumns(pool: pg.Pool, table: string): Promise<Column[]> {
  const { rows } = await pool.query<Column>(
    `SELECT quote_ident(attname) AS name, atttypid IN ('json'::regtype, 'jsonb'::regtype) AS "isJson" FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  return rows;
}

interface Portion {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly from: number;
}

/** Rows as an application would hold them, JSON as text. */
async function takePortion(pool: pg.Pool, { table, columns, from }: Portion): Promise<unknown[][]> {
  const wanted = columns.map(({ name, isJson }) => (isJson ? `${name}::text` : name));
  const text = `SELECT ${wanted.join(", ")} FROM bench_${table} WHERE bench_row > ${from} ORDER BY bench_row LIMIT ${ROWS_PER_PORTION}`;
  return (await pool.query<unknown[]>({ text, rowMode: "array" })).rows;
}

interface Copy {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly unknown[])[];
}

/** @returns milliseconds. */
async function insertRaw(pool: pg.Pool, { table, columns, rows }: Copy): Promise<number> {
  const size = Math.min(ROWS_PER_STATEMENT, Math.floor(PARAMETERS_PER_STATEMENT / columns.length));
  const startedAt = performance.now();
  for (let from = 0; from < rows.length; from += size) {
    const batch = rows.slice(from, from + size);
    const tuples = batch.map((_, row) => `(${columns.map((_name, column) => `$${row * columns.length + column + 1}`).join(",")})`);
    await pool.query(`INSERT INTO ${table} (${columns.map(({ name }) => name).join(",")}) VALUES ${tuples.join(",")}`, batch.flat());
  }
  return performance.now() - startedAt;
}
