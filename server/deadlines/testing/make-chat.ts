import { randomUUID } from "node:crypto";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { savePolicy } from "../policies";
import { recomputeDeadlines } from "../recompute-deadlines";
import type { SavePolicyInput } from "../schema";
import { watchDeadlines } from "../watch-deadlines";

const MINUTE = 60_000;

/** A shop with one conversation, and a clock that tests turn. Starts on Monday 2026-11-02 at 10:00 UTC. */
export interface TestChat {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly conversationId: string;
  now(): Date;
  passMinutes(minutes: number): void;
}

export const ACTOR = { kind: "test" } as const;

export async function makeChat(channel = "fake.chat"): Promise<TestChat> {
  const [workspaceId, organizationId, connectionId, conversationId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  let at = Date.parse("2026-11-02T10:00:00Z");
  await db.workspace.create({ data: { id: workspaceId, name: "Deadlines test", organizations: { create: { id: organizationId, name: "Test LLC" } } } });
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "fake", name: "Fake shop", health: "ok" } });
  const created = new Date(at);
  await db.conversation.create({
    data: {
      id: conversationId,
      workspaceId,
      organizationId,
      connectionId,
      channel,
      externalId: conversationId,
      lastMessageAt: created,
      createdAt: created,
      updatedAt: created,
    },
  });
  return {
    workspaceId,
    connectionId,
    conversationId,
    now: () => new Date(at),
    passMinutes: (minutes) => {
      at += minutes * MINUTE;
    },
  };
}

/** Another conversation of the same shop, with the same clock. */
export async function makeSecond(chat: TestChat): Promise<TestChat> {
  const { organizationId, channel } = await db.conversation.findUniqueOrThrow({ where: { id: chat.conversationId } });
  const [id, now] = [randomUUID(), chat.now()];
  const { workspaceId, connectionId } = chat;
  await db.conversation.create({
    data: { id, workspaceId, organizationId, connectionId, channel, externalId: id, lastMessageAt: now, createdAt: now, updatedAt: now },
  });
  return { ...chat, conversationId: id };
}

export interface Said {
  readonly side?: "buyer" | "seller";
  readonly authorKind?: string;
  readonly at?: Date;
  readonly sendState?: "queued" | "accepted" | "rejected";
}

/** A message as an ingest or the outbox leaves it; a buyer's opens the conversation and makes it wait. */
export async function say(chat: TestChat, { side = "buyer", authorKind = side, at = chat.now(), sendState }: Said = {}): Promise<void> {
  const id = randomUUID();
  await db.message.create({
    data: {
      id,
      workspaceId: chat.workspaceId,
      conversationId: chat.conversationId,
      connectionId: chat.connectionId,
      externalId: sendState === undefined ? id : null,
      side,
      authorKind,
      text: "…",
      sentAt: at,
      sourceVersionAt: at,
      ...(sendState === undefined ? {} : { sendId: randomUUID(), sendState }),
    },
  });
  const facts = side === "buyer" ? { status: "open" as const, lastBuyerMessageAt: at, waitingSince: at } : {};
  await db.conversation.update({ where: { id: chat.conversationId }, data: { lastMessageAt: at, updatedAt: chat.now(), ...facts } });
}

export const recompute = (chat: TestChat) => inWorkspace(chat.workspaceId, (scope) => recomputeDeadlines(scope, [chat.conversationId], chat));

/** Of this workspace alone: tests share a database, and each has its own time. */
export const watch = (chat: TestChat) => watchDeadlines(chat, chat.workspaceId);

export const deadlinesOf = (chat: TestChat) => db.deadline.findMany({ where: { conversationId: chat.conversationId }, orderBy: { startedAt: "asc" } });
export const conversationOf = (chat: TestChat) => db.conversation.findUniqueOrThrow({ where: { id: chat.conversationId } });

/** First reply in 60 minutes around the clock, next in 30, a warning 15 before. */
export const policyInput = (changes: Partial<SavePolicyInput> = {}): SavePolicyInput => ({
  name: "Standard",
  isActive: true,
  conditions: { channels: [], labelIds: [], teamIds: [], connectionIds: [] },
  firstReplyMinutes: 60,
  nextReplyMinutes: 30,
  calendarId: null,
  pauseOn: ["snoozed", "pending", "outage"],
  warnBeforeMinutes: 15,
  escalation: { notify: [], raisePriorityTo: null },
  ...changes,
});

export const makePolicyRow = (chat: TestChat, changes: Partial<SavePolicyInput> = {}) =>
  inWorkspace(chat.workspaceId, (scope) => savePolicy(scope, policyInput(changes), ACTOR));

/** A line of the conversation's history, as the inbox writes it. */
export async function note(chat: TestChat, type: string, data: Readonly<Record<string, string | null>>, actorKind = "user"): Promise<void> {
  await db.conversationEvent.create({
    data: { id: randomUUID(), workspaceId: chat.workspaceId, conversationId: chat.conversationId, at: chat.now(), actorKind, type, data },
  });
}

/** Events of a name emitted by the workspace. */
export async function emitted(chat: TestChat, name: string): Promise<unknown[]> {
  const rows = await db.engineEvent.findMany({ where: { name, data: { path: ["workspaceId"], equals: chat.workspaceId } }, orderBy: { id: "asc" } });
  return rows.map(({ data }) => data);
}

export const minutesAfter = (start: string, minutes: number) => new Date(Date.parse(start) + minutes * MINUTE);
