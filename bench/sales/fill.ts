import { randomUUID } from "node:crypto";
import { pool } from "@/server/platform/db";

export interface Filled {
  readonly workspaceId: string;
  readonly organizationIds: readonly string[];
  readonly connectionIds: readonly string[];
}

const PORTION = 100_000;
const DAYS = 1_095;
const CONNECTORS = ["ozon", "ozon", "wildberries", "yandex-market", "rozetka", "shopify"];
const CURRENCIES = ["RUB", "RUB", "RUB", "RUB", "UAH", "TRY"];

/** A number from 0 to `below` - 1 that depends on the row alone; `salt` makes several of one row. */
const pick = (salt: string, below: number) => `((hashtextextended('${salt}', n) & 9223372036854775807) % ${below})`;

/** Three years of six shops: one line in twenty a return, one in fifty preliminary, 5 000 articles. */
const LINES = `
  INSERT INTO sale_line (id, workspace_id, organization_id, connection_id, marketplace, external_id, kind, date, quantity, revenue_minor, fees_minor, payout_minor, currency, description, order_number, sku, offer_id,
    product_name, is_preliminary, source_hash, updated_at)
  SELECT gen_random_uuid(), $1, ($2::uuid[])[1 + place % 2], ($3::uuid[])[1 + place], ($4::text[])[1 + place], 's' || n, (CASE WHEN ${pick("kind", 20)} = 0 THEN 'return' ELSE 'sale' END)::sale_kind,
    current_date - (n * ${DAYS} / $5::bigint)::integer, CASE WHEN ${pick("kind", 20)} = 0 THEN -1 ELSE 1 END, CASE WHEN ${pick("kind", 20)} = 0 THEN -1 ELSE 1 END * (10000 + ${pick("sum", 900_000)}), ${pick("fee", 50_000)},
    ${pick("pay", 500_000)}, ($6::text[])[1 + place], 'Продажа', 'N-' || n, 'SKU-' || ${pick("sku", 5_000)}, 'ART-' || ${pick("sku", 5_000)}, 'Товар ' || ${pick("sku", 5_000)}, ${pick("early", 50)} = 0, '', now()
  FROM (SELECT n, ${pick("place", CONNECTORS.length)}::integer AS place FROM generate_series($7::bigint, $8::bigint) n) rows`;

/** Sales lines of one workspace, and a neighbour with a tenth of them. */
export async function fillSales(count: number, done: (step: string) => void): Promise<Filled> {
  const filled = await fillWorkspace(count);
  done("lines");
  await fillWorkspace(Math.ceil(count / 10));
  await pool.query("VACUUM ANALYZE sale_line, sale_slice, sale_day_sum, sale_product_sum");
  done("neighbour and statistics");
  return filled;
}

async function fillWorkspace(count: number): Promise<Filled> {
  const workspaceId = randomUUID();
  await pool.query(`INSERT INTO workspace (id, name) VALUES ($1, 'Bench')`, [workspaceId]);
  const organizationIds = [randomUUID(), randomUUID()];
  for (const id of organizationIds) await pool.query("INSERT INTO organization (id, workspace_id, name) VALUES ($1, $2, $3)", [id, workspaceId, `Bench ${id}`]);
  const connectionIds = CONNECTORS.map(() => randomUUID());
  for (const [index, connector] of CONNECTORS.entries())
    await pool.query(`INSERT INTO connection (id, workspace_id, organization_id, connector_id, name, updated_at) VALUES ($1, $2, $3, $4, $5, now())`, [
      connectionIds[index],
      workspaceId,
      organizationIds[index % 2],
      connector,
      `${connector} ${index}`,
    ]);
  for (let from = 1; from <= count; from += PORTION)
    await pool.query(LINES, [workspaceId, organizationIds, connectionIds, CONNECTORS, count, CURRENCIES, from, Math.min(count, from + PORTION - 1)]);
  return { workspaceId, organizationIds, connectionIds };
}
