import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach } from "vitest";
import { confirmSends, deliverNext, sendMessage } from "@/server/inbox/index";
import type { StreamId } from "@/server/integrations/contract/connector";
import type { Stand } from "@/server/integrations/contract/testing/stand";
import { createConnection, syncNow } from "@/server/integrations/index";
import { deliverNextChange, requestChange } from "@/server/orders/index";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { runNextPage } from "../index";

export const ACTOR = { kind: "system" };
const MOST_TURNS = 100;

export type HouseStand = Pick<Stand, "baseUrl" | "credentials" | "stop">;

/** A workspace of the real house with its HTTP kit and PostgreSQL, connected to one system's simulator. */
export class House<S extends HouseStand> {
  constructor(
    readonly stand: S,
    readonly workspaceId: string,
    readonly connectionId: string,
    private readonly sitsOutWaits: boolean,
  ) {}

  /** One run to its end. Arrow functions throughout: tests take them apart. */
  readonly sync = async (stream: StreamId) => {
    const { workspaceId, connectionId } = this;
    const [run] = await syncNow(workspaceId, { id: connectionId, streams: [stream] }, ACTOR);
    const ref = { workspaceId, connectionId, stream, runId: run?.id ?? "" };
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const { done, waitMs } = await runNextPage(ref);
      if (done) break;
      if (this.sitsOutWaits) await sleep(waitMs);
    }
    return db.syncRun.findUniqueOrThrow({ where: { id: ref.runId } });
  };

  /** The service's own word of every order the house holds, by the service's id. */
  readonly remoteStates = async (): Promise<Map<string, string>> => {
    const held = await db.order.findMany({ where: { connectionId: this.connectionId }, select: { externalId: true, remoteState: true } });
    return new Map(held.map((order) => [order.externalId, order.remoteState]));
  };

  readonly orderIdOf = async (externalId: string): Promise<string> =>
    (await db.order.findFirstOrThrow({ where: { connectionId: this.connectionId, externalId } })).id;

  /** Writes into a conversation and does what the durable function does until nothing is left to do. @returns the state of the message. */
  readonly send = async (conversation: string, text: string): Promise<string | null> => {
    const { workspaceId, connectionId } = this;
    const { id: conversationId } = await db.conversation.findFirstOrThrow({ where: { connectionId, externalId: conversation } });
    const author = { userId: randomUUID(), mayOverride: false };
    const { messageId } = await sendMessage(workspaceId, author, { conversationId, sendId: randomUUID(), text, origin: "person", undoable: false });
    await untilSettled(
      () => deliverNext({ workspaceId, conversationId }),
      () => db.message.updateMany({ where: { id: messageId }, data: { sendNextAt: new Date(0) } }),
    );
    await confirmSends({ workspaceId, conversationId });
    return (await db.message.findUniqueOrThrow({ where: { id: messageId } })).sendState;
  };

  /** Changes an order and does what the durable function does until nothing is left to do. @returns the change as it stands. */
  readonly change = async (order: string, transitionId: string, fields: Readonly<Record<string, string>> = {}) => {
    const { workspaceId } = this;
    const [orderId, changeId] = [await this.orderIdOf(order), randomUUID()];
    await inWorkspace(workspaceId, (scope) => requestChange(scope, { userId: null }, { orderId, changeId, transitionId, fields: { ...fields } }));
    await untilSettled(
      () => deliverNextChange({ workspaceId, orderId }),
      () => db.orderChange.updateMany({ where: { id: changeId }, data: { nextAt: new Date(0) } }),
    );
    return db.orderChange.findUniqueOrThrow({ where: { id: changeId } });
  };
}

/** @param passOver lets pass what the durable function sleeps through. */
async function untilSettled(deliver: () => Promise<{ readonly kind: string }>, passOver: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const { kind } = await deliver();
    if (kind === "idle" || kind === "person") return;
    if (kind === "later") await passOver();
  }
  throw new Error("what was sent does not settle");
}

/**
 * Opens houses for the tests of one file; their stands are taken down after each test.
 * @param sitsOutWaits where the simulator's limits run in real time.
 */
export function housesOf<S extends HouseStand>(connectorId: string, makeStand: () => Promise<S>, { sitsOutWaits = false } = {}): () => Promise<House<S>> {
  const open: S[] = [];
  afterEach(async () => {
    for (const stand of open.splice(0)) await stand.stop();
  });
  return async () => {
    await db.rateLimitCounter.deleteMany({ where: { key: { startsWith: "http:" } } });
    const stand = await makeStand();
    open.push(stand);
    const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
    await db.workspace.create({ data: { id: workspaceId, name: "Shop", organizations: { create: { id: organizationId, name: "Seller LLC" } } } });
    const { credentials, baseUrl } = stand;
    const wish = { connectorId, organizationId, name: "Shop", credentials, isActive: true, autoSync: true, streams: [], baseUrl };
    return new House(stand, workspaceId, await createConnection(workspaceId, wish, ACTOR), sitsOutWaits);
  };
}
