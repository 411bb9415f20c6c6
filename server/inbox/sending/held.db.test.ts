import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { conversationOf, makeInbox, messagesOf, poll, settle, step, type TestInbox, write } from "../testing/make-inbox";
import { releaseScheduled } from "./release-scheduled";
import { UNDO_MS } from "./sending-rules";
import { cancelSend } from "./settle-by-hand";
import { sweepOutbox } from "./sweep-outbox";

async function opened(): Promise<TestInbox> {
  const inbox = await makeInbox();
  inbox.service.says("buyer", "Здравствуйте");
  await poll(inbox);
  // The simulated service dates a message a second after the last.
  inbox.clock.pass(60_000);
  return inbox;
}

async function release(inbox: TestInbox, messageId: string) {
  const { id } = await conversationOf(inbox);
  return releaseScheduled({ workspaceId: inbox.workspaceId, conversationId: id, messageId }, inbox.deps);
}

async function ours(inbox: TestInbox) {
  return (await messagesOf(inbox)).filter((message) => message.side === "seller");
}

const LATER = 3 * 3_600_000;
const at = (inbox: TestInbox, ms: number) => new Date(inbox.clock.now().getTime() + ms);

describe("undo", () => {
  it("holds a message back for ten seconds, in which it can be taken back and never leaves", async () => {
    const inbox = await opened();
    const sent = await write(inbox, "Уже отправили", undefined, { undoable: true });
    expect(sent).toMatchObject({ state: "scheduled", releaseAt: at(inbox, 10_000) });
    expect(await step(inbox)).toEqual({ kind: "idle" });
    expect(await release(inbox, sent.messageId)).toBe("held");
    expect(await inWorkspace(inbox.workspaceId, (scope) => cancelSend(scope, sent.messageId))).toEqual({ text: "Уже отправили" });
    inbox.clock.pass(20_000);
    expect(await release(inbox, sent.messageId)).toBe("gone");
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual([]);
  });

  it("lets it go once, whoever asks and how often", async () => {
    const inbox = await opened();
    const sent = await write(inbox, "Уже отправили", undefined, { undoable: true });
    // The buyer may go on writing in these seconds: the operator has seen the thread this answers.
    inbox.service.says("buyer", "?");
    await poll(inbox);
    inbox.clock.pass(10_000);
    const releases = await Promise.all([1, 2, 3].map(() => release(inbox, sent.messageId)));
    expect(releases.filter((one) => one === "released")).toHaveLength(1);
    await settle(inbox);
    await poll(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["Уже отправили"]);
    expect((await ours(inbox)).map((message) => message.sendState)).toEqual(["confirmed"]);
    await expect(inWorkspace(inbox.workspaceId, (scope) => cancelSend(scope, sent.messageId))).rejects.toMatchObject({ code: "inbox.cannot_cancel" });
  });

  it("is one message for one send id, also while it is held back", async () => {
    const inbox = await opened();
    const sendId = randomUUID();
    const first = await write(inbox, "Раз", sendId, { undoable: true });
    expect(await write(inbox, "Раз", sendId, { undoable: true })).toEqual({ ...first, repeated: true });
    expect(await ours(inbox)).toHaveLength(1);
  });

  it("does not hold up what is sent at once meanwhile", async () => {
    const inbox = await opened();
    await write(inbox, "Потом", undefined, { sendAt: at(inbox, LATER) });
    await write(inbox, "Сейчас");
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["Сейчас"]);
  });
});

describe("send later", () => {
  it("goes at its moment and stands at its place in the thread", async () => {
    const inbox = await opened();
    const sent = await write(inbox, "Напоминаем про размер", undefined, { sendAt: at(inbox, LATER) });
    await write(inbox, "Сейчас");
    await settle(inbox);
    inbox.clock.pass(LATER);
    expect(await release(inbox, sent.messageId)).toBe("released");
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["Сейчас", "Напоминаем про размер"]);
    expect((await ours(inbox)).map((message) => message.text)).toEqual(["Сейчас", "Напоминаем про размер"]);
  });

  it("does not answer a question it could not know of, and tells its writer", async () => {
    const inbox = await opened();
    const sent = await write(inbox, "Всё ли подошло?", undefined, { sendAt: at(inbox, LATER) });
    inbox.clock.pass(LATER / 2);
    inbox.service.says("buyer", "Пришло разбитым!");
    await poll(inbox);
    inbox.clock.pass(LATER);
    expect(await release(inbox, sent.messageId)).toBe("stopped");
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual([]);
    expect(await ours(inbox)).toMatchObject([{ sendState: "rejected", sendErrorCode: "inbox.buyer_wrote_meanwhile", text: "Всё ли подошло?" }]);
    const told = await db.$queryRaw<
      { n: number }[]
    >`SELECT count(*)::integer AS n FROM engine_event WHERE name = 'inbox/send.failed' AND data ->> 'messageId' = ${sent.messageId}`;
    expect(told).toEqual([{ n: 1 }]);
  });

  it("goes although the buyer writes in the seconds of an undo", async () => {
    const inbox = await opened();
    const writtenAt = inbox.clock.now();
    const sent = await write(inbox, "Отправим сегодня", undefined, { undoable: true });
    // By the same clock to the millisecond: a little more than the seconds of an undo would be a plan.
    expect(await db.message.findUniqueOrThrow({ where: { id: sent.messageId } })).toMatchObject({ storedAt: writtenAt });
    inbox.clock.pass(3_000);
    inbox.service.says("buyer", "И ещё вопрос");
    await poll(inbox);
    inbox.clock.pass(UNDO_MS);
    expect(await release(inbox, sent.messageId)).toBe("released");
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["Отправим сегодня"]);
  });

  it("is let go by the sweep when its own run is lost", async () => {
    const inbox = await opened();
    await write(inbox, "Забытое", undefined, { sendAt: at(inbox, LATER) });
    inbox.clock.pass(LATER + 60_000);
    await sweepOutbox(inbox.clock);
    expect((await ours(inbox)).map((message) => message.sendState)).toEqual(["queued"]);
  });

  it("reaches no further than two months", async () => {
    const inbox = await opened();
    await expect(write(inbox, "Через год", undefined, { sendAt: at(inbox, 365 * 86_400_000) })).rejects.toMatchObject({ code: "inbox.send_at_out_of_range" });
  });
});

describe("the guard on the way out", () => {
  it("stops a message and writes nothing", async () => {
    const inbox = await opened();
    await expect(write(inbox, "Пишите мне в телеграм @shop_best")).rejects.toMatchObject({ code: "inbox.guard_blocked", params: { kind: "messenger" } });
    expect(await ours(inbox)).toEqual([]);
  });

  it("lets it pass for an admin with a reason, and the audit tells", async () => {
    const inbox = await opened();
    const override = { reason: "Номер службы доставки из заказа" };
    await expect(write(inbox, "Звоните +7 912 345-67-89", undefined, { override })).rejects.toMatchObject({ code: "inbox.override_forbidden" });
    const sent = await write(inbox, "Звоните +7 912 345-67-89", undefined, { override, mayOverride: true });
    expect(await db.message.findUniqueOrThrow({ where: { id: sent.messageId } })).toMatchObject({
      guardOverrideReason: override.reason,
      guardOverrideById: inbox.userId,
    });
    const { id } = await conversationOf(inbox);
    expect(await db.auditEntry.findMany({ where: { workspaceId: inbox.workspaceId, action: "message.guard_overridden" } })).toMatchObject([
      { subjectId: id, details: { reason: override.reason, findings: [{ kind: "phone" }] } },
    ]);
    await settle(inbox);
    expect(inbox.service.sellerTexts()).toEqual(["Звоните +7 912 345-67-89"]);
  });

  it("keeps no record of an override that nothing needed", async () => {
    const inbox = await opened();
    const sent = await write(inbox, "Размер 42-44 есть", undefined, { override: { reason: "на всякий случай" }, mayOverride: true });
    expect(await db.message.findUniqueOrThrow({ where: { id: sent.messageId } })).toMatchObject({ guardOverrideReason: null });
  });
});

it("a channel that takes one answer is closed by it, also while the answer is on its way", async () => {
  const inbox = await opened();
  inbox.service.maxAnswers = 1;
  await write(inbox, "Размер маломерит на один");
  await expect(write(inbox, "И ещё")).rejects.toMatchObject({ code: "inbox.closed.answer_given" });
  await settle(inbox);
  await poll(inbox);
  expect(inbox.service.sellerTexts()).toEqual(["Размер маломерит на один"]);
  await expect(write(inbox, "И ещё")).rejects.toMatchObject({ code: "inbox.closed.answer_given" });
});
