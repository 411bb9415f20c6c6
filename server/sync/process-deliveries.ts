import { newId } from "@/lib/ids";
import { ConnectorError } from "@/server/integrations/contract/errors";
import { deliveriesStored } from "@/server/integrations/events";
import {
  beginAttempts,
  errorCodeOf,
  gatherBurst,
  handOver,
  listBurst,
  listBurstIds,
  type OpenConnection,
  openConnection,
  reportOutcome,
  retryPauseMs,
  ring,
  settleDeliveries,
} from "@/server/integrations/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { describeError } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { type Hinted, hintsOf, inGroups } from "./join-hints";
import { type DeliveryOutcome, failureOf, processDelivery } from "./process-delivery";
import { readTogether, type Unread } from "./read-together";

export interface DeliveriesRef {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** At least one. */
  readonly deliveryIds: readonly string[];
  /** The first delivery's, where it is left out. */
  readonly burstId?: string | undefined;
}

interface Begun {
  readonly open: OpenConnection;
  readonly hinted: readonly Hinted[];
}

/** How many pushes a run takes at most; what waits beyond them gets the next run. */
const MOST_TOGETHER = 200;
/** How many conversations are read at once for a burst. */
const MOST_CONVERSATIONS = 12;

/**
 * Works off pushes of a connection: those named and those that came since, a burst. Those that only name messages are read in
 * company, each conversation once; each other one is handed on to a run of its own, and so is one whose conversation alone
 * could not be read.
 * @throws what a single one fails with, or what all of them fail with, to be tried again; they then say `failed` and why.
 */
export async function processDeliveries(ref: DeliveriesRef, clock: Clock = systemClock): Promise<DeliveryOutcome> {
  const [only, ...others] = await gather(ref);
  if (only === undefined) return { status: "gone" };
  if (others.length === 0) return processDelivery({ ...ref, deliveryId: only }, clock);
  const { open, hinted } = await begin(ref, clock);
  for (const group of inGroups(hinted, MOST_CONVERSATIONS)) await readGroup(ref, open, group, clock);
  return { status: hinted.length === 0 ? "gone" : "processed" };
}

const burstOf = ({ burstId, deliveryIds }: DeliveriesRef) => burstId ?? deliveryIds[0] ?? "";

/** A transaction of its own: whatever fails afterwards, the burst is known and the bell is free for those who come next. */
async function gather(ref: DeliveriesRef): Promise<string[]> {
  return inWorkspace(ref.workspaceId, async (scope) => {
    const left = await gatherBurst(scope, { ...ref, id: burstOf(ref) }, MOST_TOGETHER);
    if (left !== undefined) await sendForNext(scope, ref, left);
    return listBurstIds(scope, burstOf(ref));
  });
}

async function sendForNext(scope: Scope, ref: DeliveriesRef, id: string): Promise<void> {
  await ring(scope, ref.connectionId);
  await emit(scope.db, [deliveriesStored.create({ workspaceId: ref.workspaceId, connectionId: ref.connectionId, deliveryIds: [id] })]);
}

async function begin(ref: DeliveriesRef, clock: Clock): Promise<Begun> {
  return inWorkspace(ref.workspaceId, async (scope) => {
    const open = await openConnection(scope, ref.connectionId, clock);
    const waiting = await listBurst(scope, burstOf(ref));
    const hinted = waiting.flatMap((delivery): Hinted[] => {
      const parsed = open.connector.webhook?.parse(delivery);
      const hints = parsed === undefined || parsed.rejected.length > 0 ? undefined : hintsOf(parsed.events);
      return hints === undefined ? [] : [{ id: delivery.id, hints }];
    });
    const named = new Set(hinted.map(({ id }) => id));
    await handOn(
      scope,
      ref,
      waiting.filter(({ id }) => !named.has(id)),
    );
    await beginAttempts(scope, [...named], clock.now());
    return { open, hinted };
  });
}

interface HandedOn {
  readonly id: string;
  /** When its run begins, in milliseconds since 1970; now, where it is left out. */
  readonly ts?: number;
}

/** Each to a run of its own. */
async function handOn(scope: Scope, { workspaceId, connectionId }: DeliveriesRef, deliveries: readonly HandedOn[]): Promise<void> {
  if (deliveries.length === 0) return;
  const named = deliveries.map((delivery) => ({ ...delivery, burstId: newId() }));
  await handOver(scope, named);
  await emit(
    scope.db,
    named.map(({ id, burstId, ts }) => deliveriesStored.create({ workspaceId, connectionId, deliveryIds: [id], burstId }, ts === undefined ? {} : { ts })),
  );
}

async function readGroup(ref: DeliveriesRef, open: OpenConnection, group: readonly Hinted[], clock: Clock): Promise<void> {
  const unread = await readTogether(ref, open, group, clock);
  const [first] = unread;
  if (first === undefined) return;
  const isAll = unread.length === group.length;
  await reportOutcome(ref.workspaceId, ref.connectionId, first.error, clock);
  await inWorkspace(ref.workspaceId, async (scope) => {
    for (const { id, error } of unread) await settleDeliveries(scope, [id], { status: "failed", at: clock.now(), ...failureOf(error) });
    if (!isAll)
      await handOn(
        scope,
        ref,
        unread.map((one) => ({ id: one.id, ts: nextTry(one, clock) })),
      );
  });
  if (isAll) throw first.error;
}

/** In milliseconds since 1970. Waiting for a limit is no failure: it takes as long as the service says. */
function nextTry({ error }: Unread, clock: Clock): number {
  const wantedMs = error instanceof ConnectorError ? error.retryAfterMs : undefined;
  const isTurn = error instanceof ConnectorError && error.kind === "rate-limited" && wantedMs !== undefined;
  return clock.now().getTime() + (isTurn ? wantedMs : retryPauseMs(0, wantedMs));
}

/** The durable function gave up: what is still open waits for a person, and can be replayed. What came since gets a run of its own. */
export async function buryDeliveries(ref: DeliveriesRef, error: unknown, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(ref.workspaceId, async (scope) => {
    // Without those that only wait: nobody tried them.
    const left = await gatherBurst(scope, { ...ref, id: burstOf(ref) }, 0);
    const open = await listBurstIds(scope, burstOf(ref));
    await settleDeliveries(scope, open, {
      status: "dead",
      at: clock.now(),
      errorCode: errorCodeOf(error, "intake.gave_up"),
      errorText: describeError(error).message,
    });
    if (left !== undefined) await sendForNext(scope, ref, left);
  });
}
