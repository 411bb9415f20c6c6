import { randomUUID } from "node:crypto";
import type { Viewer } from "@/server/access/index";
import type { ExternalOrder } from "@/server/integrations/contract/orders";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { CHANGE_TIMINGS } from "../changing/change-rules";
import { type ChangeDeps, deliverNextChange } from "../changing/deliver-next-change";
import { type RequestDeps, requestChange } from "../changing/request-change";
import { ingestOrders } from "../ingest/ingest-orders";
import { asProcess, FakeOrders } from "./fake-orders";

/** A clock that tests turn. */
export class HandClock {
  constructor(private at = new Date("2026-11-01T10:00:00Z")) {}
  now = (): Date => new Date(this.at);
  pass(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

export interface TestOrders {
  readonly workspaceId: string;
  readonly userId: string;
  readonly viewer: Viewer;
  readonly connection: { readonly id: string; readonly organizationId: string };
  readonly clock: HandClock;
  readonly service: FakeOrders;
  readonly deps: ChangeDeps;
  readonly requestDeps: RequestDeps;
}

/** A workspace of its own with one connection to a fake service. */
export async function makeOrders(): Promise<TestOrders> {
  const [workspaceId, organizationId, userId, connectionId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Orders test", organizations: { create: { id: organizationId, name: "Test LLC" } } } });
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "fake", name: "Fake shop" } });
  const clock = new HandClock();
  const service = new FakeOrders(clock.now);
  return {
    workspaceId,
    userId,
    viewer: { userId, role: "admin", scope: "all", teamIds: [] },
    connection: { id: connectionId, organizationId },
    clock,
    service,
    deps: { gateway: service.gateway, clock, timings: CHANGE_TIMINGS },
    requestDeps: { gateway: service.gateway, clock },
  };
}

/** Applies orders like a page of a poll; without any, the service's own order as it stands. */
export async function ingest(test: TestOrders, orders: readonly ExternalOrder[] = [test.service.order]) {
  return inWorkspace(test.workspaceId, (scope) =>
    ingestOrders(scope, { connection: test.connection, orders, source: "poll", hasTaken: test.service.port.hasTaken }, test.clock),
  );
}

export async function orderOf(test: TestOrders, externalId = test.service.order.externalId) {
  return db.order.findFirstOrThrow({ where: { connectionId: test.connection.id, externalId }, include: { lines: { orderBy: { position: "asc" } } } });
}

export async function changesOf(test: TestOrders) {
  return db.orderChange.findMany({ where: { connectionId: test.connection.id }, orderBy: [{ requestedAt: "asc" }, { id: "asc" }] });
}

export async function eventsOf(test: TestOrders, externalId = test.service.order.externalId) {
  const { id } = await orderOf(test, externalId);
  return db.orderEvent.findMany({ where: { orderId: id }, orderBy: [{ at: "asc" }, { id: "asc" }] });
}

export async function ask(test: TestOrders, transitionId: string, fields: Record<string, string> = {}, changeId: string = randomUUID()) {
  const { id } = await orderOf(test);
  return inWorkspace(test.workspaceId, (scope) =>
    requestChange(scope, { userId: test.userId }, { orderId: id, changeId, transitionId, fields }, test.requestDeps),
  );
}

/** One step of a worker; a crash of the "process" is swallowed as the death of a process is. */
export async function step(test: TestOrders) {
  const { id } = await orderOf(test);
  const crashed = { kind: "crashed" as const };
  return asProcess(() => deliverNextChange({ workspaceId: test.workspaceId, orderId: id }, test.deps)).catch((error: unknown) => {
    // An error out of a transaction rolled it back: like a process that died in it.
    if (error instanceof Error && error.message.includes("died before it leased")) return crashed;
    throw error;
  });
}

/** Steps and lets time pass until nothing waits or a person has to decide. */
export async function settle(test: TestOrders, most = 60) {
  for (let turn = 0; turn < most; turn += 1) {
    const delivery = await step(test);
    if (delivery.kind === "idle" || delivery.kind === "person") return delivery.kind;
    test.clock.pass(delivery.kind === "later" ? Math.max(1, delivery.at.getTime() - test.clock.now().getTime()) : 10);
  }
  return "busy";
}
