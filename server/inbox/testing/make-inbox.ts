import { randomUUID } from "node:crypto";
import type { Viewer } from "@/server/access/index";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import type { ViewerSession } from "../as-viewer";
import { ingestConversations } from "../ingest/ingest-conversations";
import type { DeliveryDeps } from "../sending/deliver-next";
import { deliverNext } from "../sending/deliver-next";
import { moderationGuard } from "../sending/guard";
import { type SendDeps, sendMessage } from "../sending/send-message";
import { SEND_TIMINGS } from "../sending/sending-rules";
import { asProcess, FakeService } from "./fake-service";

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
  /** Who sees everything, like `session`; not a member, so that nothing is given to them. */
  readonly viewer: Viewer;
  readonly session: ViewerSession;
  readonly connection: { readonly id: string; readonly organizationId: string };
  readonly clock: HandClock;
  readonly service: FakeService;
  readonly deps: DeliveryDeps;
  readonly sendDeps: SendDeps;
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
    viewer: { userId, role: "admin", scope: "all", teamIds: [] },
    session: { workspaceId, userId, role: "admin", conversationScope: "all" },
    connection: { id: connectionId, organizationId },
    clock,
    service,
    deps: { gateway: service.gateway, clock, timings: SEND_TIMINGS },
    sendDeps: { gateway: service.gateway, guard: moderationGuard, clock },
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

interface WriteOptions {
  readonly sendAt?: Date;
  readonly undoable?: boolean;
  readonly override?: { readonly reason: string };
  readonly mayOverride?: boolean;
}

export async function write(inbox: TestInbox, text: string, sendId: string = randomUUID(), { mayOverride = false, ...options }: WriteOptions = {}) {
  const { id } = await conversationOf(inbox);
  const input = { conversationId: id, sendId, text, origin: "person" as const, undoable: false, ...options };
  return sendMessage(inbox.workspaceId, { userId: inbox.userId, mayOverride }, input, inbox.sendDeps);
}

/** One step of a worker; a crash of the "process" is swallowed as the death of a process is. */
export async function step(inbox: TestInbox) {
  const { id } = await conversationOf(inbox);
  const crashed = { kind: "crashed" as const };
  return asProcess(() => deliverNext({ workspaceId: inbox.workspaceId, conversationId: id }, inbox.deps)).catch((error: unknown) => {
    // An error out of a transaction rolled it back: like a process that died in it.
    if (error instanceof Error && error.message.includes("died before it leased")) return crashed;
    throw error;
  });
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
