import type { DeadlineRow, NextDeadline } from "../deadline.repository";
import type { Deadlines, Obligation } from "./obligations";
import type { Wait } from "./timeline";
import { DAY_MS } from "./wall-clock";

/** Waits that were over longer ago than this when they were first seen came with a backlog: nobody could have kept their deadline. */
const HISTORY_MS = 7 * DAY_MS;

export interface RowChanges {
  readonly remove: readonly string[];
  readonly update: readonly DeadlineRow[];
  readonly insert: readonly DeadlineRow[];
}

export interface Computed {
  readonly conversationId: string;
  readonly waits: readonly Wait[];
  readonly deadlines: Deadlines;
  /** Rows of waits that began before are not judged. */
  readonly coveredFrom: Date | null;
}

const keyOf = (row: { readonly metric: string; readonly startedAt: Date }) => `${row.metric} ${row.startedAt.getTime()}`;

/**
 * What has to change in the stored rows of one conversation. A row that is settled keeps the deadline it was measured
 * against, whatever is set later; only when the reply itself turns out to be another one (found in the cabinet) it is measured anew.
 */
export function rowChanges(
  stored: readonly DeadlineRow[],
  { conversationId, waits, deadlines, coveredFrom }: Computed,
  now: Date,
  newId: () => string,
): RowChanges {
  const rows = new Map(stored.map((row) => [keyOf(row), row]));
  const seen = new Set(deadlines.obligations.map(keyOf));
  const waited = new Set(waits.map(({ startedAt }) => startedAt.getTime()));
  const measured = new Set(deadlines.obligations.map(({ startedAt }) => startedAt.getTime()));
  const update: DeadlineRow[] = [];
  const insert: DeadlineRow[] = [];
  for (const obligation of deadlines.obligations) {
    const row = rows.get(keyOf(obligation));
    if (row !== undefined) {
      const changed = row.settledAt !== null && obligation.end !== null ? settledAgain(row, obligation) : remeasured(row, obligation, now);
      if (!isSame(row, changed)) update.push(changed);
    } else if (obligation.end === null || now.getTime() - obligation.end.at.getTime() < HISTORY_MS) {
      insert.push({ ...remeasured(blank(newId(), conversationId, obligation), obligation, now) });
    }
  }
  // Answered so long ago that its reply is not read any more: the first that is read, at the latest.
  const left = stored.filter(({ settledAt, startedAt }) => settledAt === null && coveredFrom !== null && startedAt < coveredFrom);
  if (coveredFrom !== null) update.push(...left.map((row) => leftBehind(row, coveredFrom)));
  const isStale = (row: DeadlineRow): boolean => {
    if (seen.has(keyOf(row)) || (coveredFrom !== null && row.startedAt < coveredFrom)) return false;
    // What was measured stays measured when its policy is gone; what never was a wait of its own goes.
    const at = row.startedAt.getTime();
    return row.settledAt === null || !waited.has(at) || measured.has(at);
  };
  return { remove: stored.filter(isStale).map(({ id }) => id), update, insert };
}

function blank(id: string, conversationId: string, { metric, startedAt }: Obligation): DeadlineRow {
  const empty = { policyId: null, dueAt: null, warnAt: null, warnedAt: null, breachedAt: null, escalatedAt: null, settledAt: null };
  return { id, conversationId, metric, startedAt, ...empty, state: "running", pausedMs: 0n };
}

/** An open row, or one that ends now. A deadline moved into the future may be warned of and broken again. */
function remeasured(row: DeadlineRow, { match, targetMs, dueAt, warnAt, state, pausedMs, end }: Obligation, now: Date): DeadlineRow {
  const isAhead = dueAt === null || dueAt > now;
  return {
    ...row,
    policyId: targetMs === null ? null : (match?.policy.id ?? null),
    dueAt,
    warnAt,
    warnedAt: isAhead && (warnAt === null || warnAt > now) ? null : row.warnedAt,
    breachedAt: state === "missed" ? (row.breachedAt ?? (end === null ? null : dueAt)) : null,
    escalatedAt: state === "missed" ? row.escalatedAt : null,
    settledAt: end?.at ?? null,
    state,
    pausedMs: BigInt(Math.round(pausedMs)),
  };
}

function settledAgain(row: DeadlineRow, { end }: Obligation): DeadlineRow {
  if (end === null || end.by !== "reply" || end.at.getTime() === row.settledAt?.getTime()) return row;
  const isLate = row.dueAt !== null && end.at > row.dueAt;
  return { ...row, settledAt: end.at, state: isLate ? "missed" : "met", breachedAt: isLate ? (row.breachedAt ?? row.dueAt) : null };
}

function leftBehind(row: DeadlineRow, settledAt: Date): DeadlineRow {
  const isLate = row.dueAt !== null && settledAt > row.dueAt;
  return { ...row, settledAt, state: isLate ? "missed" : "met", breachedAt: isLate ? (row.breachedAt ?? row.dueAt) : null };
}

const INSTANTS = ["dueAt", "warnAt", "warnedAt", "breachedAt", "escalatedAt", "settledAt"] as const;

function isSame(a: DeadlineRow, b: DeadlineRow): boolean {
  return a.policyId === b.policyId && a.state === b.state && a.pausedMs === b.pausedMs && INSTANTS.every((key) => a[key]?.getTime() === b[key]?.getTime());
}

/** What the conversation shows: its open deadline and how it stands. */
export function nextDeadlineOf(conversationId: string, open: Obligation | null, now: Date): NextDeadline {
  if (open === null) return { conversationId, at: null, kind: null, state: null };
  const isNear = open.warnAt !== null && open.warnAt <= now;
  const state = open.state === "missed" ? "breached" : open.state === "paused" ? "paused" : isNear ? "warned" : "running";
  return { conversationId, at: open.dueAt, kind: open.metric, state };
}
