import { newId } from "@/lib/ids";
import { storableJson } from "@/lib/storable-json";
import { env } from "./env";
import { AppError } from "./errors";
import type { Tx } from "./transaction";

export { defineEvent } from "./event-definition";

/** What `definition.create(data, { id, ts })` makes. */
export interface NewEvent {
  readonly name: string;
  readonly data?: unknown;
  /** The sender's own id: the same id never starts the same function twice within 24 hours. */
  readonly id?: string | undefined;
  /** Milliseconds since 1970; in the future it delays the start of the runs. */
  readonly ts?: number | undefined;
  readonly v?: string | undefined;
  readonly validate?: (() => Promise<void>) | undefined;
}

/**
 * Writes events in the caller's transaction: they exist exactly when its rows do. With ENGINE=embedded the same transaction
 * queues their routing; with ENGINE=inngest the worker's drain sends them once it is committed.
 * @throws AppError `event.invalid` when a payload does not match its definition.
 */
export async function emit(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const batch = await Promise.all(events.map(eventRow));
  await tx.$queryRaw`SELECT engine_emit(${storableJson(batch)}::json, ${routesHere()})::text`;
}

/** An event as `engine_emit` takes it. */
export interface EventRow {
  readonly id: string;
  readonly ext_id: string | undefined;
  readonly name: string;
  readonly data: unknown;
  readonly version: string | undefined;
  readonly ts: string | undefined;
}

/** For a statement that emits by itself, with the rows it writes. @throws AppError as `emit` does. */
export async function eventRow(event: NewEvent): Promise<EventRow> {
  await check(event);
  return {
    id: newId(),
    ext_id: event.id,
    name: event.name,
    data: event.data ?? {},
    version: event.v,
    ts: event.ts === undefined ? undefined : new Date(event.ts).toISOString(),
  };
}

/** The second argument of `engine_emit`: whether the embedded engine routes the events. */
export const routesHere = () => env.ENGINE === "embedded";

async function check(event: NewEvent): Promise<void> {
  try {
    await event.validate?.();
  } catch (error) {
    throw new AppError("event.invalid", { params: { name: event.name }, cause: error });
  }
}
