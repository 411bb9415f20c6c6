import { env } from "./env";
import { LiveHub } from "./live-hub";
import type { Scope, Tx } from "./transaction";

/** What a browser is told: something under `topic` changed. It carries no data; the page asks for what it shows. */
export interface LiveEvent {
  readonly workspaceId: string;
  /** e.g. `conversation`, `sync-run`; `resync` = events may have been missed, load everything shown anew. */
  readonly topic: string;
  readonly id?: string | undefined;
}

export const RESYNC = "resync";
export const LIVE_CHANNEL = "karavan_live";
/** Beyond this many a page reads its list again instead of every single thing on it. */
const SINGLY = 20;
/** PostgreSQL refuses larger notifications. */
const MOST_BYTES = 7_999;

/**
 * Announces changes from inside the caller's transaction: delivered after its commit, never after a rollback.
 * @throws RangeError when an event does not fit a notification; events carry ids, not data.
 */
export async function publish(tx: Tx, ...events: readonly LiveEvent[]): Promise<void> {
  const payloads = events.map((event) => JSON.stringify(event));
  if (payloads.some((payload) => Buffer.byteLength(payload) > MOST_BYTES)) throw new RangeError("a live event carries ids, not data");
  if (payloads.length > 0) await tx.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, payload) FROM unnest(${payloads}::text[]) AS p(payload)`;
}

/** Tells, when the transaction commits, which things under a topic changed; without an id where many did: read the list again. */
export async function publishChanged({ db, workspaceId }: Scope, topic: string, changedIds: readonly string[]): Promise<void> {
  const ids = [...new Set(changedIds)];
  if (ids.length > SINGLY) await publish(db, { workspaceId, topic });
  else await publish(db, ...ids.map((id) => ({ workspaceId, topic, id })));
}

/** In development Next reloads modules; the one listening connection lives on globalThis like the pool. */
const holder = globalThis as typeof globalThis & { __karavanLive?: LiveHub };

function hub(): LiveHub {
  holder.__karavanLive ??= new LiveHub(env.DATABASE_URL, LIVE_CHANNEL);
  return holder.__karavanLive;
}

/**
 * Changes of one workspace from now on, until `signal` aborts: the first at once, those of a burst together. Whenever events may have been missed (the listening
 * connection was lost, this reader was too slow) a `resync` event takes their place.
 */
export function subscribe(workspaceId: string, signal: AbortSignal): AsyncIterable<readonly LiveEvent[]> {
  return hub().subscribe(workspaceId, signal);
}

/** Closes the listening connection and ends every subscription. For the end of a process. */
export async function closeLive(): Promise<void> {
  await holder.__karavanLive?.close();
  delete holder.__karavanLive;
}
