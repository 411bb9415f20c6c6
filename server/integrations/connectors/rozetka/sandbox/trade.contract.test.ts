import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.sandbox.stop());

const change = (id: number, body: Record<string, unknown>) => stage.call(`/orders/${id}`, { method: "PUT", body });
const codeOf = async (call: ReturnType<typeof change>) => (await call).json.errors?.code;
const statusOf = async (id: number) => (await stage.desk.orders()).find((order) => order.id === id)?.status;

describe("changing an order", () => {
  it("takes what status_available lists and nothing else", async () => {
    const { id } = await stage.desk.placeOrder();
    expect(await codeOf(change(id, { status: 6 }))).toBe(1005);
    expect(await codeOf(change(id, { status: 26 }))).toBeUndefined();
    expect(await codeOf(change(id, { status: 26 }))).toBe(1005);
    expect(await codeOf(change(id, {}))).toBe(1001);
    expect(await codeOf(change(999, { status: 26 }))).toBe(1019);
    await stage.desk.lockOrder({ id });
    expect(await codeOf(change(id, { status: 2 }))).toBe(1005);
    expect(await statusOf(id)).toBe(26);
  });

  it("wants a waybill for 3 and 61, another order for 49, and goes from 2 with a waybill to 61 by itself", async () => {
    const { id } = await stage.desk.placeOrder();
    expect(await codeOf(change(id, { status: 49 }))).toBe(1001);
    await change(id, { status: 26 });
    expect(await codeOf(change(id, { status: 61 }))).toBe(1001);
    const { content } = await change(id, { status: 2, ttn: "20450123456789", seller_comment: "Так" });
    expect(content).toMatchObject({ status: 61, ttn: "20450123456789", current_seller_comment: "Так" });
    expect(await codeOf(change(id, { status: 3, ttn: "20450123456789" }))).toBeUndefined();
    expect((await stage.call(`/orders/${id}?expand=status_available`)).content["status_available"]).toEqual([]);
  });

  it("is found by when it changed, to the second", async () => {
    const { id } = await stage.desk.placeOrder();
    const { content } = await stage.call(`/orders/${id}`);
    const changed = encodeURIComponent(String(content["changed"]));
    const idsOf = async (query: string) => ((await stage.call(`/orders/search?${query}`)).content["orders"] as { id: number }[]).map((order) => order.id);
    expect(await idsOf(`changed_from=${changed}&changed_to=${changed}`)).toContain(id);
    expect(await idsOf(`types=4`)).toContain(id);
    expect(await idsOf(`types=6`)).not.toContain(id);
    expect(await idsOf(`ttn=1`)).not.toContain(id);
  });
});

describe("mass update", () => {
  const update = (items: readonly Record<string, unknown>[], isIgnoreCheck = 0) =>
    stage.call("/items/mass-update", { method: "PUT", body: { isIgnoreCheck, items } });
  const good = async (index = 0) => {
    const found = (await stage.desk.goods())[index];
    if (found === undefined) throw new Error("no goods");
    return found;
  };

  it("sets stock and price at once, a leap of the price only after a manager", async () => {
    const { rzItemId, price } = await good();
    expect((await update([{ item_rz_id: rzItemId, stock_quantity: 7, price: price + 10 }])).json).toEqual({ success: true, content: null });
    expect(await good()).toMatchObject({ stock: 7, price: price + 10 });
    await update([{ item_rz_id: rzItemId, price: price * 3 }]);
    expect(await good()).toMatchObject({ price: price + 10, waitingPrice: price * 3 });
    expect((await stage.call("/goods/prices")).content["items"]).toMatchObject([{ rz_item_id: rzItemId }]);
    await update([{ item_rz_id: rzItemId, price: price * 3 }], 1);
    expect(await good()).toMatchObject({ price: price * 3, waitingPrice: null });
  });

  it("says by item what is wrong, and applies the others unless told not to", async () => {
    const { rzItemId, stock } = await good();
    const mixed = [
      { item_rz_id: rzItemId, stock_quantity: stock + 1 },
      { item_rz_id: 1, stock_quantity: 1 },
    ];
    expect((await update(mixed)).json).toEqual({ success: false, errors: { "1": { reason: [{ id: 1, value: ["Товар не знайдено"] }] } } });
    expect((await good()).stock).toBe(stock + 1);
    await stage.desk.setQuirks({ appliesGoodItems: false });
    await update([{ ...mixed[0], stock_quantity: stock + 2 }, mixed[1] ?? {}]);
    expect((await good()).stock).toBe(stock + 1);
  });

  it("refuses shapes and values it does not know", async () => {
    const { rzItemId, price } = await good();
    const code = async (item: Record<string, unknown>) => (await update([item])).json.errors?.code;
    expect(await code({ item_rz_id: String(rzItemId), stock_quantity: 1 })).toBe(1002);
    expect(await code({ item_rz_id: rzItemId, price: 10.5 })).toBe(1002);
    expect(await code({ item_rz_id: rzItemId })).toBe(1001);
    expect((await update([])).json.errors?.code).toBe(1002);
    const reasons = async (item: Record<string, unknown>) => Object.keys((await update([item])).json.errors ?? {});
    expect(await reasons({ item_rz_id: rzItemId, stock_quantity: -1 })).toEqual([String(rzItemId)]);
    expect(await reasons({ item_rz_id: rzItemId, price, price_old: price })).toEqual([String(rzItemId)]);
    const ff = await good(6);
    expect(await reasons({ item_rz_id: ff.rzItemId, stock_quantity: 1 })).toEqual([String(ff.rzItemId)]);
  });
});

describe("chats", () => {
  it("takes words for the right buyer, with a file as a form", async () => {
    const { chatId } = await stage.desk.addChat({ text: "Добрий день" });
    const chat = (await stage.call(`/messages/search?msgType=items&id=${chatId}`)).content["chats"] as { user: { id: number } }[];
    const receiver = chat[0]?.user.id ?? 0;
    const send = (body: Record<string, unknown>) => stage.call("/messages/create", { method: "POST", body });
    const whole = { chat_id: chatId, receiver_id: receiver, body: "Вітаємо", sendEmailUser: 0 };
    expect((await send({ ...whole, receiver_id: receiver + 1 })).json.errors?.code).toBe(1005);
    expect((await send({ ...whole, body: "  " })).json.errors?.code).toBe(1002);
    expect((await send({ chat_id: chatId, receiver_id: receiver, sendEmailUser: 0 })).json.errors?.code).toBe(1001);
    expect((await send(whole)).content).toMatchObject({ sender: 2, body: "Вітаємо", status: 5, receiver_id: receiver });
    const form = new FormData();
    for (const [key, value] of Object.entries(whole)) form.set(key, String(value));
    expect((await stage.call("/messages/create", { method: "POST", form })).json.errors?.code).toBe(1001);
    form.set("file", new Blob(["x"], { type: "text/plain" }), "а.txt");
    expect((await stage.call("/messages/create", { method: "POST", form })).content).toMatchObject({ files: [{ name: "а.txt", size: 1 }] });
  });

  it("stands in one list, or in the bin; opening marks as read, unmarking undoes it", async () => {
    const { chatId } = await stage.desk.addChat({ text: "Є хто?" });
    const listed = async (list: string) => ((await stage.call(`/messages/search?msgType=${list}&id=${chatId}`)).content["chats"] as unknown[]).length;
    expect([await listed("items"), await listed("orders"), await listed("deleted")]).toEqual([1, 0, 0]);
    expect((await stage.call(`/messages/${chatId}`)).content).toMatchObject({ unread_messages_count: 0 });
    expect((await stage.call(`/messages/${chatId}`, { method: "PUT", body: { read_market: null } })).content).toMatchObject({ read_market: null });
    await stage.call(`/messages/${chatId}/delete-chat`, { method: "POST", body: {} });
    expect([await listed("items"), await listed("deleted")]).toEqual([0, 1]);
  });
});
