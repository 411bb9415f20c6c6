import { type EventRow, routesHere } from "@/server/platform/events";
import type { Prisma } from "@/server/platform/generated/client";
import type { Scope, Tx } from "@/server/platform/transaction";
import type { ListDeliveriesInput } from "../schema";

export type DeliveryRow = Prisma.DeliveryGetPayload<object>;

export interface NewDelivery {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly system: string;
  readonly dedupeKey: string;
  readonly eventType: string;
  readonly subPath: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly sourceIp: string | null;
  readonly receivedAt: Date;
  /** What the door knew of the connection when it accepted; stored only while all of it is still true. */
  readonly seen: SeenConnection;
}

/** With the event that starts its processing, under the id it will have; of several of one connection, one event tells. */
export interface NamedDelivery extends NewDelivery {
  readonly id: string;
  readonly event: EventRow;
}

export interface SeenConnection {
  readonly accountRef: string | null;
  /** Null where one address serves everybody. */
  readonly tokenHash: string | null;
  /** Null where no credentials were needed. */
  readonly credentialVersion: number | null;
}

export interface StoredDelivery {
  readonly connectionId: string;
  readonly dedupeKey: string;
}

/** One delivery a connection and dedupe key. */
export const keyOfDelivery = ({ connectionId, dedupeKey }: { connectionId: string; dedupeKey: string }) => `${connectionId} ${dedupeKey}`;

/**
 * The permanent dedupe ledger: the first delivery of a key is stored with its event, every repeat only counted, within this call
 * too; all of it in one statement, which is one round trip and one commit. While a run is on its way to a connection (its bell
 * is rung) no other is sent for; where that run is just taking what waits, one is. Doors share the bell, and wait for nobody.
 * Runs outside any workspace, because one call carries pushes of many; each row names its own. What the door remembered is
 * checked again here, in the statement that stores: an address, key or account that ended a moment ago lets nothing in.
 * @returns one entry a key, in no order; a key whose connection is no longer what the door saw is missing.
 */
export async function putDeliveries(tx: Pick<Tx, "$queryRaw">, deliveries: readonly NamedDelivery[]): Promise<StoredDelivery[]> {
  const byKey = new Map<string, { delivery: NamedDelivery; times: number }>();
  for (const delivery of deliveries) {
    const key = keyOfDelivery(delivery);
    const known = byKey.get(key);
    byKey.set(key, { delivery: known?.delivery ?? delivery, times: (known?.times ?? 0) + 1 });
  }
  // In one order everywhere, so that two processes with the same repeats never wait for each other in a circle.
  const entries = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = entries.map(([, { delivery, times }]) => ({
    ...delivery,
    ...delivery.seen,
    times,
    body: Buffer.from(delivery.body).toString("base64"),
  }));
  return tx.$queryRaw<StoredDelivery[]>`
    WITH given AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "workspaceId" uuid, "connectionId" uuid, system text, "dedupeKey" text, "eventType" text,
        "subPath" text, headers jsonb, body text, "sourceIp" text, "receivedAt" timestamptz, times integer, "accountRef" text, "tokenHash" text, "credentialVersion" integer, event jsonb)
    ), stored AS (
    INSERT INTO delivery (id, workspace_id, connection_id, system, dedupe_key, event_type, sub_path, headers, body, source_ip, received_at, repeats)
    SELECT r.id, r."workspaceId", r."connectionId", r.system, r."dedupeKey", r."eventType", r."subPath", r.headers, decode(r.body, 'base64'), r."sourceIp", r."receivedAt", r.times - 1
    FROM given r
    JOIN connection c ON c.id = r."connectionId" AND c.workspace_id = r."workspaceId" AND c.removed_at IS NULL AND c.account_ref IS NOT DISTINCT FROM r."accountRef"
    WHERE (r."tokenHash" IS NULL OR c.webhook_token_hash = r."tokenHash"
        OR EXISTS (SELECT 1 FROM webhook_test t WHERE t.token_hash = r."tokenHash" AND t.connection_id = c.id AND t.expires_at > now()))
      AND (r."credentialVersion" IS NULL
        OR EXISTS (SELECT 1 FROM connection_credential k WHERE k.connection_id = c.id AND k.version = r."credentialVersion"))
    ON CONFLICT (connection_id, dedupe_key) DO UPDATE SET repeats = delivery.repeats + EXCLUDED.repeats + 1
    RETURNING id, connection_id AS "connectionId", dedupe_key AS "dedupeKey", (xmax = 0) AS is_new
    ), bell AS MATERIALIZED (
      SELECT b.connection_id, b.is_rung FROM delivery_bell b WHERE b.connection_id IN (SELECT r."connectionId" FROM given r) FOR SHARE SKIP LOCKED
    ), due AS MATERIALIZED (
      SELECT given."connectionId", jsonb_set((array_agg(given.event ORDER BY given.id))[1], '{data,deliveryIds}', jsonb_agg(given.id ORDER BY given.id)) AS event
      FROM given JOIN stored ON stored.id = given.id
      WHERE stored.is_new AND given."connectionId" NOT IN (SELECT bell.connection_id FROM bell WHERE bell.is_rung) GROUP BY given."connectionId"
    ), ours AS MATERIALIZED (
      SELECT b.connection_id FROM delivery_bell b JOIN due ON due."connectionId" = b.connection_id FOR NO KEY UPDATE OF b SKIP LOCKED
    ), rung AS (
      UPDATE delivery_bell b SET is_rung = true FROM ours WHERE b.connection_id = ours.connection_id
    ), told AS (
      SELECT engine_emit(json_agg(due.event), ${routesHere()})::text AS done FROM due HAVING count(*) > 0
    )
    SELECT stored."connectionId", stored."dedupeKey", told.done FROM stored LEFT JOIN told ON true`;
}

export async function findDelivery({ workspaceId, db }: Scope, id: string): Promise<DeliveryRow | null> {
  return db.delivery.findFirst({ where: { id, workspaceId } });
}

export async function findDeliveryByKey(
  { workspaceId, db }: Scope,
  connectionId: string,
  dedupeKey: string,
): Promise<{ id: string; status: string; errorCode: string | null } | null> {
  return db.delivery.findFirst({ where: { workspaceId, connectionId, dedupeKey }, select: { id: true, status: true, errorCode: true } });
}

export async function listDeliveryRows({ workspaceId, db }: Scope, input: ListDeliveriesInput): Promise<Omit<DeliveryRow, "body" | "headers">[]> {
  return db.delivery.findMany({
    where: {
      workspaceId,
      ...(input.connectionId === undefined ? {} : { connectionId: input.connectionId }),
      ...(input.status === undefined ? {} : { status: input.status }),
      ...(input.before === undefined ? {} : { receivedAt: { lt: input.before } }),
    },
    omit: { body: true, headers: true },
    orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
    take: input.limit,
  });
}

/** Opens deliveries for another try, each for a burst of its own, whatever became of them. @returns those that are there. */
export async function reopenDeliveries({ workspaceId, db }: Scope, ids: readonly string[]): Promise<{ id: string; connectionId: string; burstId: string }[]> {
  // A new name each: under its own id others may still be a burst that it was the first of.
  return db.$queryRaw`
    UPDATE delivery SET status = 'stored', burst_id = gen_random_uuid(), error_code = NULL, error_text = NULL
    WHERE id = ANY(${[...ids]}::uuid[]) AND workspace_id = ${workspaceId}::uuid
    RETURNING id, connection_id AS "connectionId", burst_id AS "burstId"`;
}

export async function reopenDelivery(scope: Scope, id: string): Promise<boolean> {
  return (await reopenDeliveries(scope, [id])).length === 1;
}

/** The oldest deliveries of a connection that wait for a person. */
export async function listDead({ workspaceId, db }: Scope, connectionId: string, limit: number): Promise<string[]> {
  const rows = await db.delivery.findMany({
    where: { workspaceId, connectionId, status: "dead" },
    select: { id: true },
    orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
    take: limit,
  });
  return rows.map(({ id }) => id);
}
