import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROZETKA_SCENARIOS } from "./scenarios";
import { openStage } from "./testing/stage";

it.each(ROZETKA_SCENARIOS)("%s starts with orders, goods and chats, the same ones each time", async (scenario) => {
  const startAt = new Date("2026-11-21T10:00:00Z");
  const look = async () => {
    const stage = await openStage({ scenario, startAt });
    try {
      const orders = (await stage.desk.orders()).map(({ id, status }) => [id, status]);
      return { orders, goods: (await stage.desk.goods()).length, chats: (await stage.desk.chats()).map(({ chatId, messages }) => [chatId, messages]) };
    } finally {
      await stage.sandbox.stop();
    }
  };
  const first = await look();
  expect(first.orders.length).toBeGreaterThan(20);
  expect(first.chats.length).toBeGreaterThan(2);
  expect(await look()).toEqual(first);
});

it("the demo lives: buyers order, write and answer, the carrier carries, moderators pass", async () => {
  const stage = await openStage({ scenario: "demo" });
  try {
    const count = async () => ({
      orders: (await stage.desk.orders()).length,
      messages: (await stage.desk.chats()).reduce((sum, chat) => sum + chat.messages, 0),
    });
    const before = await count();
    await stage.control.advance(120_000);
    expect(await count()).toEqual(before);
    await stage.call("/orders/counts-new");
    await stage.control.advance(300_000);
    const after = await count();
    expect(after.orders - before.orders).toBeGreaterThan(2);
    expect(after.messages - before.messages).toBeGreaterThan(5);
    const { id } = await stage.desk.placeOrder();
    await stage.call(`/orders/${id}`, { method: "PUT", body: { status: 26 } });
    await stage.call(`/orders/${id}`, { method: "PUT", body: { status: 61, ttn: "20450123456789" } });
    const { chatId } = await stage.desk.addChat({ text: "Добрий день! Коли відправите моє замовлення?" });
    const [chat] = (await stage.call(`/messages/search?msgType=items&id=${chatId}`)).content["chats"] as { user: { id: number } }[];
    const body = { chat_id: chatId, receiver_id: chat?.user.id, body: "Сьогодні", sendEmailUser: 0 };
    expect((await stage.call("/messages/create", { method: "POST", body })).content).toMatchObject({ status: 0 });
    await stage.control.advance(60 * 60_000);
    const messages = await stage.desk.messages({ chatId });
    expect(messages.find(({ via }) => via === "api")?.status).toBe(3);
    expect(messages.filter(({ sender }) => sender === 3).length).toBeGreaterThan(1);
    expect([3, 4, 5, 6]).toContain((await stage.desk.orders()).find((order) => order.id === id)?.status);
  } finally {
    await stage.sandbox.stop();
  }
});

it("goes on after a restart with the same orders, chats, files and sessions", async () => {
  const folder = await mkdtemp(join(tmpdir(), "karavan-rozetka-"));
  const stateFile = join(folder, "state.json");
  try {
    const first = await openStage({ stateFile });
    const { chatId } = await first.desk.addChat({ text: "Запам’ятайте мене" });
    const { id } = await first.desk.placeOrder();
    await first.sandbox.stop();
    const second = await openStage({ stateFile });
    expect(await second.desk.messages({ chatId })).toMatchObject([{ body: "Запам’ятайте мене" }]);
    expect((await second.call(`/orders/${id}`)).content).toMatchObject({ id });
    expect((await second.desk.placeOrder()).id).toBeGreaterThan(id);
    await second.sandbox.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
