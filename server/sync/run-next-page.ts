import { ConnectorError } from "@/server/integrations/contract/errors";
import {
  lockPage,
  type OpenConnection,
  openConnection,
  type PageTicket,
  type RunRef,
  recordPullFailure,
  storePage,
  takePage,
} from "@/server/integrations/index";
import type { RunStatus } from "@/server/integrations/schema";
import { type Clock, systemClock } from "@/server/platform/clock";
import { inWorkspace } from "@/server/platform/transaction";
import { type Enough, MANY_PAGES, ONE_PAGE } from "./gather-pages";
import { ingestPage } from "./ingest-page";
import { type PulledPages, pullPages } from "./pull-page";
import { refreshStatistics } from "./statistics.repository";

/** What a durable function does next: stop, wait, or call again. */
export interface PageOutcome {
  readonly done: boolean;
  /** Null when the run was over before this call. */
  readonly status: RunStatus | null;
  /** How long to leave the service alone before the same page is tried again. */
  readonly waitMs: number;
}

const PAGE_TIMEOUT_MS = 60_000;
/** A page this large belongs to a first synchronisation or a long window. */
const MANY_RECORDS = 500;

export interface PageDeps {
  readonly clock: Clock;
  readonly open: typeof openConnection;
}

const PAGE_DEPS: PageDeps = { clock: systemClock, open: openConnection };

/** Pages that are being pulled, or have been. */
interface Pull {
  readonly ticket: PageTicket;
  readonly open: OpenConnection;
  readonly enough: Enough;
  readonly answer: Promise<PulledPages | Failed>;
}

interface Failed {
  readonly error: unknown;
}

/** Never rejects, so that a page pulled ahead and then not wanted leaves nothing unhandled. */
function startPull(ref: RunRef, ticket: PageTicket, open: OpenConnection, enough: Enough): Pull {
  return { ticket, open, enough, answer: pullPages(ref.workspaceId, open, ticket, enough).catch((error: unknown): Failed => ({ error })) };
}

async function takePull(ref: RunRef, { clock, open: openWith }: PageDeps, enough: Enough): Promise<Pull | null> {
  const taken = await inWorkspace(ref.workspaceId, async (scope) => {
    const ticket = await takePage(scope, ref, clock.now());
    return ticket === null ? null : { ticket, open: await openWith(scope, ref.connectionId, clock) };
  });
  return taken === null ? null : startPull(ref, taken.ticket, taken.open, enough);
}

/**
 * Carries one page of a run: pulled through the port outside any transaction, then rows, counters and checkpoint in one.
 * Safe to call twice, or by two workers at once: the page number fences the second, and an applied record is a duplicate.
 * @throws AppError `sync.counts_do_not_add_up`, or whatever the database throws; failures of the service are outcomes.
 */
export async function runNextPage(ref: RunRef, deps: Partial<PageDeps> = {}): Promise<PageOutcome> {
  const all = { ...PAGE_DEPS, ...deps };
  const pull = await takePull(ref, all, ONE_PAGE);
  if (pull === null) return OVER;
  return settle(ref, pull, await pull.answer, all.clock);
}

const OVER: PageOutcome = { done: true, status: null, waitMs: 0 };

/**
 * Carries pages until the run ends, has to wait, or `budgetMs` of work is done, so that a durable step is worth its record.
 * Small pages are stored together. While some are stored the next ones are pulled; what is pulled ahead is only used when the store led exactly there.
 */
export async function runPages(ref: RunRef, budgetMs: number, deps: Partial<PageDeps> = {}): Promise<PageOutcome> {
  const all = { ...PAGE_DEPS, ...deps };
  const until = performance.now() + budgetMs;
  let ahead: Pull | null = null;
  for (;;) {
    const pull: Pull | null = ahead ?? (await takePull(ref, all, MANY_PAGES));
    if (pull === null) return OVER;
    const answer: PulledPages | Failed = await pull.answer;
    const mayGoOn = performance.now() < until;
    ahead = mayGoOn && !("error" in answer) ? pullAhead(ref, pull, answer) : null;
    const outcome: PageOutcome = await settle(ref, pull, answer, all.clock);
    if (!("error" in answer) && answer.page.received >= MANY_RECORDS) await refreshStatistics();
    if (outcome.done || outcome.waitMs > 0 || !mayGoOn) {
      await ahead?.answer;
      return outcome;
    }
  }
}

function pullAhead(ref: RunRef, { ticket, open, enough }: Pull, { page, pages, failed }: PulledPages): Pull | null {
  if (page.next === undefined) return null;
  const following = { ...ticket, page: ticket.page + pages, cursor: page.next };
  // It has been asked for already: a service that refuses is not asked once more.
  return failed === undefined ? startPull(ref, following, open, enough) : { ticket: following, open, enough, answer: Promise.resolve(failed) };
}

async function settle(ref: RunRef, { ticket, open }: Pull, answer: PulledPages | Failed, clock: Clock): Promise<PageOutcome> {
  if ("error" in answer) return settleFailure(ref, ticket, answer.error, clock);
  return inWorkspace(
    ref.workspaceId,
    async (scope): Promise<PageOutcome> => {
      const lock = await lockPage(scope, ticket);
      // Somebody else stored this page or ended the run; the next call sees how things stand.
      if (lock === null) return { done: false, status: "running", waitMs: 0 };
      const counts = await ingestPage(
        scope,
        {
          connection: ticket.connection,
          runId: ref.runId,
          source: "poll",
          isSame: open.connector.messaging?.isSame,
          hasTaken: open.connector.orders?.hasTaken,
        },
        answer,
        clock.now(),
      );
      return { ...(await storePage(scope, lock, { counts, page: answer.page, pages: answer.pages }, clock.now())), waitMs: 0 };
    },
    { timeoutMs: PAGE_TIMEOUT_MS },
  );
}

async function settleFailure(ref: RunRef, ticket: PageTicket, error: unknown, clock: Clock): Promise<PageOutcome> {
  if (!(error instanceof ConnectorError)) throw error;
  const verdict = await inWorkspace(ref.workspaceId, (scope) => recordPullFailure(scope, ticket, error, clock.now()));
  return verdict.action === "retry" ? { done: false, status: "running", waitMs: verdict.waitMs } : { done: true, status: "failed", waitMs: 0 };
}
