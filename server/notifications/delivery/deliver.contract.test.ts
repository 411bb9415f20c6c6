import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import type { NoticeDeps } from "../deps";
import { tellAssigned } from "../notify/tell";
import { actorOf, choose, deliveriesOf, eventsOf, give, join } from "../testing/make-desk";
import { reachOf, type Stage, TelegramStages } from "../testing/telegram-stage";
import { setTransportActive } from "../transports/manage-transport";
import { deliverDue } from "./deliver-due";
import { sendTest } from "./send-test";
import { sweepDeliveries } from "./sweep-deliveries";

const stages = await TelegramStages.open();
const { telegram } = stages;

beforeEach(() => stages.reset());
afterAll(() => stages.sandbox.stop());

describe("a notice", () => {
  it("arrives formatted, escaped, with a link, in the person's language", async () => {
    const stage = await stages.linked();
    await db.user.update({ where: { id: stage.admin.userId }, data: { locale: "uk" } });
    await stages.queuedNotice(stage);
    expect(await deliverDue(stage.to, stage.deps)).toEqual({ kind: "moved" });
    const message = (await telegram.received(stages.withBot())).at(-1);
    expect(message).toMatchObject({
      text: "1 нове повідомлення: Иван <П.>\nГде заказ & чек?\nВідкрити розмову",
      links: [`http://127.0.0.1:3000/inbox/${stage.desk.conversationId}`],
      parseMode: "HTML",
    });
    expect(await deliveriesOf(stage.desk)).toMatchObject([{ status: "sent", attempts: 1, errorCode: null, settledAt: stage.desk.clock.now() }]);
    expect(await deliverDue(stage.to, stage.deps)).toEqual({ kind: "idle" });
  });

  it("waits its moment and is spared who has read it", async () => {
    const stage = await stages.linked();
    await stages.tell(stage);
    const waiting = await deliverDue(stage.to, stage.deps);
    expect(waiting).toEqual({ kind: "later", at: new Date(stage.desk.clock.now().getTime() + 15_000).toISOString() });
    stage.desk.clock.pass(16_000);
    await db.notice.updateMany({ where: { workspaceId: stage.desk.workspaceId }, data: { readAt: stage.desk.clock.now() } });
    expect(await deliverDue(stage.to, stage.deps)).toEqual({ kind: "moved" });
    expect(await deliveriesOf(stage.desk)).toMatchObject([{ status: "skipped", errorCode: "notices.skipped.read_already" }]);
    expect(await stages.texts()).toHaveLength(1);
  });

  it("is spared who was asked for what somebody has done meanwhile", async () => {
    const stage = await stages.linked();
    await stages.queuedNotice(stage);
    await db.conversation.update({ where: { id: stage.desk.conversationId }, data: { lastMessageSide: "seller" } });
    await deliverDue(stage.to, stage.deps);
    expect(await deliveriesOf(stage.desk)).toMatchObject([{ status: "skipped", errorCode: "notices.skipped.answered_already" }]);
  });

  it("keeps the buyer's words in the house when the person wants that", async () => {
    const stage = await stages.linked();
    await choose(stage.desk, stage.admin.userId, { previewOutside: false, matrix: { new_message: { telegram: true } } });
    await stages.queuedNotice(stage);
    await deliverDue(stage.to, stage.deps);
    expect((await stages.texts()).at(-1)).toBe("New message: Иван <П.>\nOpen the conversation");
  });

  it("several that waited are one message", async () => {
    const stage = await stages.linked();
    for (let turn = 0; turn < 3; turn += 1) {
      await stages.tell(stage);
      stage.desk.clock.pass(61_000);
    }
    await deliverDue(stage.to, stage.deps);
    expect((await stages.texts()).at(-1)).toMatch(/^3 notices\n\nNew message: Иван <П.>/);
    expect(await deliveriesOf(stage.desk)).toMatchObject([{ status: "sent" }, { status: "sent" }, { status: "sent" }]);
  });

  it("two workers at once send it once", async () => {
    const stage = await stages.linked();
    await stages.queuedNotice(stage);
    await Promise.all(Array.from({ length: 6 }, () => deliverDue(stage.to, stage.deps)));
    expect(await stages.texts()).toHaveLength(2);
    expect(await deliveriesOf(stage.desk)).toMatchObject([{ status: "sent", attempts: 1 }]);
  });

  it("heeds retry_after", async () => {
    const stage = await stages.linked();
    await stages.queuedNotice(stage);
    await telegram.fail({ kind: "rate-limit", retryAfterSeconds: 37 });
    await deliverDue(stage.to, stage.deps);
    const [waiting] = await deliveriesOf(stage.desk);
    expect(waiting).toMatchObject({ status: "waiting", errorCode: "notices.telegram_throttled", errorText: "Too Many Requests: retry after 37" });
    expect(waiting?.notBefore).toEqual(new Date(stage.desk.clock.now().getTime() + 37_000));
    stage.desk.clock.pass(37_000);
    await deliverDue(stage.to, stage.deps);
    expect(await deliveriesOf(stage.desk)).toMatchObject([{ status: "sent", attempts: 2 }]);
  });

  it("a block ends it, shows in the settings and a working test mends it", async () => {
    const stage = await stages.linked();
    await telegram.block(stages.withBot());
    await stages.queuedNotice(stage);
    await deliverDue(stage.to, stage.deps);
    expect(await deliveriesOf(stage.desk)).toMatchObject([
      { status: "failed", attempts: 1, errorCode: "notices.telegram_blocked", errorText: "Forbidden: bot was blocked by the user" },
    ]);
    expect(await reachOf(stage)).toMatchObject({ state: "broken", brokenCode: "notices.telegram_blocked" });
    stage.desk.clock.pass(61_000);
    await stages.tell(stage);
    expect(await deliveriesOf(stage.desk)).toHaveLength(1);
    expect(await sendTest(stage.admin, "telegram", stage.deps)).toMatchObject({ ok: false, errorCode: "notices.telegram_blocked", sentTo: "@olga_sells" });
    await telegram.unblock(stages.withBot());
    expect(await sendTest(stage.admin, "telegram", stage.deps)).toEqual({ ok: true, errorCode: null, errorText: null, sentTo: "@olga_sells" });
    expect(await reachOf(stage)).toMatchObject({ state: "ready" });
    expect((await deliveriesOf(stage.desk)).map(({ form, status }) => [form, status])).toEqual([
      ["single", "failed"],
      ["test", "failed"],
      ["test", "sent"],
    ]);
  });

  it("tries again after an outage, and gives up after half a day", async () => {
    const stage = await stages.linked();
    await stages.queuedNotice(stage);
    await telegram.fail({ kind: "error-before", status: 500, times: 8, match: "sendMessage" });
    const pauses: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      await deliverDue(stage.to, stage.deps);
      const [row] = await deliveriesOf(stage.desk);
      if (row?.notBefore == null) break;
      pauses.push((row.notBefore.getTime() - stage.desk.clock.now().getTime()) / 1_000);
      stage.desk.clock.pass(row.notBefore.getTime() - stage.desk.clock.now().getTime());
    }
    expect(pauses).toEqual([30, 60, 300, 900, 3_600, 10_800, 21_600]);
    expect(await deliveriesOf(stage.desk)).toMatchObject([{ status: "failed", attempts: 8, errorCode: "notices.telegram_unreachable" }]);
  });

  it("a process that dies on the way: nobody sends within its lease, and it is not lost", async () => {
    const stage = await stages.linked();
    await stages.queuedNotice(stage);
    await telegram.fail({ kind: "drop-after-accept", match: "sendMessage" });
    const dying: NoticeDeps = { ...stage.deps, clock: { now: dyingAfter(stage, 1) } };
    await expect(deliverDue(stage.to, dying)).rejects.toThrow("died");
    expect(await deliverDue(stage.to, stage.deps)).toMatchObject({ kind: "later" });
    stage.desk.clock.pass(180_000);
    expect(await sweepDeliveries(stage.desk.clock)).toMatchObject({ started: expect.any(Number) });
    expect((await eventsOf(stage.desk, "notifications/delivery.queued")).length).toBeGreaterThan(1);
    await stages.passSecond();
    await deliverDue(stage.to, stage.deps);
    expect(await deliveriesOf(stage.desk)).toMatchObject([{ status: "sent", attempts: 2 }]);
    // Its "yes" was lost with the process: once more rather than never.
    expect(await stages.texts()).toHaveLength(3);
  });

  it("is left out when the person may not see it any more, wants it no more, or the bot is gone", async () => {
    const stage = await stages.linked();
    const { desk, admin } = stage;
    const giver = await join(desk, "admin");
    const person = { ...stage, to: stage.to };
    await give(desk, { assigneeId: admin.userId });
    const assign = async (key: string) => {
      await tellAssigned(
        { workspaceId: desk.workspaceId, conversationId: desk.conversationId, assigneeId: admin.userId, byUserId: giver.userId, key },
        desk.clock,
      );
    };
    await assign("1");
    await db.membership.updateMany({ where: { userId: admin.userId }, data: { role: "operator", conversationScope: "own" } });
    await give(desk, { assigneeId: giver.userId });
    await deliverDue(person.to, stage.deps);
    await give(desk, { assigneeId: admin.userId });
    await assign("2");
    await choose(desk, admin.userId, { matrix: { assigned: { telegram: false } } });
    await deliverDue(person.to, stage.deps);
    await choose(desk, admin.userId, {});
    await assign("3");
    await setTransportActive(desk.workspaceId, actorOf(admin), { kind: "telegram", isActive: false });
    await deliverDue(person.to, stage.deps);
    expect((await deliveriesOf(desk)).map(({ status, errorCode }) => [status, errorCode])).toEqual([
      ["skipped", "notices.skipped.not_visible"],
      ["skipped", "notices.skipped.not_wanted"],
      ["skipped", "notices.skipped.transport_off"],
    ]);
    expect(await stages.texts()).toHaveLength(1);
  });
});

/** A clock that kills its process at the n-th look after the first. */
function dyingAfter(stage: Stage, looks: number): () => Date {
  let count = 0;
  return () => {
    count += 1;
    if (count > looks) throw new Error("died");
    return stage.desk.clock.now();
  };
}
