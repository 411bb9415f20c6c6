import { newId } from "@/lib/ids";
import type { ListingRef, OfferOutcome, OffersPort, OfferWriter, PriceChange, StockChange } from "@/server/integrations/contract/offers";
import type { ConnectorContext } from "@/server/integrations/contract/ports";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { lockVariants, shareCatalog } from "../lock.repository";
import { previousStock } from "../rules";
import { recomputeWanted } from "../stock/recompute-wanted";
import { integrationsGateway, type OffersAccess, type OffersGateway } from "./gateway";
import {
  acknowledge,
  type DueListing,
  findDueTracking,
  findNextMoment,
  lockDue,
  type OfferKind,
  type PushResult,
  type PushRow,
  recordPushes,
  startPushes,
} from "./push.repository";
import { PUSH_TIMINGS, type PushTimings, resultOf, resultOfFailure, type Try } from "./push-rules";

export interface PushDeps {
  readonly gateway: OffersGateway;
  readonly clock: Clock;
  readonly timings: PushTimings;
}

const PUSH_DEPS: PushDeps = { gateway: integrationsGateway, clock: systemClock, timings: PUSH_TIMINGS };

export interface PushInput {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly kind: OfferKind;
}

/** idle: nothing waits · moved: a request was made, ask again · later: ask again then. */
export type PushStep = { readonly kind: "idle" | "moved" } | { readonly kind: "later"; readonly at: Date };

interface Carried extends Try {
  readonly productId: string;
  readonly variantId: string | null;
  readonly externalId: string;
}

type Plan =
  | { readonly kind: "done"; readonly step: PushStep }
  | { readonly kind: "check"; readonly access: OffersAccess; readonly tracking: string; readonly carried: readonly Carried[] }
  | { readonly kind: "set"; readonly access: OffersAccess; readonly due: readonly DueListing[]; readonly carried: readonly Carried[] };

/** How long a connection that cannot be opened is left alone. */
const CLOSED_WAIT_MS = 300_000;

/**
 * Carries one batch of wishes to a service, or asks for answers that come later. Any number of callers may do so at once and any of them
 * may die anywhere: the record of a request is committed before it leaves, one listing has one request on its way, and an outcome nobody
 * learnt is settled by saying the newest wish again.
 */
export async function pushOffers(input: PushInput, deps: PushDeps = PUSH_DEPS): Promise<PushStep> {
  const plan = await inWorkspace(input.workspaceId, (scope) => prepare(scope, input, deps));
  if (plan.kind === "done") return plan.step;
  const results = await attempt(input, plan, deps);
  await inWorkspace(input.workspaceId, (scope) => record(scope, input, plan.carried, results, deps.clock.now()));
  if (results.some((result) => result.state === "delayed" && result.conflict)) await readAnew(input, deps);
  return { kind: "moved" };
}

async function prepare(scope: Scope, input: PushInput, deps: PushDeps): Promise<Plan> {
  const now = deps.clock.now();
  let access: OffersAccess;
  try {
    access = await deps.gateway.open(scope, input.connectionId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger.info({ connectionId: input.connectionId, error: describeError(error) }, "wishes wait for their connection");
    return { kind: "done", step: { kind: "later", at: new Date(now.getTime() + CLOSED_WAIT_MS) } };
  }
  const pending = await findDueTracking(scope, input.connectionId, input.kind, now);
  if (pending !== null) return { kind: "check", access, tracking: pending.tracking, carried: pending.rows.map(toCarried) };
  const writer = access.port[input.kind];
  if (writer === undefined) return { kind: "done", step: { kind: "idle" } };
  const due = await lockDue(scope, input.connectionId, input.kind, now, new Date(now.getTime() - deps.timings.leaseMs), writer.maxBatch);
  if (due.length === 0) {
    const at = await findNextMoment(scope, input.connectionId, input.kind, deps.timings.leaseMs);
    return { kind: "done", step: at === null ? { kind: "idle" } : { kind: "later", at } };
  }
  const isStock = input.kind === "stock";
  const starts = due.map((listing) => ({
    id: newId(),
    productId: listing.productId,
    version: listing.version,
    quantity: isStock ? listing.wantedStock : null,
    priceMinor: isStock ? null : String(listing.priceMinor),
    oldMinor: isStock || listing.oldMinor === null ? null : String(listing.oldMinor),
  }));
  const started = new Map((await startPushes(scope, input.connectionId, input.kind, starts, now)).map((row) => [row.productId, row]));
  const carried = due.map((listing) => {
    const row = started.get(listing.productId);
    if (row === undefined) throw new Error("a request was not recorded");
    const { productId, variantId, externalId } = listing;
    return { id: row.id, attempts: row.attempts, from: "sending" as const, requestedAt: now, productId, variantId, externalId };
  });
  return { kind: "set", access, due, carried };
}

const toCarried = ({ id, attempts, productId, variantId, externalId, requestedAt }: PushRow): Carried => ({
  id,
  attempts,
  from: "pending",
  requestedAt,
  productId,
  variantId,
  externalId,
});

type Result = PushResult & { readonly conflict?: boolean };

/** The one place where stock and prices leave. */
async function attempt(input: PushInput, plan: Exclude<Plan, { kind: "done" }>, deps: PushDeps): Promise<Result[]> {
  try {
    const outcomes = await call(input.kind, plan);
    await report(input, deps, null);
    const now = deps.clock.now();
    const byListing = new Map(outcomes.map((outcome) => [outcome.externalId, outcome]));
    return plan.carried.map((one) => {
      const outcome = byListing.get(one.externalId);
      return { ...resultOf(one, outcome, now, deps.timings), conflict: outcome?.state === "rejected" && outcome.isConflict === true };
    });
  } catch (error) {
    logger.warn({ connectionId: input.connectionId, kind: input.kind, error: describeError(error) }, "stock or prices were not taken");
    await report(input, deps, error);
    const now = deps.clock.now();
    if (plan.kind === "set") return plan.carried.map((one) => resultOfFailure(one, error, now));
    // The question failed, not what it asks about: it is asked again.
    return plan.carried.map((one) => {
      const failure = resultOfFailure(one, error, now);
      return {
        ...resultOf(one, { externalId: one.externalId, state: "pending", tracking: plan.tracking }, now, deps.timings),
        errorCode: failure.errorCode ?? null,
      };
    });
  }
}

async function call(kind: OfferKind, plan: Exclude<Plan, { kind: "done" }>): Promise<readonly OfferOutcome[]> {
  const { port, context } = plan.access;
  if (plan.kind === "check") return check(port, context, kind, plan);
  const requestIds = new Map(plan.carried.map((one) => [one.productId, one.id]));
  if (kind === "stock")
    return set(
      port.stock,
      context,
      plan.due.flatMap((listing) => stockChange(listing, requestIds.get(listing.productId))),
    );
  return set(
    port.price,
    context,
    plan.due.flatMap((listing) => priceChange(listing, requestIds.get(listing.productId))),
  );
}

/** Without a way to ask, what was taken in is taken for done only when the listing is read; until then it is said again. */
async function check(port: OffersPort, context: ConnectorContext, kind: OfferKind, plan: Extract<Plan, { kind: "check" }>): Promise<readonly OfferOutcome[]> {
  return port.check === undefined ? [] : port.check(context, kind, plan.tracking);
}

async function set<C>(writer: OfferWriter<C> | undefined, context: ConnectorContext, changes: readonly C[]): Promise<readonly OfferOutcome[]> {
  return writer === undefined ? [] : writer.set(context, changes);
}

function refOf({ externalId, sku, offerId, barcode, remoteContext }: DueListing): ListingRef {
  return {
    externalId,
    ...(sku === null ? {} : { sku }),
    ...(offerId === null ? {} : { offerId }),
    ...(barcode === null ? {} : { barcode }),
    remoteContext,
  };
}

function stockChange(listing: DueListing, requestId: string | undefined): StockChange[] {
  if (listing.wantedStock === null || requestId === undefined) return [];
  return [{ listing: refOf(listing), quantity: listing.wantedStock, previous: previousStock(listing), requestId }];
}

function priceChange(listing: DueListing, requestId: string | undefined): PriceChange[] {
  const { priceMinor, oldMinor, currency } = listing;
  if (priceMinor === null || currency === null || requestId === undefined) return [];
  return [{ listing: refOf(listing), priceMinor, oldPriceMinor: oldMinor, currency, requestId }];
}

async function record(scope: Scope, input: PushInput, carried: readonly Carried[], results: readonly Result[], now: Date): Promise<void> {
  await shareCatalog(scope);
  const variants = await lockVariants(
    scope,
    carried.flatMap((one) => one.variantId ?? []),
  );
  const rows = results.map(({ conflict: _, ...row }) => row).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const mine = await recordPushes(scope, rows, now);
  const taken = rows.filter((row) => row.state === "acknowledged" && mine.has(row.id)).map((row) => row.id);
  await acknowledge(scope, input.kind, taken, now);
  // What a channel has acknowledged to show lets the others stop holding back.
  if (input.kind === "stock" && taken.length > 0) await recomputeWanted(scope, variants, now);
}

/** The health of a connection is a by-product: failing to note it must not cost the outcome of a request. */
async function report({ workspaceId, connectionId }: PushInput, { gateway }: PushDeps, error: unknown): Promise<void> {
  try {
    await gateway.report(workspaceId, connectionId, error);
  } catch (failure) {
    logger.warn({ connectionId, error: describeError(failure) }, "connection health was not noted");
  }
}

async function readAnew({ workspaceId, connectionId }: PushInput, { gateway }: PushDeps): Promise<void> {
  try {
    await gateway.readAnew(workspaceId, connectionId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger.info({ connectionId, error: describeError(error) }, "listings could not be read anew");
  }
}
