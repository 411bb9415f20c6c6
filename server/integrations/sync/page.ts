import { AppError } from "@/server/platform/errors";
import { publish } from "@/server/platform/live";
import type { Scope } from "@/server/platform/transaction";
import { type ConnectionRow, findConnection, writeHealth } from "../connections/connection.repository";
import { requireConnector } from "../connections/find-connector";
import { healthAfterSuccess } from "../connections/rules";
import type { StreamId } from "../contract/connector";
import type { Cursor, DateWindow, PullPage } from "../contract/ports";
import { healthStateSchema, type RunStatus, streamIdSchema } from "../schema";
import { addsUp, cutWindow, type PageCounts, type RunPosition, type StreamPosition } from "./rules";
import { addPages, addWarnings, endRun, lockRun, OPEN_STATES, type RunRow, startRun } from "./run.repository";
import { lockStream, positionOf, type StreamRow, updateStream, writePosition } from "./stream.repository";

/** Everything one worker needs to pull the next page of a run, and the page number that fences its result. */
export interface PageTicket {
  readonly runId: string;
  readonly stream: StreamId;
  readonly connection: ConnectionRow;
  readonly page: number;
  readonly cursor?: Cursor | undefined;
  readonly checkpoint?: Cursor | undefined;
  /** The piece of the run's window this page belongs to. */
  readonly window?: DateWindow | undefined;
}

interface OpenRun {
  readonly run: RunRow;
  readonly stream: StreamRow;
  readonly position: StreamPosition;
  readonly place: RunPosition;
}

/** Locks stream, then run, always in this order. Null when the run is over or another run has taken its place. */
async function lockOpenRun(scope: Scope, connectionId: string, streamId: string, runId: string): Promise<OpenRun | null> {
  const stream = await lockStream(scope, connectionId, streamId);
  const run = await lockRun(scope, runId);
  if (stream === null || run === null || !OPEN_STATES.some((state) => state === run.status)) return null;
  const position = positionOf(stream);
  return position.run?.id === run.id ? { run, stream, position, place: position.run } : null;
}

/**
 * Starts the run if it is still queued and hands out its next page.
 * @returns null when there is nothing to do: the run has ended, was cancelled, or its connection is gone.
 */
export async function takePage(
  scope: Scope,
  run: { readonly runId: string; readonly connectionId: string; readonly stream: string },
  now: Date,
): Promise<PageTicket | null> {
  const open = await lockOpenRun(scope, run.connectionId, run.stream, run.runId);
  if (open === null) return null;
  const connection = await findConnection(scope, run.connectionId);
  if (connection === null) {
    await endRun(scope, run.runId, { status: "cancelled", at: now, errorCode: "connection.removed" });
    return null;
  }
  if (open.run.status === "queued") {
    await startRun(scope, run.runId, now);
    await announce(scope, connection.id);
  }
  const { place, position } = open;
  const window = piecesOf(connection, run.stream, place)[place.chunk];
  return {
    runId: run.runId,
    stream: streamIdSchema.parse(run.stream),
    connection,
    page: open.run.pages,
    ...(place.cursor === undefined ? {} : { cursor: place.cursor }),
    ...(place.commits && position.committed !== undefined ? { checkpoint: position.committed } : {}),
    ...(window === undefined ? {} : { window }),
  };
}

function piecesOf(connection: ConnectionRow, stream: string, place: RunPosition): DateWindow[] {
  if (place.window === undefined) return [];
  const window = { from: new Date(place.window.from), to: new Date(place.window.to) };
  const maxDays = stream === "sales" ? requireConnector(connection.connectorId).sales?.maxWindowDays : undefined;
  return maxDays === undefined ? [window] : cutWindow(window, maxDays);
}

/** Held from the moment the fence was checked until the transaction ends. */
export interface PageLock {
  readonly open: OpenRun;
  readonly ticket: PageTicket;
}

/**
 * The first statement of the transaction that stores a page. Null when somebody else stored this page or ended the run:
 * what was pulled is then dropped, the source still has it.
 */
export async function lockPage(scope: Scope, ticket: PageTicket): Promise<PageLock | null> {
  const open = await lockOpenRun(scope, ticket.connection.id, ticket.stream, ticket.runId);
  return open === null || open.run.status !== "running" || open.run.pages !== ticket.page ? null : { open, ticket };
}

export interface PageResult {
  readonly counts: PageCounts;
  readonly page: Pick<PullPage<unknown>, "next" | "checkpoint" | "progress" | "warnings">;
  /** How many of the service's pages these are. */
  readonly pages: number;
}

/**
 * Counts the page (or several as one) and moves the position, in the transaction that holds its rows.
 * @returns whether the run is done, and how it ended.
 * @throws AppError `sync.counts_do_not_add_up`: the page is rolled back with everything it wrote.
 */
export async function storePage(scope: Scope, lock: PageLock, result: PageResult, now: Date): Promise<{ done: boolean; status: RunStatus }> {
  const { ticket, open } = lock;
  const { page, counts, pages } = result;
  const pieces = piecesOf(ticket.connection, ticket.stream, open.place);
  const steps = progressOf(open, pieces.length, page.progress);
  if (!addsUp(counts) || !(await addPages(scope, { id: ticket.runId, page: ticket.page, pages }, counts, steps))) {
    throw new AppError("sync.counts_do_not_add_up", { params: { ...counts, stream: ticket.stream } });
  }
  await addWarnings(scope, ticket.runId, page.warnings ?? []);
  const place = nextPlace(open.place, page, pieces.length);
  if (place !== null) {
    await writePosition(scope, open.stream.id, { ...committedOf(open.position), run: place }, now);
    await announce(scope, ticket.connection.id);
    return { done: false, status: "running" };
  }
  await writePosition(scope, open.stream.id, committedOf(finished(open, ticket.stream, page.checkpoint)), now);
  await updateStream(scope, open.stream.id, { lastSuccessAt: now, lastErrorCode: null, failures: 0 });
  const status: RunStatus = setAside(open.run) + setAside(counts) > 0 ? "partial" : "succeeded";
  await endRun(scope, ticket.runId, { status, at: now });
  const health = healthAfterSuccess(healthStateSchema.parse(ticket.connection.health));
  if (health !== null) await writeHealth(scope, ticket.connection.id, health, now);
  await announce(scope, ticket.connection.id);
  return { done: true, status };
}

const setAside = (counts: { readonly rejected: number; readonly deadLetter: number }) => counts.rejected + counts.deadLetter;

/** Where the run goes on, or null at its end. */
function nextPlace(place: RunPosition, page: PageResult["page"], pieces: number): RunPosition | null {
  const { cursor: _left, ...rest } = place;
  const base = { ...rest, failures: 0, ...(page.checkpoint === undefined ? {} : { checkpoint: page.checkpoint }) };
  if (page.next !== undefined) return { ...base, cursor: page.next };
  return place.chunk + 1 < pieces ? { ...base, chunk: place.chunk + 1 } : null;
}

function finished(open: OpenRun, stream: StreamId, lastCheckpoint: Cursor | undefined): StreamPosition {
  const { place, position } = open;
  if (!place.commits) return position;
  const own = stream === "sales" && place.window !== undefined ? { until: place.window.to } : undefined;
  return { committed: own ?? lastCheckpoint ?? place.checkpoint ?? position.committed };
}

function committedOf(position: StreamPosition): StreamPosition {
  return position.committed === undefined ? {} : { committed: position.committed };
}

/** With several pieces each counts as much as the service says one has, so the bar never jumps back. */
function progressOf(open: OpenRun, pieces: number, progress: PageResult["page"]["progress"]): { total: number | null; done: number } {
  if (progress === undefined) return { total: pieces > 1 ? pieces : open.run.stepsTotal, done: pieces > 1 ? open.place.chunk : open.run.stepsDone };
  if (progress.total === undefined) return { total: null, done: progress.done };
  return { total: progress.total * Math.max(1, pieces), done: open.place.chunk * progress.total + progress.done };
}

export async function announce(scope: Scope, connectionId: string): Promise<void> {
  await publish(scope.db, { workspaceId: scope.workspaceId, topic: "connections", id: connectionId });
}

/** For the failure and cancellation paths beside this one. */
export { lockOpenRun };
