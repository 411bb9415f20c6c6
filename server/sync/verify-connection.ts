import { setTimeout as sleep } from "node:timers/promises";
import { isConversationStream, type StreamId } from "@/server/integrations/contract/connector";
import { ConnectorError } from "@/server/integrations/contract/errors";
import type { Cursor, DateWindow, PullPage } from "@/server/integrations/contract/ports";
import { type OpenConnection, openConnection } from "@/server/integrations/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { inWorkspace } from "@/server/platform/transaction";
import { findHeld, findSetAside, type VerifiedKind } from "./verify.repository";

const DAY_MS = 86_400_000;
/** Names of what is missing that are told; the count is whole. */
const NAMED = 20;
/** A source that never ends is no source. */
const LONGEST_WAIT_MS = 180_000;
const MOST_WAITS = 5;
const MOST_PAGES = 5_000;

export interface StreamVerdict {
  readonly stream: StreamId;
  /** Records the service told of. */
  readonly source: number;
  readonly held: number;
  /** Not applied, but waiting for a person among the records set aside. */
  readonly setAside: number;
  readonly missing: number;
  /** The first of the missing, as "<kind> <the service's id>". */
  readonly examples: readonly string[];
  /** Why the service could not be asked; the figures then say nothing. */
  readonly errorCode: string | null;
}

interface Found {
  readonly kind: VerifiedKind;
  readonly id: string;
  readonly at: Date | null;
}

/**
 * Asks the service anew, as if nothing were known, and looks each record up: everything it tells of must be held, or wait among
 * the records set aside. Changes nothing.
 *
 * @param days how far back; messages older than that are not counted.
 * @throws AppError `connection.not_found` and what opening a connection throws.
 */
export async function verifyConnection(workspaceId: string, connectionId: string, days: number, clock: Clock = systemClock): Promise<StreamVerdict[]> {
  const open = await inWorkspace(workspaceId, (scope) => openConnection(scope, connectionId, clock));
  const now = clock.now();
  const window = { from: new Date(now.getTime() - days * DAY_MS), to: now };
  const verdicts: StreamVerdict[] = [];
  for (const { id: stream } of open.connector.streams) verdicts.push(await verifyStream(workspaceId, open, stream, window));
  return verdicts;
}

async function verifyStream(workspaceId: string, open: OpenConnection, stream: StreamId, window: DateWindow): Promise<StreamVerdict> {
  const sum = { source: 0, held: 0, setAside: 0, missing: 0 };
  const examples: string[] = [];
  try {
    for await (const page of pages(open, stream, window)) {
      const found = page.filter(({ at }) => at === null || at >= window.from);
      sum.source += found.length;
      for (const [kind, ids] of byKind(found)) {
        const { held, setAside } = await inWorkspace(workspaceId, async (scope) => ({
          held: await findHeld(scope, kind, open.connection.id, ids),
          setAside: await findSetAside(scope, kind, open.connection.id, ids),
        }));
        const missing = ids.filter((id) => !held.has(id) && !setAside.has(id));
        sum.held += ids.filter((id) => held.has(id)).length;
        sum.setAside += ids.filter((id) => !held.has(id) && setAside.has(id)).length;
        sum.missing += missing.length;
        examples.push(...missing.slice(0, NAMED - examples.length).map((id) => `${kind} ${id}`));
      }
    }
    return { stream, ...sum, examples, errorCode: null };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { stream, ...sum, examples, errorCode: error.code };
  }
}

function byKind(found: readonly Found[]): Map<VerifiedKind, string[]> {
  const groups = new Map<VerifiedKind, string[]>();
  for (const { kind, id } of found) groups.set(kind, [...(groups.get(kind) ?? []), id]);
  return groups;
}

/** Every page of a stream from its beginning; what the mapper could not understand is not the source's record but already set aside. */
async function* pages(open: OpenConnection, stream: StreamId, window: DateWindow): AsyncGenerator<Found[]> {
  let cursor: Cursor | undefined;
  for (let turn = 0; turn < MOST_PAGES; turn += 1) {
    const page = await patiently(() => pull(open, stream, window, cursor));
    if (page === null) return;
    yield page.found;
    cursor = page.next;
    if (cursor === undefined) return;
  }
}

/** A service that asks us to come back soon (its pace, a report still being made) is waited for: nobody continues this later. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await work();
    } catch (error) {
      const waitMs = error instanceof ConnectorError && error.kind === "rate-limited" ? error.retryAfterMs : undefined;
      if (waitMs === undefined || waitMs > LONGEST_WAIT_MS || waits >= MOST_WAITS) throw error;
      await sleep(waitMs);
    }
  }
}

async function pull(
  open: OpenConnection,
  stream: StreamId,
  window: DateWindow,
  from: Cursor | undefined,
): Promise<{ found: Found[]; next: Cursor | undefined } | null> {
  const { connector, context } = open;
  const cursor = from === undefined ? {} : { cursor: from };
  const told = <R>(page: PullPage<R>, find: (record: R) => Found[]) => ({ found: page.records.flatMap(find), next: page.next });
  if (isConversationStream(stream) && connector.messaging !== undefined) {
    const page = await connector.messaging.pull(context, { stream, window, ...cursor, knownHeads: async () => new Map(), knownClosed: async () => new Set() });
    return told(page, ({ externalId, createdAt, messages }) => [
      { kind: "conversation", id: externalId, at: messages.at(-1)?.sentAt ?? createdAt },
      ...messages.map((message): Found => ({ kind: "message", id: message.externalId, at: message.sentAt })),
    ]);
  }
  if (stream === "sales" && connector.sales !== undefined)
    return told(await connector.sales.pull(context, { window, ...cursor }), ({ externalId }) => [{ kind: "sale", id: externalId, at: null }]);
  if (stream === "products" && connector.catalog !== undefined)
    return told(await connector.catalog.pull(context, cursor), ({ externalId }) => [{ kind: "product", id: externalId, at: null }]);
  if (stream === "orders" && connector.orders !== undefined)
    return told(await connector.orders.pull(context, { window, ...cursor }), ({ externalId }) => [{ kind: "order", id: externalId, at: null }]);
  return null;
}
