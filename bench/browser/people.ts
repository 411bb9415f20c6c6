import { randomUUID } from "node:crypto";

export const ACCOUNT = { email: "bench@karavan.local", password: "bench-password" } as const;

/** An owner who can sign in, and a workspace with as many conversations as a busy team has in a year, each with a page of messages. */
export async function fillForBrowser(conversations: number, messagesEach: number): Promise<void> {
  const { createFirstOwner } = await import("@/server/access/index");
  const { pool } = await import("@/server/platform/db");
  const organization = { name: "Bench LLC", legalName: null, taxId: null, country: "RU", currency: "RUB", timeZone: "Europe/Moscow" };
  const owner = await createFirstOwner({ ...ACCOUNT, name: "Bench", locale: "en", timeZone: "UTC", workspaceName: "Bench", organization });
  const connectionId = randomUUID();
  const [workspaceId, organizationId] = [owner.workspaceId, owner.organizationId];
  await pool.query(
    "INSERT INTO connection (id, workspace_id, organization_id, connector_id, name, auto_sync, updated_at) VALUES ($1, $2, $3, 'ozon', 'Bench shop', false, now())",
    [connectionId, workspaceId, organizationId],
  );
  await pool.query(
    `INSERT INTO conversation (id, workspace_id, organization_id, connection_id, channel, external_id, buyer_name, status, remote_status, order_number, sku, last_message_at, last_message_preview,
       last_message_side, last_buyer_message_at, waiting_since, message_count, created_at, updated_at)
     SELECT gen_random_uuid(), $1, $2, $3, 'ozon.chat', 'c' || n, 'Покупатель ' || n, 'open', 'open', (10000000 + n) || '-0001', (n % 500)::text, at, 'Здравствуйте, когда приедет заказ?', 'buyer', at,
       CASE WHEN n % 5 = 1 THEN at END, $5::integer, at - interval '3 days', at
     FROM (SELECT n, now() - (n * interval '1 minute') AS at FROM generate_series(1, $4::integer) n) numbers`,
    [workspaceId, organizationId, connectionId, conversations, messagesEach],
  );
  await pool.query(
    `INSERT INTO message (id, workspace_id, conversation_id, connection_id, external_id, side, author_kind, text, sent_at, source_version_at)
     SELECT gen_random_uuid(), $1, c.id, $2, 'm' || k, (CASE WHEN k % 2 = 0 THEN 'seller' ELSE 'buyer' END)::message_side, CASE WHEN k % 2 = 0 THEN 'seller' ELSE 'buyer' END,
       'Здравствуйте, когда приедет заказ? Письмо номер ' || k, c.last_message_at - (($3::integer - k) * interval '7 minutes'), c.last_message_at
     FROM conversation c CROSS JOIN generate_series(1, $3::integer) k WHERE c.workspace_id = $1`,
    [workspaceId, connectionId, messagesEach],
  );
  await pool.query("VACUUM ANALYZE conversation");
  await pool.query("VACUUM ANALYZE message");
}
