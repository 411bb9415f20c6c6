import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { ConnectorError } from "../../../contract/errors";
import { memoryTokens } from "../../../contract/memory-tokens";
import type { ConnectorContext } from "../../../contract/ports";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../../contract/testing/scripted-http";
import { rozetka } from "../connector";
import chat from "../fixtures/chat.json";
import good from "../fixtures/good.json";
import order from "../fixtures/order.json";
import { rozetkaCatalog } from "./catalog";
import { rozetkaMessaging } from "./messaging";
import { rozetkaOffers } from "./offers";
import { rozetkaOrders } from "./orders";
import { rozetkaSales } from "./sales";

const NOW = new Date("2026-11-21T12:00:00Z");
const META = { totalCount: 3, pageCount: 1, currentPage: 1, perPage: 20 };
const ok = (content: unknown): ScriptedAnswer => ({ json: { success: true, content } });

function contextFor(answer: (request: SeenRequest) => ScriptedAnswer): ConnectorContext {
  const http = scriptedHttp(answer);
  const credentials = { token: "role-token", login: "", password: "" };
  return { connectionId: "c", credentials, baseUrl: "http://127.0.0.1", facts: {}, http, clock: fixedClock(NOW), tokens: memoryTokens() };
}

const noHeads = { knownHeads: async () => new Map<string, string>() };

describe("records nobody understands are set aside alone", () => {
  it("among orders, with their number where it can be read", async () => {
    const orders = [{ ...order, id: 1 }, { ...order, id: 2, created: "вчора" }, "none", { ...order, id: 3 }];
    const page = await rozetkaOrders.pull(
      contextFor(() => ok({ orders, _meta: META })),
      {},
    );
    expect(page.records.map(({ externalId }) => externalId)).toEqual(["1", "3"]);
    expect(page.rejected.map(({ externalId, errorCode }) => [externalId, errorCode])).toEqual([
      ["2", "rozetka.order_shape"],
      [undefined, "rozetka.order_shape"],
    ]);
    expect(page.received).toBe(4);
  });

  it("among chats and inside of one", async () => {
    const chats = [{ ...chat, messages: [...chat.messages, { id: 300_003, created: "колись", sender: 3 }] }, { id: 9 }];
    const context = contextFor(({ path }) => ok({ chats: path.includes("msgType=orders") ? chats : [], _meta: META }));
    const page = await rozetkaMessaging.pull(context, { stream: "chats", ...noHeads });
    expect(page.records.map(({ messages }) => messages.length)).toEqual([2]);
    expect(page.rejected.map(({ kind, externalId }) => [kind, externalId])).toEqual([
      ["message", "300003"],
      ["conversation", "9"],
    ]);
    expect(page.received).toBe(4);
  });

  it("among goods and sales", async () => {
    const goods = await rozetkaCatalog.pull(
      contextFor(() => ok({ items: [good, { rz_item_id: 1 }], _meta: META })),
      {},
    );
    expect([goods.records.length, goods.rejected.length, goods.received]).toEqual([1, 1, 2]);
    const sold = { ...order, order_status_history: [{ status_id: 6, created: "2026-11-20 10:00:00" }] };
    const orders = [sold, { ...sold, id: 2, purchases: [{ ...order.purchases[0], quantity: null }] }];
    const window = { from: new Date("2026-11-01T00:00:00Z"), to: NOW };
    const sales = await rozetkaSales.pull(
      contextFor(() => ok({ orders, _meta: META })),
      { window },
    );
    expect([sales.records.length, sales.rejected.map(({ kind }) => kind), sales.received]).toEqual([1, ["sale"], 2]);
  });
});

describe("answers that are none", () => {
  it.each([
    ["not JSON", { text: "<html>" }],
    ["JSON of another service", { json: [] }],
    ["success without content", { json: { success: true } }],
    ["a list without its _meta", ok({ orders: [] })],
    ["a list of nobody knows how many", ok({ orders: [], _meta: { totalCount: null, pageCount: null } })],
    ["a list of pages that cannot be", ok({ orders: [], _meta: { totalCount: -1, pageCount: "many" } })],
  ] as const)("%s is malformed, and can be tried again", async (_name, answer) => {
    const context = contextFor(() => answer);
    await expect(rozetkaOrders.pull(context, {})).rejects.toMatchObject({ kind: "malformed", retryable: true, mayHaveTakenEffect: false });
  });

  it("lists that are null or objects are empty", async () => {
    for (const orders of [null, {}, undefined]) {
      const page = await rozetkaOrders.pull(
        contextFor(() => ok({ orders, _meta: { totalCount: 0, pageCount: 0 } })),
        {},
      );
      expect([page.records, page.next]).toEqual([[], undefined]);
    }
  });

  it("a login without a token is malformed", async () => {
    const context = { ...contextFor(() => ok({ market: {} })), credentials: { token: "", login: "a", password: "b" } };
    await expect(rozetka.test(context)).rejects.toMatchObject({ kind: "malformed" });
  });

  it("an order of an unknown form cannot be read alone", async () => {
    await expect(
      rozetkaOrders.read(
        contextFor(() => ok({ id: "x" })),
        { externalId: "1" },
      ),
    ).rejects.toMatchObject({ code: "rozetka.order_shape" });
  });

  it("a refusal instead of a file is a refusal", async () => {
    const refusal: ScriptedAnswer = { headers: { "content-type": "application/json; charset=utf-8" }, json: { success: false, errors: { code: 1013 } } };
    const url = "https://api-seller.rozetka.com.ua/messages/download-file/5";
    await expect(
      rozetkaMessaging.fetchAttachment?.(
        contextFor(() => refusal),
        url,
      ),
    ).rejects.toMatchObject({ kind: "not-found" });
  });

  it("a cursor of another version is asked to start anew", async () => {
    const context = contextFor(() => ok({}));
    const broken = { cursor: { page: "one" } };
    for (const pull of [
      rozetkaOrders.pull(context, broken),
      rozetkaCatalog.pull(context, broken),
      rozetkaMessaging.pull(context, { stream: "chats", ...noHeads, ...broken }),
      rozetkaSales.pull(context, { window: { from: NOW, to: NOW }, ...broken }),
    ])
      await expect(pull).rejects.toMatchObject({ kind: "invalid", code: "remote.cursor" });
  });
});

describe("answers to a mass update", () => {
  const listing = (id: number) => ({ externalId: String(id), remoteContext: { rzItemId: String(1_000 + id) } });
  const stock = (id: number) => ({ listing: listing(id), quantity: 1, previous: null, requestId: "r" });
  const against = (errors: unknown): ScriptedAnswer => ({ json: { success: false, errors } });

  it("name an item by either of its numbers, with reasons of any form", async () => {
    const answers = [against({ 1001: { reason: [{ id: 1, value: ["Раз", "два"] }] }, 2: { reason: [{ id: 2, value: "Три" }, {}] } }), ok(null)];
    const outcomes = await rozetkaOffers.stock?.set(
      contextFor(() => answers.shift() ?? ok(null)),
      [stock(1), stock(2), stock(3)],
    );
    expect(outcomes).toEqual([
      { externalId: "1", state: "rejected", code: "rozetka.line_refused", text: "Раз; два" },
      { externalId: "2", state: "rejected", code: "rozetka.line_refused", text: "Три" },
      { externalId: "3", state: "acknowledged" },
    ]);
  });

  it("about items we did not send, or of no form at all, settle nothing", async () => {
    const failureOf = (answer: ScriptedAnswer) =>
      rozetkaOffers.stock
        ?.set(
          contextFor(() => answer),
          [stock(1)],
        )
        .then(
          () => undefined,
          (error: unknown) => (error instanceof ConnectorError ? [error.kind, error.code] : error),
        );
    expect(await failureOf(against({ 77: { reason: [] } }))).toEqual(["malformed", "rozetka.update_unclear"]);
    expect(await failureOf(against({}))).toEqual(["invalid", "remote.invalid"]);
    expect(await failureOf(against({ message: "access_denied", code: 1010 }))).toEqual(["forbidden", "rozetka.role_lacks"]);
  });

  it("are not asked for when there is nothing to say, and a mark that is none is refused", async () => {
    const context = contextFor(() => {
      throw new Error("no call was expected");
    });
    expect(await rozetkaOffers.stock?.set(context, [])).toEqual([]);
    expect(await rozetkaOffers.price?.set(context, [])).toEqual([]);
    for (const tracking of ["", "{}", '{"externalId":"1","rzItemId":"x","price":"1"}'])
      await expect(rozetkaOffers.check?.(context, "price", tracking)).rejects.toMatchObject({ kind: "invalid", code: "rozetka.tracking" });
  });
});
