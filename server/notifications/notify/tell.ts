import { type Clock, systemClock } from "@/server/platform/clock";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import type { EscalationTarget } from "../audience-rules";
import { cut } from "../cut";
import type { NoticeParams } from "../schema";
import { findConnectionName, findNoteText, findOrderName, findPersonName, findPlace, type PlaceRow } from "./audience.repository";
import { notify } from "./notify";

/** What happened elsewhere, as notices: one use case an event. `key` is the event's own, the same on every retry. */
interface Happening {
  readonly workspaceId: string;
  readonly conversationId: string;
}

type Told = Promise<{ told: number }>;

const MOST_PREVIEW = 200;
const NOBODY = { told: 0 };
/** How the orders room says that only a person can find out what became of a change. */
const UNPROVABLE = "orders.change_unprovable";

function about({ buyerName, channel }: PlaceRow): NoticeParams {
  return { channel, ...(buyerName === null ? {} : { buyer: cut(buyerName, 80) }) };
}

async function inConversation({ workspaceId, conversationId }: Happening, tell: (scope: Scope, place: PlaceRow) => Told): Told {
  return inWorkspace(workspaceId, async (scope) => {
    const place = await findPlace(scope, conversationId);
    return place === null ? NOBODY : tell(scope, place);
  });
}

/** Buyers' messages came in. Nothing is told when the answer was faster than we. */
export async function tellNewMessage(happening: Happening & { readonly count: number; readonly key: string }, clock: Clock = systemClock): Told {
  const { conversationId, count, key } = happening;
  return inConversation(happening, async (scope, place) => {
    if (place.lastMessageSide === "seller" || place.status === "closed") return NOBODY;
    const params = { ...about(place), count, preview: cut(place.lastMessagePreview, MOST_PREVIEW) };
    return notify(scope, { kind: "new_message", audience: { type: "conversation" }, conversationId, params, dedupeKey: `new_message:${key}` }, clock);
  });
}

/** A conversation was given to somebody, by a person or, with null, by a rule. */
export async function tellAssigned(
  happening: Happening & { readonly assigneeId: string; readonly byUserId: string | null; readonly key: string },
  clock: Clock = systemClock,
): Told {
  const { conversationId, assigneeId, byUserId, key } = happening;
  return inConversation(happening, async (scope, place) => {
    // Given on to somebody else since: that one is told.
    if (place.assigneeId !== assigneeId) return NOBODY;
    const params = { ...about(place), ...(await actor(scope, byUserId)) };
    const audience = { type: "people", userIds: [assigneeId] } as const;
    return notify(scope, { kind: "assigned", audience, conversationId, params, dedupeKey: `assigned:${key}`, exceptUserId: byUserId }, clock);
  });
}

/** A private note names people. */
export async function tellMentioned(
  happening: Happening & { readonly noteId: string; readonly userIds: readonly string[]; readonly byUserId: string },
  clock: Clock = systemClock,
): Told {
  const { conversationId, noteId, userIds, byUserId } = happening;
  return inConversation(happening, async (scope, place) => {
    const text = await findNoteText(scope, noteId);
    if (text === null) return NOBODY;
    const params = { ...about(place), ...(await actor(scope, byUserId)), preview: cut(text, MOST_PREVIEW) };
    const audience = { type: "people", userIds } as const;
    return notify(scope, { kind: "mentioned", audience, conversationId, params, dedupeKey: `mentioned:${noteId}`, exceptUserId: byUserId }, clock);
  });
}

/** A reply will be late soon, or is. A deadline that was moved by a policy is another deadline. */
export async function tellDeadline(
  happening: Happening & {
    readonly kind: "deadline_near" | "deadline_breached";
    readonly deadlineId: string;
    readonly dueAt: string;
    readonly targets: readonly EscalationTarget[];
  },
  clock: Clock = systemClock,
): Told {
  const { conversationId, kind, deadlineId, dueAt, targets } = happening;
  return inConversation(happening, async (scope, place) => {
    // Answered between the bell and us: nothing is owed any more.
    if (place.nextDeadlineAt === null) return NOBODY;
    const audience = { type: "escalation", targets } as const;
    return notify(scope, { kind, audience, conversationId, params: { ...about(place), dueAt }, dedupeKey: `${kind}:${deadlineId}:${dueAt}` }, clock);
  });
}

/** A reply was refused or its fate is unknown: its author decides, else whoever has the conversation, else an admin. */
export async function tellSendFailed(
  happening: Happening & { readonly messageId: string; readonly authorUserId: string | null; readonly code: string; readonly key: string },
  clock: Clock = systemClock,
): Told {
  const { conversationId, messageId, authorUserId, code, key } = happening;
  return inConversation(happening, async (scope, place) => {
    const audience = { type: "author", userId: authorUserId } as const;
    const params = { ...about(place), errorCode: code };
    return notify(scope, { kind: "send_failed", audience, conversationId, params, dedupeKey: `send_failed:${messageId}:${key}` }, clock);
  });
}

/** The service refused a change of an order, or nobody can tell what became of it: who asked for it decides, else whoever may. */
export async function tellOrderChangeFailed(
  happening: {
    readonly workspaceId: string;
    readonly orderId: string;
    readonly changeId: string;
    readonly requestedBy: string | null;
    readonly code: string;
    readonly key: string;
  },
  clock: Clock = systemClock,
): Told {
  const { workspaceId, orderId, changeId, requestedBy, code, key } = happening;
  return inWorkspace(workspaceId, async (scope) => {
    const order = await findOrderName(scope, orderId);
    if (order === null) return NOBODY;
    const state = code === UNPROVABLE ? "unknown" : "refused";
    const params = { order: cut(order.number, 80), channel: order.connectorId, errorCode: code, state };
    const audience = { type: "order", requestedBy } as const;
    return notify(scope, { kind: "order_change_failed", audience, orderId, params, dedupeKey: `order_change_failed:${changeId}:${key}` }, clock);
  });
}

/** One that turns bad again and again is told once in so long. */
const SAME_TROUBLE_MS = 6 * 3_600_000;

/** An alert on a connection was opened or raised, or is over. Who was told that it is bad is told that it is good. */
export async function tellConnection(
  happening: {
    readonly workspaceId: string;
    readonly connectionId: string;
    readonly alertId: string;
    readonly code: string;
    readonly stage: number;
    readonly resolved: boolean;
  },
  clock: Clock = systemClock,
): Told {
  const { workspaceId, connectionId, alertId, code, stage, resolved } = happening;
  return inWorkspace(workspaceId, async (scope) => {
    const name = await findConnectionName(scope, connectionId);
    if (name === null) return NOBODY;
    const again = `connection:${connectionId}:${code}:${Math.floor(clock.now().getTime() / SAME_TROUBLE_MS)}`;
    const dedupeKey = resolved ? `connection:${alertId}:resolved` : stage > 2 ? `connection:${alertId}:${stage}` : again;
    const params = { connection: name, state: resolved ? "resolved" : code };
    return notify(scope, { kind: "connection", audience: { type: "admins" }, connectionId, params, dedupeKey }, clock);
  });
}

async function actor(scope: Scope, userId: string | null): Promise<NoticeParams> {
  const name = userId === null ? null : await findPersonName(scope, userId);
  return name === null ? {} : { actor: name };
}
