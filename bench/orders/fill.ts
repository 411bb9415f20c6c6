import { randomUUID } from "node:crypto";
import { pool } from "@/server/platform/db";

export interface Filled {
  readonly workspaceId: string;
  readonly organizationId: string;
  readonly connectionIds: readonly string[];
}

const PORTION = 50_000;
const CONNECTORS = ["ozon", "ozon", "wildberries", "yandex-market", "rozetka", "shopify"];

/** A number from 0 to `below` - 1 that depends on the row alone; `salt` makes several of one row. */
const pick = (salt: string, below: number) => `((hashtextextended('${salt}', n) & 9223372036854775807) % ${below})`;
const oneOf = (list: readonly string[], salt: string) => `(ARRAY[${list.map((item) => `'${item}'`).join(", ")}])[1 + ${pick(salt, list.length)}]`;
const FIRST = ["Ганна", "Олена", "Мария", "Иван", "Ayşe", "Mehmet", "Emma", "Oliver", "Дмитро", "Алёна"];
const LAST = ["Коваленко", "Шевченко", "Гусев", "Петрова", "Yılmaz", "Demir", "Brown", "Smith", "Мельник", "Орлова"];

/** The newest twentieth is still worked on, the rest long delivered, a few cancelled or returned; an order every 90 seconds. */
const ORDERS = `
  INSERT INTO sales_order (id, workspace_id, organization_id, connection_id, external_id, number, group_number, fulfilment, state, remote_state, placed_at, source_version_at, source_hash, ship_by, payment, buyer_name, city,
    delivery_method, tracking_number, currency, total_minor, pieces, is_short, updated_at)
  SELECT gen_random_uuid(), $1, $2, ($3::uuid[])[1 + place], 'o' || n, (30000000 + n) || '-' || lpad(${pick("part", 10_000)}::text, 4, '0') || '-1', (30000000 + n)::text, CASE WHEN ${pick("whose", 20)} = 0 THEN 'dbs' WHEN ${pick("whose", 20)} < 6 THEN 'fbo' ELSE 'fbs' END,
    state::order_state, state, at, at, '', at + interval '2 days', 'paid', ${oneOf(FIRST, "first")} || ' ' || ${oneOf(LAST, "last")}, 'Город', 'Курьер', '2045' || lpad(n::text, 10, '0'), 'RUB', 100000 + ${pick("sum", 900_000)}, 1 + ${pick("pieces", 4)},
    state IN ('new', 'confirmed') AND ${pick("short", 50)} = 0, at
  FROM (SELECT n, ${pick("place", CONNECTORS.length)}::integer AS place, now() - n * interval '90 seconds' AS at,
      CASE WHEN n < $4::bigint / 20 THEN (ARRAY['new', 'confirmed', 'packed', 'shipped'])[1 + ${pick("open", 4)}] WHEN ${pick("end", 100)} < 6 THEN 'cancelled' WHEN ${pick("end", 100)} < 8 THEN 'returned'
        WHEN ${pick("end", 10_000)} = 9999 THEN 'unknown' ELSE 'delivered' END AS state FROM generate_series($5::bigint, $6::bigint) n) rows`;

const LINES = `
  INSERT INTO order_line (id, workspace_id, order_id, external_id, position, sku, offer_id, name, quantity, price_minor)
  SELECT gen_random_uuid(), o.workspace_id, o.id, k::text, k, 'SKU-' || ((hashtextextended('sku' || k, n) & 9223372036854775807) % 5000), 'ART-' || ((hashtextextended('sku' || k, n) & 9223372036854775807) % 5000), 'Товар ' || n, 1, 50000
  FROM (SELECT id, workspace_id, substr(external_id, 2)::bigint AS n FROM sales_order WHERE workspace_id = $1 AND connection_id = $2) o CROSS JOIN LATERAL generate_series(1, 1 + (o.n % 2)) k`;

/** Orders and lines of a busy shop of three years in one workspace, and a neighbour with a tenth of them. */
export async function fillOrders(count: number, done: (step: string) => void): Promise<Filled> {
  const filled = await fillWorkspace(count, done);
  await fillWorkspace(Math.ceil(count / 10), () => undefined);
  await pool.query("VACUUM ANALYZE sales_order");
  await pool.query("VACUUM ANALYZE order_line");
  done("statistics");
  return filled;
}

async function fillWorkspace(count: number, done: (step: string) => void): Promise<Filled> {
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  await pool.query(`INSERT INTO workspace (id, name) VALUES ($1, 'Bench')`, [workspaceId]);
  await pool.query(`INSERT INTO organization (id, workspace_id, name) VALUES ($1, $2, 'Bench')`, [organizationId, workspaceId]);
  const connectionIds = CONNECTORS.map(() => randomUUID());
  for (const [index, connector] of CONNECTORS.entries())
    await pool.query(`INSERT INTO connection (id, workspace_id, organization_id, connector_id, name, updated_at) VALUES ($1, $2, $3, $4, $5, now())`, [
      connectionIds[index],
      workspaceId,
      organizationId,
      connector,
      `${connector} ${index}`,
    ]);
  for (let from = 1; from <= count; from += PORTION)
    await pool.query(ORDERS, [workspaceId, organizationId, connectionIds, count, from, Math.min(count, from + PORTION - 1)]);
  done("orders");
  for (const connectionId of connectionIds) await pool.query(LINES, [workspaceId, connectionId]);
  done("lines");
  return { workspaceId, organizationId, connectionIds };
}
