import { ConnectorError } from "@/server/integrations/contract/errors";
import { countOf } from "@/server/integrations/contract/ports";
import type { PushEvent, StoredDelivery } from "@/server/integrations/contract/webhook";
import {
  beginAttempt,
  errorCodeOf,
  keepDeadLetters,
  type OpenConnection,
  openConnection,
  queueRun,
  reportOutcome,
  settleDelivery,
} from "@/server/integrations/index";
import { streamIdSchema } from "@/server/integrations/schema";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, describeError } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { ingestPage } from "./ingest-page";
import { notePersonalData, noteRevoked } from "./note-account-news";
import { readOrderAgain } from "./read-order-again";

export interface DeliveryRef {
  readonly workspaceId: string;
  readonly deliveryId: string;
  readonly connectionId: string;
}

export interface DeliveryOutcome {
  readonly status: "processed" | "ignored" | "dead" | "gone";
}

interface Attempt {
  readonly stored: StoredDelivery;
  readonly open: OpenConnection;
}

/**
 * Works off one stored push: what it says is only a hint, the facts are read again from the service and applied like a page
 * of a poll. A repeat, a replay or a poll that was faster changes nothing twice.
 * @throws ConnectorError or AppError when it has to be tried again; the delivery then says `failed` and why.
 */
export async function processDelivery(ref: DeliveryRef, clock: Clock = systemClock): Promise<DeliveryOutcome> {
  const attempt = await inWorkspace(ref.workspaceId, async (scope): Promise<Attempt | null> => {
    const delivery = await beginAttempt(scope, ref.deliveryId, clock.now());
    return delivery === null ? null : { stored: delivery, open: await openConnection(scope, ref.connectionId, clock) };
  });
  if (attempt === null) return { status: "gone" };
  try {
    const status = await carryOut(ref, attempt, clock);
    return { status };
  } catch (error) {
    await recordFailure(ref, error, clock);
    throw error;
  }
}

async function carryOut(ref: DeliveryRef, { stored, open }: Attempt, clock: Clock): Promise<"processed" | "ignored" | "dead"> {
  const port = open.connector.webhook;
  if (port === undefined) throw new AppError("connection.no_webhook", { status: 400 });
  const { events, rejected } = port.parse(stored);
  for (const event of events) await applyEvent(ref, open, event, clock);
  const ignored = events.find((event) => event.type === "ignored");
  const status = rejected.length > 0 && events.length === 0 ? "dead" : events.every((event) => event.type === "ignored") ? "ignored" : "processed";
  await inWorkspace(ref.workspaceId, async (scope) => {
    await keepDeadLetters(scope, { connectionId: ref.connectionId, deliveryId: ref.deliveryId }, rejected);
    const reason =
      rejected[0] !== undefined
        ? { errorCode: rejected[0].errorCode, errorText: rejected[0].errorText }
        : ignored?.type === "ignored"
          ? { errorText: ignored.reason }
          : {};
    await settleDelivery(scope, ref.deliveryId, { status, at: clock.now(), ...reason });
  });
  return status;
}

async function applyEvent(ref: DeliveryRef, open: OpenConnection, event: PushEvent, clock: Clock): Promise<void> {
  switch (event.type) {
    case "ignored":
      return;
    case "order-changed":
      return readOrderAgain(ref, open, event.orderExternalId, clock);
    case "product-changed":
      // Listings are read in bulk only; one run answers any number of pushes that come while it waits.
      await inWorkspace(ref.workspaceId, (scope) => queueRun(scope, open.connection, { stream: "products", trigger: "push" }));
      return;
    case "access-revoked":
      return noteRevoked(ref, event, clock);
    case "personal-data":
      return notePersonalData(ref, event);
    case "stream-changed": {
      const stream = streamIdSchema.safeParse(event.stream);
      if (!stream.success) return;
      await inWorkspace(ref.workspaceId, (scope) => queueRun(scope, open.connection, { stream: stream.data, trigger: "push" }));
      return;
    }
    case "conversation-changed":
      return readAgain(ref, open, { externalId: event.conversationExternalId, messageIds: event.messageIds }, clock);
    case "conversation-read":
      return readAgain(ref, open, { externalId: event.conversationExternalId, messageIds: [event.upToMessageId] }, clock);
    case "conversation-closed":
      return readAgain(ref, open, { externalId: event.conversationExternalId, messageIds: [], told: "closed" }, clock);
  }
}

export interface Hint {
  readonly externalId: string;
  readonly messageIds: readonly string[];
  readonly told?: "closed" | undefined;
}

/** Reads one conversation from the service and applies it like a page of a poll. */
export async function readAgain(
  ref: { readonly workspaceId: string; readonly connectionId: string; readonly deliveryId?: string | undefined },
  open: OpenConnection,
  { externalId, messageIds, told }: Hint,
  clock: Clock,
): Promise<void> {
  const { messaging } = open.connector;
  if (messaging === undefined) throw new AppError("connection.no_messaging", { status: 400 });
  const read = await messaging.readConversation(open.context, { externalId, ...(messageIds.length === 0 ? {} : { messageIds }) });
  // Where the service does not repeat the state with the history, the push is all that is known of it; the next full poll corrects a forged one.
  const conversation = told !== undefined && read.remoteStatus === "unknown" ? { ...read, remoteStatus: told } : read;
  await inWorkspace(ref.workspaceId, async (scope) => {
    await ingestPage(
      scope,
      { connection: open.connection, deliveryId: ref.deliveryId, source: "push", isSame: messaging.isSame },
      { stream: "chats", page: { records: [conversation], rejected: [], received: countOf(conversation) } },
      clock.now(),
    );
  });
  await reportOutcome(ref.workspaceId, ref.connectionId, null, clock);
}

async function recordFailure(ref: DeliveryRef, error: unknown, clock: Clock): Promise<void> {
  await reportOutcome(ref.workspaceId, ref.connectionId, error, clock);
  await inWorkspace(ref.workspaceId, (scope) => settleDelivery(scope, ref.deliveryId, { status: "failed", at: clock.now(), ...failureOf(error) }));
}

/** What a delivery says it failed with. */
export function failureOf(error: unknown): { readonly errorCode: string; readonly errorText: string } {
  const errorText = error instanceof ConnectorError ? (error.remoteText ?? error.code) : describeError(error).message;
  return { errorCode: errorCodeOf(error, "internal"), errorText };
}
