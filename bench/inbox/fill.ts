import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { pool } from "@/server/platform/db";
import { FIRST_NAMES, LAST_NAMES, PRODUCTS, RARE, SENTENCES } from "./texts";

export interface Filled {
  readonly workspaceId: string;
  readonly connectionIds: readonly string[];
  readonly userId: string;
  readonly teamIds: readonly string[];
  readonly labelIds: readonly string[];
}

const PEOPLE = 40;
const TEAMS = 8;
const LABELS = 30;
const SKUS = 5_000;
const CONNECTORS = ["ozon", "ozon", "wildberries", "wildberries", "yandex-market", "rozetka"];
/** Rows of one INSERT, so that the two writers stay busy to the end. */
const PORTION = 50_000;

/** Whoever writes the tables' rows in bulk does without their indexes and keys, and makes the indexes at the end. */
async function withoutIndexes(client: PoolClient, tables: readonly string[], work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ indexname: string; indexdef: string }>(
    `SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.schemaname = 'public' AND i.tablename = ANY($1)
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = format('%I', i.indexname)::regclass)`,
    [tables],
  );
  for (const { indexname } of rows) await client.query(`DROP INDEX "${indexname}"`);
  await work();
  await client.query("SET maintenance_work_mem = '768MB'");
  await client.query("SET max_parallel_maintenance_workers = 1");
  for (const { indexdef } of rows) await client.query(indexdef);
}

/** A number from 0 to `below` - 1 that depends on the row alone; `salt` makes several of one row. */
const pick = (key: string, salt: string, below: number | string) => `((hashtextextended('${salt}', ${key}) & 9223372036854775807) % ${below})`;
const oneOf = (list: readonly string[], key: string, salt: string) =>
  `(ARRAY[${list.map((item) => `'${item.replaceAll("'", "''")}'`).join(", ")}])[1 + ${pick(key, salt, list.length)}]`;
/** An id that follows from the row, of the shape of a random one. */
const idOf = (kind: string, key: string) => `overlay(overlay(md5('${kind}' || ${key}) placing '4' from 13) placing '8' from 17)::uuid`;

/** Statuses, people, labels, deadlines as a busy shop of four years has them: most of it long resolved, the newest still open. */
const CONVERSATIONS = `
  INSERT INTO conversation (id, workspace_id, organization_id, connection_id, channel, external_id, buyer_ref, buyer_name, status, remote_status, order_number, sku, product_name, rating, last_message_at,
    last_message_preview, last_message_side, last_buyer_message_at, waiting_since, message_count, assignee_id, team_id, priority, snoozed_until, next_deadline_at, next_deadline_kind, deadline_state, created_at, updated_at)
  SELECT ${idOf("c", "n")}, $1, $2, ($3::uuid[])[1 + place], connector || '.' || kind, 'c' || n, 'b' || ${pick("n", "buyer", "($5::bigint / 3 + 1)")},
    ${oneOf(FIRST_NAMES, "n", "first")} || ' ' || ${oneOf(LAST_NAMES, "n", "last")}, status::conversation_status, 'open',
    (10000000 + n) || '-' || lpad(${pick("n", "part", 10_000)}::text, 4, '0') || '-1', 'SKU-' || ${pick("n", "sku", SKUS)},
    CASE WHEN ${pick("n", "named", 2)} = 0 THEN ${oneOf(PRODUCTS, "n", "product")} END, CASE WHEN kind = 'review' THEN 1 + ${pick("n", "stars", 5)} END, at, 'Последнее сообщение',
    (CASE WHEN waits OR n % 3 = 0 THEN 'buyer' ELSE 'seller' END)::message_side, at, CASE WHEN waits THEN at END, 1 + ${pick("n", "messages", 9)},
    CASE WHEN ${pick("n", "assigned", 10)} < 7 THEN ($4::uuid[])[1 + ${pick("n", "assignee", PEOPLE)}] END, CASE WHEN ${pick("n", "teamed", 10)} < 6 THEN ($6::uuid[])[1 + ${pick("n", "team", TEAMS)}] END,
    CASE WHEN ${pick("n", "urgent", 20)} = 0 THEN 4 WHEN ${pick("n", "urgent", 20)} < 4 THEN 2 ELSE 0 END, CASE WHEN status = 'snoozed' THEN now() + interval '1 day' END,
    CASE WHEN waits THEN at + interval '8 hours' END, CASE WHEN waits THEN 'next_reply' END, CASE WHEN waits THEN CASE WHEN at < now() - interval '8 hours' THEN 'breached' ELSE 'running' END END, at - interval '20 days', at
  FROM (SELECT n, now() - n * interval '2 minutes' AS at, ${pick("n", "place", CONNECTORS.length)}::integer AS place, (ARRAY[${CONNECTORS.map((name) => `'${name}'`).join(", ")}])[1 + ${pick("n", "place", CONNECTORS.length)}] AS connector,
      (ARRAY['chat', 'chat', 'chat', 'question', 'review'])[1 + ${pick("n", "kind", 5)}] AS kind, state AS status, state IN ('open', 'pending') AND ${pick("n", "waits", 10)} < 4 AS waits
    FROM (SELECT n, CASE WHEN ${pick("n", "state", 100)} < 4 THEN 'open' WHEN ${pick("n", "state", 100)} < 5 THEN 'pending' WHEN ${pick("n", "state", 100)} < 6 THEN 'snoozed'
        WHEN n < $5::bigint / 20 AND ${pick("n", "state", 100)} < 70 THEN 'open' WHEN ${pick("n", "state", 100)} < 90 THEN 'resolved' ELSE 'closed' END AS state FROM generate_series($7::bigint, $8::bigint, -1) n) states) rows`;

/** From one to nine a conversation, buyer and shop in turn. */
const MESSAGES = `
  INSERT INTO message (id, workspace_id, conversation_id, connection_id, external_id, side, author_kind, text, order_number, sent_at, source_version_at, send_id, send_state)
  SELECT ${idOf("m", "n || '.' || k")}, $1, ${idOf("c", "n")}, ($2::uuid[])[1 + ${pick("n", "place", CONNECTORS.length)}], 'm' || k, (CASE WHEN k % 2 = 0 THEN 'seller' ELSE 'buyer' END)::message_side,
    CASE WHEN k % 2 = 0 THEN 'seller' ELSE 'buyer' END,
    replace(replace(l.sentences[1 + ${pick("n * 16 + k", "one", "l.many")}] || CASE WHEN ${pick("n * 16 + k", "more", 2)} = 0 THEN '. ' || l.sentences[1 + ${pick("n * 16 + k", "two", "l.many")}] ELSE '' END,
      '{o}', (10000000 + n) || '-0001'), '{p}', ${oneOf(PRODUCTS, "n * 16 + k", "product")}) || CASE WHEN ${pick("n * 16 + k", "rare", 10_000)} = 0 THEN ' ' || ${oneOf(RARE, "n", "rare")} ELSE '' END,
    NULL, now() - n * interval '2 minutes' - (1 + ${pick("n", "messages", 9)} - k) * interval '47 minutes', now(), CASE WHEN k % 2 = 0 THEN ${idOf("s", "n || '.' || k")} END,
    CASE WHEN k % 2 = 0 THEN (CASE WHEN n % 40000 = 7 THEN 'unknown' ELSE 'confirmed' END)::send_state END
  FROM generate_series($4::bigint, $5::bigint, -1) n
  JOIN (SELECT row_number() OVER () - 1 AS language, ARRAY(SELECT jsonb_array_elements_text(v)) AS sentences, jsonb_array_length(v) AS many FROM jsonb_array_elements($3::jsonb) v) l ON l.language = ${pick("n", "language", SENTENCES.length)}
  CROSS JOIN LATERAL generate_series(1, 1 + ${pick("n", "messages", 9)}) k`;

/** Small tables that stand around: what somebody has read, labels, notes, mentions, drafts, merged ones. */
const around = ({ workspaceId, labelIds, userId }: Filled, conversations: number): readonly (readonly [statement: string, values: readonly unknown[]])[] => [
  [
    `INSERT INTO conversation_read (conversation_id, user_id, workspace_id, read_at) SELECT c.id, $2, $1, c.last_message_at FROM conversation c WHERE c.workspace_id = $1 AND hashtext(c.external_id) % 10 <> 0`,
    [workspaceId, userId],
  ],
  [
    `INSERT INTO conversation_label (conversation_id, label_id, workspace_id, last_message_at)
   SELECT c.id, ($2::uuid[])[1 + abs(hashtext(c.external_id || x)) % ${LABELS}], $1, c.last_message_at FROM conversation c, generate_series(1, 2) x WHERE c.workspace_id = $1 AND abs(hashtext(c.external_id)) % 10 < 3 ON CONFLICT DO NOTHING`,
    [workspaceId, labelIds],
  ],
  [
    `INSERT INTO note (id, workspace_id, conversation_id, author_id, text, created_at)
   SELECT gen_random_uuid(), $1, c.id, $2, 'Покупатель просит скидку, проверить ' || c.order_number, c.last_message_at FROM conversation c WHERE c.workspace_id = $1 AND abs(hashtext(c.external_id)) % 20 = 1`,
    [workspaceId, userId],
  ],
  [
    `INSERT INTO note_mention (note_id, user_id, workspace_id, conversation_id, created_at) SELECT n.id, $2, $1, n.conversation_id, n.created_at FROM note n WHERE n.workspace_id = $1 AND abs(hashtext(n.id::text)) % 100 = 1`,
    [workspaceId, userId],
  ],
  [
    `INSERT INTO draft (conversation_id, user_id, workspace_id, kind, text, updated_at) SELECT c.id, $2, $1, 'reply', 'черновик', now() FROM conversation c WHERE c.workspace_id = $1 ORDER BY c.last_message_at DESC LIMIT 30`,
    [workspaceId, userId],
  ],
  [
    `UPDATE conversation c SET merged_into_id = ${idOf("c", "(n + 1)")} FROM generate_series(100, $2::bigint - 1, 100) n WHERE c.workspace_id = $1 AND c.id = ${idOf("c", "n")}`,
    [workspaceId, conversations],
  ],
];

async function fillHouse(client: PoolClient): Promise<Filled & { readonly organizationId: string; readonly people: readonly string[] }> {
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  const [people, teamIds, labelIds, connectionIds] = [ids(PEOPLE), ids(TEAMS), ids(LABELS), ids(CONNECTORS.length)];
  const userId = people[0] ?? "";
  await client.query("INSERT INTO workspace (id, name) VALUES ($1, 'Bench')", [workspaceId]);
  await client.query("INSERT INTO organization (id, workspace_id, name) VALUES ($1, $2, 'Bench LLC')", [organizationId, workspaceId]);
  await client.query(`INSERT INTO "user" (id, email, name, password_hash) SELECT p, p || '@example.test', 'Person ' || p, 'none' FROM unnest($1::uuid[]) p`, [
    people,
  ]);
  await client.query("INSERT INTO membership (id, workspace_id, user_id, role) SELECT gen_random_uuid(), $1, p, 'operator' FROM unnest($2::uuid[]) p", [
    workspaceId,
    people,
  ]);
  await client.query("INSERT INTO team (id, workspace_id, name) SELECT t, $1, 'Team ' || t FROM unnest($2::uuid[]) t", [workspaceId, teamIds]);
  await client.query("INSERT INTO team_member (team_id, user_id, workspace_id) SELECT t, $3, $1 FROM unnest($2::uuid[]) t", [
    workspaceId,
    teamIds.slice(0, 2),
    userId,
  ]);
  await client.query("INSERT INTO label (id, workspace_id, name, color) SELECT l, $1, 'Label ' || l, 'blue' FROM unnest($2::uuid[]) l", [
    workspaceId,
    labelIds,
  ]);
  await client.query(
    `INSERT INTO connection (id, workspace_id, organization_id, connector_id, name, updated_at) SELECT x.id, $1, $2, x.connector, 'Shop ' || x.id, now() FROM unnest($3::uuid[], $4::text[]) AS x(id, connector)`,
    [workspaceId, organizationId, connectionIds, CONNECTORS],
  );
  await client.query(
    `INSERT INTO product (id, workspace_id, connection_id, external_id, sku, name, updated_at)
     SELECT gen_random_uuid(), $1, k, 'p' || n, 'SKU-' || n, ${oneOf(PRODUCTS, "n", "name")} || ' Karavan ' || n, now() FROM unnest($2::uuid[]) k, generate_series(1, ${SKUS}) n`,
    [workspaceId, connectionIds],
  );
  return { workspaceId, organizationId, connectionIds, userId, teamIds, labelIds, people };
}

/** Two connections share the portions: the server makes the words of the texts on two cores. */
async function inPortions(from: number, write: (client: PoolClient, high: number, low: number) => Promise<unknown>): Promise<void> {
  let next = from;
  const worker = async () => {
    const client = await pool.connect();
    try {
      await client.query("SET synchronous_commit = off");
      await client.query("SET session_replication_role = replica");
      while (next > 0) {
        const high = next;
        next -= PORTION;
        await write(client, high, Math.max(high - PORTION + 1, 1));
      }
      await client.query("RESET ALL");
    } finally {
      client.release();
    }
  };
  await Promise.all([worker(), worker()]);
}

/** Rows as a busy team has them, on average five messages a conversation. @param say told what is done, and how long it took. */
export async function fillInbox(conversations: number, say: (step: string) => void): Promise<Filled> {
  const client = await pool.connect();
  try {
    const house = await fillHouse(client);
    const { workspaceId, organizationId, connectionIds, people, teamIds } = house;
    await client.query("SET session_replication_role = replica");
    await withoutIndexes(client, ["conversation", "message", "note", "conversation_label", "conversation_read"], async () => {
      await inPortions(conversations, (one, high, low) =>
        one.query(CONVERSATIONS, [workspaceId, organizationId, connectionIds, people, conversations, teamIds, high, low]),
      );
      say("conversations");
      await inPortions(conversations, (one, high, low) => one.query(MESSAGES, [workspaceId, connectionIds, JSON.stringify(SENTENCES), high, low]));
      say("messages");
    });
    say("indexes");
    for (const [statement, values] of around(house, conversations)) await client.query(statement, [...values]);
    await client.query("RESET ALL");
    for (const table of ["conversation", "message", "conversation_read", "conversation_label", "note", "note_mention", "draft", "product"])
      await client.query(`VACUUM ANALYZE ${table}`);
    say("the rest");
    return house;
  } finally {
    client.release();
  }
}
