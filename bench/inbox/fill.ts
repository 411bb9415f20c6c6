import { randomUUID } from "node:crypto";
import { pool } from "@/server/platform/db";

export interface Filled {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly userId: string;
}

const WORDS =
  "заказ доставка когда приедет размер подошёл возврат деньги спасибо здравствуйте чайник кружка цвет синий упаковка повреждена чек отзыв гарантия инструкция кабель зарядка телефон пункт выдачи курьер адрес замена брак недостача скидка";

/** Rows as a busy team has them: one chat in twenty waits, one in two is resolved, common and rare words, most of it read. */
export async function fillInbox(conversations: number, messages: number): Promise<Filled> {
  const [workspaceId, organizationId, connectionId, userId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const perConversation = Math.round(messages / conversations);
  const client = await pool.connect();
  try {
    await client.query("INSERT INTO workspace (id, name) VALUES ($1, 'Bench')", [workspaceId]);
    await client.query("INSERT INTO organization (id, workspace_id, name) VALUES ($1, $2, 'Bench LLC')", [organizationId, workspaceId]);
    await client.query(
      "INSERT INTO connection (id, workspace_id, organization_id, connector_id, name, updated_at) VALUES ($1, $2, $3, 'bench', 'Bench', now())",
      [connectionId, workspaceId, organizationId],
    );
    await client.query("DROP INDEX message_search");
    await client.query(
      `INSERT INTO conversation (id, workspace_id, organization_id, connection_id, channel, external_id, buyer_name, status, remote_status, order_number, sku, last_message_at, last_message_preview,
         last_message_side, last_buyer_message_at, waiting_since, message_count, created_at, updated_at)
       SELECT gen_random_uuid(), $1, $2, $3, 'bench.chat', 'c' || n, 'Покупатель ' || n, (CASE WHEN n % 2 = 0 THEN 'resolved' WHEN n % 7 = 0 THEN 'closed' ELSE 'open' END)::conversation_status, 'open',
         (10000000 + n) || '-0001', (n % 500)::text, at, 'Последнее сообщение', 'buyer', at, CASE WHEN n % 20 = 1 THEN at END, $5::integer, at - interval '30 days', at
       FROM (SELECT n, now() - (n * interval '1 minute') AS at FROM generate_series(1, $4::integer) n) numbers`,
      [workspaceId, organizationId, connectionId, conversations, perConversation],
    );
    await client.query(
      `INSERT INTO message (id, workspace_id, conversation_id, connection_id, external_id, side, author_kind, text, sent_at, source_version_at)
       SELECT gen_random_uuid(), $1, c.id, $2, 'm' || k, (CASE WHEN k % 2 = 0 THEN 'seller' ELSE 'buyer' END)::message_side, CASE WHEN k % 2 = 0 THEN 'seller' ELSE 'buyer' END,
         w.words[1 + (hashtext(c.external_id || k) & 2147483647) % 30] || ' ' || w.words[1 + (hashtext(k || c.external_id) & 2147483647) % 30] || ' ' || w.words[1 + (hashtext(c.external_id || 'x' || k) & 2147483647) % 30]
           || CASE WHEN (hashtext(c.external_id || k) & 2147483647) % 5000 = 0 THEN ' керамический' ELSE '' END,
         c.last_message_at - ((($3::integer - k) * 11) * interval '1 minute'), c.last_message_at
       FROM conversation c CROSS JOIN generate_series(1, $3::integer) k CROSS JOIN (SELECT string_to_array($4, ' ') AS words) w WHERE c.workspace_id = $1`,
      [workspaceId, connectionId, perConversation, WORDS],
    );
    await client.query(
      "INSERT INTO conversation_read (conversation_id, user_id, workspace_id, read_at) SELECT id, $2, $1, last_message_at FROM conversation WHERE workspace_id = $1 AND hashtext(external_id) % 10 <> 0",
      [workspaceId, userId],
    );
    await client.query(`CREATE INDEX message_search ON message USING gin (to_tsvector('russian', "text"))`);
    await client.query("VACUUM ANALYZE conversation");
    await client.query("VACUUM ANALYZE message");
    await client.query("VACUUM ANALYZE conversation_read");
  } finally {
    client.release();
  }
  return { workspaceId, connectionId, userId };
}
