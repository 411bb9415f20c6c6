import { randomUUID } from "node:crypto";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import type { DeliveryDeps } from "../deliver-next";
import { deliverNext } from "../deliver-next";
import { ingestConversations } from "../ingest-conversations";
import { sendMessage } from "../send-message";
import { SEND_TIMINGS } from "../sending-rules";
import { FakeService } from "./fake-service";

/** A clock that tests turn. */
export class HandClock {
  constructor(private at = new Date("2026-11-01T10:00:00Z")) {}
  now = (): Date => new Date(this.at);
  pass(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
  set(at: Date): void {
    this.at = at;
  }
}

export interface TestInbox {
  readonly workspaceId: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly connection: { readonly id: string; readonly organizationId: string };
  readonly clock: HandClock;
  readonly service: FakeService;
  readonly deps: DeliveryDeps;
}

/** A workspace of its own with one connection to a fake service. */
export async function makeInbox(): Promise<TestInbox> {
  const [workspaceId, organizationId, userId, connectionId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Inbox test", organizations: { create: { id: organizationId, name: "Test LLC" } } } });
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "fake", name: "Fake shop" } });
  const clock = new HandClock();
  const service = new FakeService(clock.now);
  return {
    workspaceId,
    organizationId,
    userId,
    connection: { id: connectionId, organizationId },
    clock,
    service,
    deps: { gateway: service.gateway, clock, timings: SEND_TIMINGS },
  };
}

export async function poll(inbox: TestInbox) {
  return inWorkspace(inbox.workspaceId, (scope) =>
    ingestConversations(scope, {
      connection: inbox.connection,
      conversations: [inbox.service.conversation()],
      source: "poll",
      isSame: (sent, found) => inbox.service.port.isSame(sent, found),
    }),
  );
}

export async function conversationOf(inbox: TestInbox, externalId = inbox.service.externalId) {
  return db.conversation.findFirstOrThrow({ where: { connectionId: inbox.connection.id, externalId } });
}

export async function messagesOf(inbox: TestInbox) {
  return db.message.findMany({ where: { connectionId: inbox.connection.id }, orderBy: [{ sentAt: "asc" }, { id: "asc" }] });
}

export async function write(inbox: TestInbox, text: string, sendId: string = randomUUID()) {
  const { id } = await conversationOf(inbox);
  return inWorkspace(inbox.workspaceId, (scope) => sendMessage(scope, inbox.userId, { conversationId: id, sendId, text }, inbox.service.gateway, inbox.clock));
}

/** One step of a worker; a crash of the "process" is swallowed as the death of a process is. */
export async function step(inbox: TestInbox) {
  const { id } = await conversationOf(inbox);
  const crashed = { kind: "crashed" as const };
  const death = inbox.service.nextDeath().then(() => crashed);
  // An error out of a transaction rolled it back: like a process that died in it.
  const work = deliverNext({ workspaceId: inbox.workspaceId, conversationId: id }, inbox.deps).catch((error: unknown) => {
    if (error instanceof Error && error.message.includes("died before it leased")) return crashed;
    throw error;
  });
  return Promise.race([work, death]);
}

/** Steps and lets time pass until nothing waits or a person has to decide. */
export async function settle(inbox: TestInbox, most = 60) {
  for (let turn = 0; turn < most; turn += 1) {
    const delivery = await step(inbox);
    if (delivery.kind === "idle" || delivery.kind === "person") return delivery.kind;
    inbox.clock.pass(delivery.kind === "later" ? Math.max(1, delivery.at.getTime() - inbox.clock.now().getTime()) : 10);
  }
  return "busy";
}
