import { newId } from "@/lib/ids";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, invalid, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { publish } from "@/server/platform/live";
import { logger } from "@/server/platform/logger";
import { inSystem, inWorkspace, type Scope } from "@/server/platform/transaction";
import { type ConnectionRow, findConnection } from "../connections/connection.repository";
import type { Actor } from "../connections/credentials";
import { requireConnector } from "../connections/find-connector";
import { type Connector, isConversationStream, type StreamDescriptor, type StreamId } from "../contract/connector";
import type { DateWindow } from "../contract/ports";
import { runRequested } from "../events";
import { streamIdSchema } from "../schema";
import { DEFAULT_WINDOW_DAYS, lastDays, nextDue, type RunPosition, type StreamPosition, scheduledWindow } from "./rules";
import { endRun, findRun, insertRun, OPEN_STATES, type RunRow } from "./run.repository";
import { type DueStream, dueStreams, lockStream, positionOf, stalledRuns, updateStream, writePosition } from "./stream.repository";

export type Trigger = "schedule" | "manual" | "push" | "replay";

interface RunRequest {
  readonly stream: StreamId;
  readonly trigger: Trigger;
  /** Asked for by a person; such a run leaves the stream's own checkpoint alone. */
  readonly window?: DateWindow | undefined;
  readonly requestedBy?: string | undefined;
}

export interface SyncChance {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

const CHANCE: SyncChance = { clock: systemClock, random: Math.random };

/**
 * Queues one run of a stream unless one is open; the stream's row lock makes that check sound. The event that starts the run
 * is written in the same transaction.
 * @returns the new run, or the open one with `existing`.
 * @throws AppError `connection.unknown_stream`.
 */
export async function queueRun(
  scope: Scope,
  connection: ConnectionRow,
  request: RunRequest,
  chance: SyncChance = CHANCE,
): Promise<{ run: RunRow; existing: boolean }> {
  const connector = requireConnector(connection.connectorId);
  const descriptor = connector.streams.find((entry) => entry.id === request.stream);
  const stream = await lockStream(scope, connection.id, request.stream);
  if (descriptor === undefined || stream === null) throw invalid("connection.unknown_stream", { stream: request.stream });
  const last = stream.lastRunId === null ? null : await findRun(scope, stream.lastRunId);
  const now = chance.clock.now();
  const nextDueAt = nextDue(now, stream.intervalSeconds, descriptor.minIntervalSeconds, chance.random());
  if (last !== null && OPEN_STATES.some((state) => state === last.status)) {
    if (request.trigger === "schedule") await updateStream(scope, stream.id, { nextDueAt });
    return { run: last, existing: true };
  }
  const { committed } = positionOf(stream);
  const window = request.window ?? ownWindow(connector, descriptor, committed, now);
  const run = await insertRun(scope, {
    id: newId(),
    connectionId: connection.id,
    stream: request.stream,
    trigger: request.trigger,
    requestedBy: request.requestedBy ?? null,
    windowFrom: window?.from ?? null,
    windowTo: window?.to ?? null,
    queuedAt: now,
  });
  const place: RunPosition = {
    id: run.id,
    chunk: 0,
    failures: 0,
    commits: request.window === undefined,
    ...(window === undefined ? {} : { window: { from: window.from.toISOString(), to: window.to.toISOString() } }),
  };
  const position: StreamPosition = { ...(committed === undefined ? {} : { committed }), run: place };
  await writePosition(scope, stream.id, position, now);
  await updateStream(scope, stream.id, { lastRunId: run.id, nextDueAt });
  await emit(scope.db, [runRequested.create({ workspaceId: scope.workspaceId, runId: run.id, connectionId: connection.id, stream: request.stream })]);
  await publish(scope.db, { workspaceId: scope.workspaceId, topic: "connections", id: connection.id });
  return { run, existing: false };
}

/**
 * The window a run takes when nobody named one. Catalogues have none, chats need one only until they have a checkpoint. Orders have none
 * either: to their connectors a window is a person's wish, which moves no checkpoint, and what a first run is to bring they know best.
 */
function ownWindow(connector: Connector, descriptor: StreamDescriptor, committed: StreamPosition["committed"], now: Date): DateWindow | undefined {
  if (descriptor.id === "products" || descriptor.id === "orders") return undefined;
  if (isConversationStream(descriptor.id)) return committed === undefined ? lastDays(now, DEFAULT_WINDOW_DAYS) : undefined;
  const until = committed?.["until"];
  return scheduledWindow(now, typeof until === "string" ? new Date(until) : null, connector.sales?.rereadDays ?? 0);
}

export interface SyncNowInput {
  readonly id: string;
  readonly streams: readonly StreamId[];
  readonly window?: DateWindow | undefined;
}

/**
 * "Sync now", for people. A run that is already open is given back as it is, unless a window was asked for.
 * @throws AppError `connection.not_found` | `connection.paused` | `connection.unknown_stream` | `sync.already_running`.
 */
export async function syncNow(workspaceId: string, input: SyncNowInput, actor: Actor, chance: SyncChance = CHANCE): Promise<RunRow[]> {
  return inWorkspace(workspaceId, async (scope) => {
    const connection = await findConnection(scope, input.id);
    if (connection === null) throw notFound("connection.not_found");
    if (!connection.isActive) throw conflict("connection.paused");
    const runs: RunRow[] = [];
    for (const stream of new Set(input.streams)) {
      const { run, existing } = await queueRun(scope, connection, { stream, trigger: "manual", window: input.window, requestedBy: actor.id }, chance);
      if (existing && input.window !== undefined) throw conflict("sync.already_running", { stream });
      runs.push(run);
    }
    return runs;
  });
}

const PLAN_BATCH = 500;
const STALLED_AFTER_MS = 3_600_000;
/** Crons are never exact: what is due within this time is due. */
const TOLERANCE_MS = 2_000;

/**
 * Queues a run for every stream whose time has come, in any workspace; called every half minute. Streams that fail to be
 * queued do not keep others waiting.
 * @returns how many runs were queued and how many abandoned runs were closed.
 */
export async function planDueStreams(chance: SyncChance = CHANCE): Promise<{ queued: number; closed: number }> {
  const now = chance.clock.now();
  const stalled = await inSystem((tx) => stalledRuns(tx, new Date(now.getTime() - STALLED_AFTER_MS)));
  for (const { workspaceId, runId } of stalled) {
    await inWorkspace(workspaceId, (scope) => endRun(scope, runId, { status: "failed", at: now, errorCode: "sync.stalled" }));
  }
  const due = await inSystem((tx) => dueStreams(tx, new Date(now.getTime() + TOLERANCE_MS), PLAN_BATCH));
  let queued = 0;
  for (const entry of due) {
    if (await queueDue(entry, chance)) queued += 1;
  }
  return { queued, closed: stalled.length };
}

async function queueDue(due: DueStream, chance: SyncChance): Promise<boolean> {
  try {
    return await inWorkspace(due.workspaceId, async (scope) => {
      const connection = await findConnection(scope, due.connectionId);
      if (connection === null || !connection.isActive) return false;
      const { existing } = await queueRun(scope, connection, { stream: streamIdSchema.parse(due.stream), trigger: "schedule" }, chance);
      return !existing;
    });
  } catch (error) {
    // One broken row (a connector that was taken out, a stream it no longer has) must not stop everybody's syncing.
    logger.error({ err: error, connectionId: due.connectionId, stream: due.stream }, "a due stream could not be queued");
    return false;
  }
}
