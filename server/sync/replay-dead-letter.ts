import { z } from "zod";
import {
  type DeadLetterRow,
  findDeadLetter,
  noteReplayFailure,
  openConnection,
  queueRun,
  reopenDelivery,
  resolveDeadLetters,
} from "@/server/integrations/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { inWorkspace } from "@/server/platform/transaction";
import { processDelivery, readAgain } from "./process-delivery";
import { readOrderAgain } from "./read-order-again";

export interface DeadLetterRef {
  readonly workspaceId: string;
  readonly deadLetterId: string;
  readonly connectionId: string;
}

const DAY_MS = 86_400_000;
const conversationPayload = z.object({ externalId: z.string(), messages: z.array(z.unknown()) });
const datedPayload = z.object({ date: z.iso.date() });

/**
 * Tries one dead letter again, from the source: its record is read anew, so a fixed mapper and a fixed service both count.
 * A record that arrives resolves its letter wherever it is applied.
 * @returns what became of it.
 * @throws ConnectorError when the service fails; the durable function tries again.
 */
export async function replayDeadLetter(ref: DeadLetterRef, clock: Clock = systemClock): Promise<{ outcome: "resolved" | "queued" | "not_possible" | "gone" }> {
  const letter = await inWorkspace(ref.workspaceId, (scope) => findDeadLetter(scope, ref.deadLetterId));
  if (letter === null || letter.resolvedAt !== null) return { outcome: "gone" };
  switch (letter.kind) {
    case "push":
      return replayPush(ref, letter, clock);
    case "conversation":
    case "message":
      return replayConversation(ref, letter, clock);
    case "order":
      return replayOrder(ref, letter, clock);
    case "sale":
    case "product":
      return queueStream(ref, letter);
    default:
      return notPossible(ref);
  }
}

async function replayPush(ref: DeadLetterRef, letter: DeadLetterRow, clock: Clock): Promise<{ outcome: "resolved" | "not_possible" }> {
  const { deliveryId } = letter;
  if (deliveryId === null) return notPossible(ref);
  await inWorkspace(ref.workspaceId, (scope) => reopenDelivery(scope, deliveryId));
  const { status } = await processDelivery({ workspaceId: ref.workspaceId, connectionId: ref.connectionId, deliveryId }, clock);
  if (status !== "processed" && status !== "ignored") return notPossible(ref);
  await inWorkspace(ref.workspaceId, (scope) => resolveDeadLetters(scope, { deliveryId }, clock.now()));
  return { outcome: "resolved" };
}

async function replayConversation(ref: DeadLetterRef, letter: DeadLetterRow, clock: Clock): Promise<{ outcome: "resolved" | "not_possible" }> {
  const held = conversationPayload.safeParse(letter.payload);
  const externalId = letter.kind === "conversation" ? letter.externalId : held.success ? held.data.externalId : null;
  if (externalId === null) return notPossible(ref);
  const open = await inWorkspace(ref.workspaceId, (scope) => openConnection(scope, ref.connectionId, clock));
  await readAgain(ref, open, { externalId, messageIds: letter.kind === "message" && letter.externalId !== null ? [letter.externalId] : [] }, clock);
  const after = await inWorkspace(ref.workspaceId, (scope) => findDeadLetter(scope, ref.deadLetterId));
  return after?.resolvedAt === null ? notPossible(ref) : { outcome: "resolved" };
}

async function replayOrder(ref: DeadLetterRef, letter: DeadLetterRow, clock: Clock): Promise<{ outcome: "resolved" | "not_possible" }> {
  if (letter.externalId === null) return notPossible(ref);
  const open = await inWorkspace(ref.workspaceId, (scope) => openConnection(scope, ref.connectionId, clock));
  await readOrderAgain(ref, open, letter.externalId, clock);
  const after = await inWorkspace(ref.workspaceId, (scope) => findDeadLetter(scope, ref.deadLetterId));
  return after?.resolvedAt === null ? notPossible(ref) : { outcome: "resolved" };
}

/** Lines and products are read in bulk only: the stream runs again over the day of the record. */
async function queueStream(ref: DeadLetterRef, letter: DeadLetterRow): Promise<{ outcome: "queued" }> {
  const dated = datedPayload.safeParse(letter.payload);
  const from = dated.success ? new Date(`${dated.data.date}T00:00:00Z`) : null;
  await inWorkspace(ref.workspaceId, async (scope) => {
    const { connection } = await openConnection(scope, ref.connectionId);
    const window = letter.kind === "sale" && from !== null ? { window: { from, to: new Date(from.getTime() + DAY_MS) } } : {};
    await queueRun(scope, connection, { stream: letter.kind === "sale" ? "sales" : "products", trigger: "replay", ...window });
  });
  return { outcome: "queued" };
}

async function notPossible(ref: DeadLetterRef): Promise<{ outcome: "not_possible" }> {
  await inWorkspace(ref.workspaceId, (scope) =>
    noteReplayFailure(scope, ref.deadLetterId, "sync.replay_not_possible", "the record could not be read again from the service"),
  );
  return { outcome: "not_possible" };
}
