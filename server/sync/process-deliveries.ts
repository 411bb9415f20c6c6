import { ConnectorError } from "@/server/integrations/contract/errors";
import { deliveriesStored } from "@/server/integrations/events";
import {
  beginAttempts,
  errorCodeOf,
  listOpenDeliveries,
  type OpenConnection,
  openConnection,
  reportOutcome,
  retryPauseMs,
  settleDeliveries,
} from "@/server/integrations/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { describeError } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inWorkspace } from "@/server/platform/transaction";
import { type Hinted, hintsOf, inGroups } from "./join-hints";
import { type DeliveryOutcome, failureOf, processDelivery } from "./process-delivery";
import { readTogether, type Unread } from "./read-together";

export interface DeliveriesRef {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly deliveryIds: readonly string[];
}

interface Burst {
  readonly open: OpenConnection;
  readonly hinted: readonly Hinted[];
}

/** How many conversations are read at once for a burst. */
const MOST_CONVERSATIONS = 12;

/**
 * Works off pushes that were stored together. Those that only name messages are read in company, each conversation once; each
 * other one is handed on to a run of its own, and so is one whose conversation alone could not be read.
 * @throws what a single one fails with, or what all of them fail with, to be tried again; they then say `failed` and why.
 */
export async function processDeliveries(ref: DeliveriesRef, clock: Clock = systemClock): Promise<DeliveryOutcome> {
  const [only, ...others] = ref.deliveryIds;
  if (only !== undefined && others.length === 0) return processDelivery({ ...ref, deliveryId: only }, clock);
  const { open, hinted } = await begin(ref, clock);
  for (const group of inGroups(hinted, MOST_CONVERSATIONS)) await readGroup(ref, open, group, clock);
  return { status: hinted.length === 0 ? "gone" : "processed" };
}

async function begin(ref: DeliveriesRef, clock: Clock): Promise<Burst> {
  return inWorkspace(ref.workspaceId, async (scope) => {
    const open = await openConnection(scope, ref.connectionId, clock);
    const waiting = await listOpenDeliveries(scope, ref.deliveryIds);
    const hinted = waiting.flatMap((delivery): Hinted[] => {
      const parsed = open.connector.webhook?.parse(delivery);
      const hints = parsed === undefined || parsed.rejected.length > 0 ? undefined : hintsOf(parsed.events);
      return hints === undefined ? [] : [{ id: delivery.id, hints }];
    });
    const named = new Set(hinted.map(({ id }) => id));
    const alone = waiting.filter(({ id }) => !named.has(id));
    // Under an id of its own, so that a burst that is tried again hands on nothing twice.
    await emit(
      scope.db,
      alone.map(({ id }) => byItself(ref, id, { id: `alone:${id}` })),
    );
    await beginAttempts(scope, [...named], clock.now());
    return { open, hinted };
  });
}

const byItself = ({ workspaceId, connectionId }: DeliveriesRef, id: string, start: { readonly id?: string; readonly ts?: number }) =>
  deliveriesStored.create({ workspaceId, connectionId, deliveryIds: [id] }, start);

async function readGroup(ref: DeliveriesRef, open: OpenConnection, group: readonly Hinted[], clock: Clock): Promise<void> {
  const unread = await readTogether(ref, open, group, clock);
  const [first] = unread;
  if (first === undefined) return;
  const isAll = unread.length === group.length;
  await reportOutcome(ref.workspaceId, ref.connectionId, first.error, clock);
  await inWorkspace(ref.workspaceId, async (scope) => {
    for (const one of unread) {
      await settleDeliveries(scope, [one.id], { status: "failed", at: clock.now(), ...failureOf(one.error) });
      if (!isAll) await emit(scope.db, [byItself(ref, one.id, { ts: nextTry(one, clock) })]);
    }
  });
  if (isAll) throw first.error;
}

/** In milliseconds since 1970. Waiting for a limit is no failure: it takes as long as the service says. */
function nextTry({ error }: Unread, clock: Clock): number {
  const wantedMs = error instanceof ConnectorError ? error.retryAfterMs : undefined;
  const isTurn = error instanceof ConnectorError && error.kind === "rate-limited" && wantedMs !== undefined;
  return clock.now().getTime() + (isTurn ? wantedMs : retryPauseMs(0, wantedMs));
}

/** The durable function gave up: what is still open waits for a person, and can be replayed. */
export async function buryDeliveries(ref: DeliveriesRef, error: unknown, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(ref.workspaceId, async (scope) => {
    const open = await listOpenDeliveries(scope, ref.deliveryIds);
    await settleDeliveries(
      scope,
      open.map(({ id }) => id),
      { status: "dead", at: clock.now(), errorCode: errorCodeOf(error, "intake.gave_up"), errorText: describeError(error).message },
    );
  });
}
