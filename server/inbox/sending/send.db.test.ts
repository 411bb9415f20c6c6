import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import type { Fault } from "../testing/fake-service";
import { conversationOf, makeInbox, messagesOf, poll, settle, step, type TestInbox, write } from "../testing/make-inbox";
import { confirmSends } from "./confirm-sends";
import { moderationGuard } from "./guard";
import { sendMessage } from "./send-message";
import { cancelSend, settleByHand } from "./settle-by-hand";
import { sweepOutbox } from "./sweep-outbox";

async function opened(): Promise<TestInbox> {
  const inbox = await makeInbox();
  inbox.service.says("buyer", "Где мой заказ?");
  inbox.clock.pass(1_000);
  await poll(inbox);
  return inbox;
}

const ours = async (inbox: TestInbox) => (await messagesOf(inbox)).filter((message) => message.sendId !== null);
const states = async (inbox: TestInbox) => (await ours(inbox)).map((message) => message.sendState);

describe("sending", () => {
  it("goes queued → sending → accepted → confirmed and ends the buyer's wait", async () => {
    const inbox = await opened();
    expect((await conversationOf(inbox)).waitingSince).not.toBeNull();
    const { messageId, state } = await write(inbox, "Уже едет");
    expect(state).toBe("queued");
    expect((await conversationOf(inbox)).waitingSince).not.toBeNull();
    await step(inbox);
    expect(await states(inbox)).toEqual(["accepted"]);
    expect((await conversationOf(inbox)).waitingSince).toBeNull();
    await confirmSends({ workspaceId: inbox.workspaceId, conversationId: (await conversationOf(inbox)).id }, inbox.deps);
    const [message] = await ours(inbox);
    expect(message).toMatchObject({ id: messageId, sendState: "confirmed", externalId: "m000002", authorUserId: inbox.userId });
    expect(await messagesOf(inbox)).toHaveLength(2);
    expect((await conversationOf(inbox)).messageCount).toBe(2);
    expect(inbox.service.sellerTexts()).toEqual(["Уже едет"]);
  });

  it("is one message however often the same send id comes", async () => {
    const inbox = await opened();
    const sendId = randomUUID();
    const first = await write(inbox, "Один раз", sendId);
    const again = await write(inbox, "Один раз", sendId);
    expect(again).toEqual({ messageId: first.messageId, state: "queued", repeated: true, releaseAt: null });
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["Один раз"]);
  });

  it("refuses a send id that another workspace used", async () => {
    const [mine, theirs] = [await opened(), await opened()];
    const sendId = randomUUID();
    await write(theirs, "hers", sendId);
    await expect(write(mine, "mine", sendId)).rejects.toMatchObject({ code: "inbox.send_id_taken" });
  });

  it("writes nothing into another workspace's conversation", async () => {
    const [mine, theirs] = [await opened(), await opened()];
    const { id } = await conversationOf(theirs);
    const attempt = sendMessage(
      mine.workspaceId,
      { userId: mine.userId, mayOverride: false },
      { conversationId: id, sendId: randomUUID(), text: "hello", origin: "person", undoable: false },
      { gateway: mine.service.gateway, guard: moderationGuard, clock: mine.clock },
    );
    await expect(attempt).rejects.toMatchObject({ code: "inbox.conversation_not_found" });
    expect(await ours(theirs)).toEqual([]);
  });

  it("keeps to the channel's rules", async () => {
    const inbox = await opened();
    await expect(write(inbox, "x".repeat(1_001))).rejects.toMatchObject({ code: "inbox.text_too_long", params: { length: 1_001, max: 1_000 } });
    await expect(write(inbox, "  \n ")).rejects.toMatchObject({ code: "inbox.text_empty" });
    inbox.service.state = { open: false, code: "window_48h", params: { hours: 48 } };
    await expect(write(inbox, "zu spät")).rejects.toMatchObject({ code: "inbox.closed.window_48h", status: 409 });
    expect(await ours(inbox)).toEqual([]);
  });

  it("rejects with the service's words what the service definitely refuses", async () => {
    const inbox = await opened();
    inbox.service.faults.push("refused");
    await write(inbox, "bad");
    await settle(inbox);
    expect(await ours(inbox)).toMatchObject([{ sendState: "rejected", sendErrorCode: "remote.invalid", sendErrorText: "bad words" }]);
    expect((await conversationOf(inbox)).waitingSince).not.toBeNull();
  });

  it("rejects a message whose window closed while it was queued", async () => {
    const inbox = await opened();
    await write(inbox, "late");
    inbox.service.state = { open: false, code: "window_48h" };
    await settle(inbox);
    expect(await ours(inbox)).toMatchObject([{ sendState: "rejected", sendErrorCode: "inbox.closed.window_48h" }]);
  });

  it.each<Fault>(["rate-limited", "unreachable", "auth"])("stays queued while %s and leaves once it can", async (fault) => {
    const inbox = await opened();
    inbox.service.faults.push(fault);
    await write(inbox, "patience");
    await step(inbox);
    const [waiting] = await ours(inbox);
    expect(waiting).toMatchObject({ sendState: "queued", sendErrorCode: fault === "unreachable" ? "remote.unavailable" : `remote.${fault}` });
    expect(waiting?.sendNextAt?.getTime()).toBeGreaterThan(inbox.clock.now().getTime());
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["patience"]);
  });

  it("does not try with a key that was refused", async () => {
    const inbox = await opened();
    inbox.service.delayCode = "credentials_rejected";
    await write(inbox, "blocked");
    await step(inbox);
    expect(await ours(inbox)).toMatchObject([{ sendState: "queued", sendErrorCode: "inbox.sending_blocked", sendAttempts: 0 }]);
  });

  it("can be taken back while it is queued, and not after", async () => {
    const inbox = await opened();
    const { messageId } = await write(inbox, "oops");
    const taken = await inWorkspace(inbox.workspaceId, (scope) => cancelSend(scope, messageId));
    expect(taken).toEqual({ text: "oops" });
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual([]);
    const second = await write(inbox, "gone");
    await settle(inbox);
    await expect(inWorkspace(inbox.workspaceId, (scope) => cancelSend(scope, second.messageId))).rejects.toMatchObject({ code: "inbox.cannot_cancel" });
  });
});

describe("a process that dies", () => {
  it.each<Fault>(["crash-before-lease", "crash-before", "crash-after", "timeout-after-accept", "timeout-before-accept"])(
    "%s: the buyer gets the message exactly once",
    async (fault) => {
      const inbox = await opened();
      inbox.service.faults.push(fault);
      await write(inbox, "Ровно один раз");
      await settle(inbox);
      await poll(inbox);
      expect(inbox.service.sellerTexts()).toEqual(["Ровно один раз"]);
      expect(await states(inbox)).toEqual(["confirmed"]);
      expect(await messagesOf(inbox)).toHaveLength(2);
    },
  );

  it("never mixes two equal texts", async () => {
    const inbox = await opened();
    inbox.service.faults.push("timeout-after-accept", "timeout-before-accept");
    await write(inbox, "Здравствуйте!");
    await write(inbox, "Здравствуйте!");
    await settle(inbox);
    await poll(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["Здравствуйте!", "Здравствуйте!"]);
    expect(await states(inbox)).toEqual(["confirmed", "confirmed"]);
    expect(new Set((await ours(inbox)).map((message) => message.externalId)).size).toBe(2);
  });

  it("does not send again before the history has been read", async () => {
    const inbox = await opened();
    inbox.service.faults.push("timeout-after-accept");
    inbox.service.historyDown = true;
    await write(inbox, "Ждём");
    for (let turn = 0; turn < 10; turn += 1) {
      const delivery = await step(inbox);
      inbox.clock.pass(delivery.kind === "later" ? delivery.at.getTime() - inbox.clock.now().getTime() : 10);
    }
    expect(await states(inbox)).toEqual(["unknown"]);
    inbox.service.historyDown = false;
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["Ждём"]);
    expect(await states(inbox)).toEqual(["confirmed"]);
  });

  it("drops the answer of a worker that was frozen past its lease", async () => {
    const inbox = await opened();
    inbox.service.faults.push("slow");
    await write(inbox, "Медленно");
    const frozen = step(inbox);
    await expect.poll(() => inbox.service.sellerTexts()).toEqual(["Медленно"]);
    inbox.clock.pass(200_000);
    await settle(inbox);
    const settled = await ours(inbox);
    expect(settled).toMatchObject([{ sendState: "confirmed" }]);
    inbox.service.letAnswerThrough();
    await frozen;
    expect(await ours(inbox)).toEqual(settled);
    expect(inbox.service.sellerTexts()).toEqual(["Медленно"]);
  });

  it("asks a person when the history holds something that may be ours, changed by the service", async () => {
    const inbox = await opened();
    inbox.service.faults.push("timeout-before-accept");
    const { messageId } = await write(inbox, "Чёрт, опять задержка");
    await step(inbox);
    inbox.service.says("seller", "***, опять задержка");
    expect(await settle(inbox)).toBe("person");
    expect(await ours(inbox)).toMatchObject([{ sendState: "unknown", sendErrorCode: "inbox.send_unprovable", sendNextAt: null }]);
    const settled = await inWorkspace(inbox.workspaceId, (scope) =>
      settleByHand(scope, { messageId, outcome: "was_sent" }, { kind: "user", id: inbox.userId }),
    );
    expect(settled).toEqual({ state: "accepted" });
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["***, опять задержка"]);
  });

  it("adopts the service's id when the poll was faster than the answer", async () => {
    const inbox = await opened();
    inbox.service.namesIds = true;
    inbox.service.faults.push("slow");
    await write(inbox, "Быстрый опрос");
    const sending = step(inbox);
    await expect.poll(() => inbox.service.sellerTexts()).toHaveLength(1);
    await poll(inbox);
    inbox.service.letAnswerThrough();
    await sending;
    expect(await states(inbox)).toEqual(["confirmed"]);
    expect(await messagesOf(inbox)).toHaveLength(2);
  });

  it("is woken by the sweep when its own run is lost", async () => {
    const inbox = await opened();
    await write(inbox, "Забытое");
    inbox.clock.pass(60_000);
    const { id } = await conversationOf(inbox);
    const before = await db.$queryRaw<
      { n: bigint }[]
    >`SELECT count(*) AS n FROM engine_event WHERE name = 'inbox/send.requested' AND data ->> 'conversationId' = ${id}`;
    await sweepOutbox(inbox.clock);
    const after = await db.$queryRaw<
      { n: bigint }[]
    >`SELECT count(*) AS n FROM engine_event WHERE name = 'inbox/send.requested' AND data ->> 'conversationId' = ${id}`;
    expect(Number(after[0]?.n) - Number(before[0]?.n)).toBe(1);
  });
});

const faults: readonly Fault[] = [
  "crash-before-lease",
  "crash-before",
  "crash-after",
  "timeout-after-accept",
  "timeout-before-accept",
  "rate-limited",
  "unreachable",
];
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("write" as const), text: fc.constantFrom("Да", "Нет", "Отправили") }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("step" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fault" as const), fault: fc.constantFrom(...faults) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("poll" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("two-steps" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("buyer" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("time" as const), ms: fc.integer({ min: 1, max: 120_000 }) }) },
);

type Action =
  | { readonly do: "write"; readonly text: string }
  | { readonly do: "fault"; readonly fault: Fault }
  | { readonly do: "time"; readonly ms: number }
  | { readonly do: "step" | "poll" | "two-steps" | "buyer" };

async function perform(inbox: TestInbox, next: Action): Promise<void> {
  switch (next.do) {
    case "write":
      await write(inbox, next.text);
      return;
    case "step":
      await step(inbox);
      return;
    case "two-steps":
      await Promise.all([step(inbox), step(inbox), poll(inbox)]);
      return;
    case "fault":
      inbox.service.faults.push(next.fault);
      return;
    case "poll":
      await poll(inbox);
      return;
    case "buyer":
      inbox.service.says("buyer", "?");
      return;
    case "time":
      inbox.clock.pass(next.ms);
      return;
  }
}

describe("any interleaving of writing, delivering, polling and dying", () => {
  it("delivers every message exactly once and in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30 }), async (actions) => {
        const inbox = await opened();
        for (const next of actions) await perform(inbox, next);
        inbox.service.faults.length = 0;
        await settle(inbox, 200);
        await poll(inbox);
        const written = actions.flatMap((next) => (next.do === "write" ? [next.text] : []));
        expect(inbox.service.sellerTexts()).toEqual(written);
        expect(await states(inbox)).toEqual(written.map(() => "confirmed"));
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 240_000);
});
