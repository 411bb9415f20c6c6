import { storableJson } from "@/lib/storable-json";
import type { WireEvent } from "../protocol";
import type { Queryable } from "./transaction";

/** An event to store. `extId` is the sender's own id, `ts` milliseconds since 1970. */
export interface NewEvent {
  readonly id: string;
  readonly extId?: string | undefined;
  readonly name: string;
  readonly data: unknown;
  readonly version?: string | undefined;
  readonly ts?: number | undefined;
}

/** Stores events and queues their routing, in the caller's transaction. An id that is already there changes nothing. */
export async function insertEvents(db: Queryable, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const batch = events.map((event) => ({
    id: event.id,
    ext_id: event.extId,
    name: event.name,
    data: event.data ?? {},
    version: event.version,
    ts: event.ts === undefined ? undefined : new Date(event.ts).toISOString(),
  }));
  await db.query({ name: "engine-emit", text: "SELECT engine_emit($1::json, true)", values: [storableJson(batch)] });
}

interface EventRow {
  id: string;
  ext_id: string | null;
  name: string;
  data: unknown;
  version: string | null;
  ts: Date;
}

export interface StoredEvent {
  readonly internalId: string;
  readonly extId: string | undefined;
  readonly wire: WireEvent;
}

function toStored(row: EventRow): StoredEvent {
  const wire: WireEvent = { id: row.ext_id ?? row.id, name: row.name, data: row.data, ts: row.ts.getTime() };
  return {
    internalId: row.id,
    extId: row.ext_id ?? undefined,
    wire: row.version === null ? wire : { ...wire, v: row.version },
  };
}

/** Takes an event for routing; undefined when it was routed before. */
export async function claimEvent(db: Queryable, id: string): Promise<StoredEvent | undefined> {
  const { rows } = await db.query<EventRow>({
    name: "engine-claim-event",
    text: "UPDATE engine_event SET handled_at = now() WHERE id = $1 AND handled_at IS NULL RETURNING id, ext_id, name, data, version, ts",
    values: [id],
  });
  return rows[0] === undefined ? undefined : toStored(rows[0]);
}

const EVENT = "id, ext_id, name, data, version, ts";

export type UnroutedEvent = StoredEvent & { readonly awaited: boolean };

/** Those of the events that are not routed yet, and whether some step waits for one of their name. */
export async function peekEvents(db: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, UnroutedEvent>> {
  const { rows } = await db.query<EventRow & { awaited: boolean }>({
    name: "engine-peek-events",
    text: `SELECT ${EVENT}, EXISTS (SELECT 1 FROM engine_wait w WHERE w.event_name = e.name) AS awaited
      FROM engine_event e WHERE id = ANY($1::text[]) AND handled_at IS NULL`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, { ...toStored(row), awaited: row.awaited }]));
}

export async function readEvent(db: Queryable, id: string): Promise<StoredEvent | undefined> {
  const { rows } = await db.query<EventRow>(`SELECT ${EVENT} FROM engine_event WHERE id = $1`, [id]);
  return rows[0] === undefined ? undefined : toStored(rows[0]);
}
