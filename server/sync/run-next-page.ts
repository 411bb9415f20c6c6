import { ConnectorError } from "@/server/integrations/contract/errors";
import { lockPage, openConnection, recordPullFailure, type RunRef, storePage, takePage } from "@/server/integrations/index";
import type { RunStatus } from "@/server/integrations/schema";
import { systemClock, type Clock } from "@/server/platform/clock";
import { inWorkspace } from "@/server/platform/transaction";
import { ingestPage } from "./ingest-page";
import { pullPage } from "./pull-page";

/** What a durable function does next: stop, wait, or call again. */
export interface PageOutcome {
  readonly done: boolean;
  /** Null when the run was over before this call. */
  readonly status: RunStatus | null;
  /** How long to leave the service alone before the same page is tried again. */
  readonly waitMs: number;
}

const PAGE_TIMEOUT_MS = 60_000;

/**
 * Carries one page of a run: pulled through the port outside any transaction, then rows, counters and checkpoint in one.
 * Safe to call twice, or by two workers at once: the page number fences the second, and an applied record is a duplicate.
 * @throws AppError `sync.counts_do_not_add_up`, or whatever the database throws; failures of the service are outcomes.
 */
export async function runNextPage(ref: RunRef, clock: Clock = systemClock): Promise<PageOutcome> {
  const taken = await inWorkspace(ref.workspaceId, async (scope) => {
    const ticket = await takePage(scope, ref, clock.now());
    return ticket === null ? null : { ticket, open: await openConnection(scope, ref.connectionId, clock) };
  });
  if (taken === null) return { done: true, status: null, waitMs: 0 };
  const { ticket, open } = taken;

  const pulled = await pullPage(ref.workspaceId, open, ticket).catch((error: unknown) => {
    if (error instanceof ConnectorError) return error;
    throw error;
  });
  if (pulled instanceof ConnectorError) {
    const verdict = await inWorkspace(ref.workspaceId, (scope) => recordPullFailure(scope, ticket, pulled, clock.now()));
    return verdict.action === "retry" ? { done: false, status: "running", waitMs: verdict.waitMs } : { done: true, status: "failed", waitMs: 0 };
  }

  return inWorkspace(
    ref.workspaceId,
    async (scope) => {
      const lock = await lockPage(scope, ticket);
      // Somebody else stored this page or ended the run; the next call sees how things stand.
      if (lock === null) return { done: false, status: "running", waitMs: 0 };
      const counts = await ingestPage(scope, { connection: ticket.connection, runId: ref.runId, source: "poll", isSame: open.connector.messaging?.isSame }, pulled, clock.now());
      const stored = await storePage(scope, lock, { counts, page: pulled.page }, clock.now());
      return { ...stored, waitMs: 0 };
    },
    { timeoutMs: PAGE_TIMEOUT_MS },
  );
}

/**
 * Carries pages until the run ends, has to wait, or `budgetMs` of work is done, so that a durable step is worth its record.
 */
export async function runPages(ref: RunRef, budgetMs: number, clock: Clock = systemClock): Promise<PageOutcome> {
  const until = performance.now() + budgetMs;
  for (;;) {
    const outcome = await runNextPage(ref, clock);
    if (outcome.done || outcome.waitMs > 0 || performance.now() >= until) return outcome;
  }
}
