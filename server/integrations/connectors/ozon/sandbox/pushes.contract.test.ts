import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_CLIENT_ID, SMALL } from "./index";
import { openReceiver, openStage, type Receiver, respond } from "./testing/stage";

const stage = await openStage();
const { call, control } = stage;
let receiver: Receiver;
const open = async (answer?: Parameters<typeof openReceiver>[0]) => {
  receiver = await openReceiver(answer);
  return receiver;
};

beforeEach(() => control.reset());
afterEach(() => receiver.stop());
afterAll(() => stage.sandbox.stop());

describe("registration", () => {
  it("pings first, then lists the URL", async () => {
    await open();
    expect((await call("/v1/notification/set", { url: receiver.url, types: ["TYPE_NEW_MESSAGE"] })).status).toBe(200);
    expect(receiver.received[0]).toMatchObject({ message_type: "TYPE_PING", time: expect.stringMatching(/Z$/) });
    const listed = (await call("/v1/notification/list")).json as { urls: { id: number; url: string; enable: boolean }[]; total_count: number };
    expect(listed).toMatchObject({ total_count: 1, urls: [{ url: receiver.url, enable: true }] });
    const id = listed.urls[0]?.id;
    expect((await call("/v1/notification/enable", { id, enabled: false })).status).toBe(200);
    expect((await call("/v1/notification/delete", { id })).status).toBe(200);
    expect((await call("/v1/notification/delete", { id })).status).toBe(404);
  });

  it("names what is wrong with an answer to the ping", async () => {
    const good = { version: "1", name: "x", time: "2026-11-21T10:00:00.123Z" };
    const cases: [string, unknown, number, string][] = [
      ["STATUS_CODE_NOT_OK", good, 404, "application/json"],
      ["SERVER_FAULT", good, 503, "application/json"],
      ["EMPTY_BODY", "", 200, "application/json"],
      ["INVALID_BODY", good, 200, "text/html"],
      ["INVALID_JSON", "{oops", 200, "application/json"],
      ["WRONG_RESULT_FIELD", { time: good.time }, 200, "application/json"],
      ["WRONG_RESULT_TIME_FIELD", { ...good, time: "2026-11-21T10:00:00+03:00" }, 200, "application/json"],
    ];
    let current = cases[0];
    await open((_message, response) => {
      if (current) respond(response, current[1], current[2], current[3]);
      return true;
    });
    for (const one of cases) {
      current = one;
      const answer = (await call("/v1/notification/check", { url: receiver.url })).json as { is_active: boolean; errors: { type: string }[] };
      expect([answer.is_active, answer.errors[0]?.type]).toEqual([false, one[0]]);
    }
    const unreachable = (await call("/v1/notification/check", { url: "http://127.0.0.1:9/none" })).json;
    expect(unreachable).toMatchObject({ is_active: false, errors: [{ type: "REQUEST_ERROR" }] });
    expect((await call("/v1/notification/set", { url: receiver.url, types: ["TYPE_NEW_MESSAGE"] })).json["code"]).toBe(3);
  });

  it("never calls an address of another machine", async () => {
    await open();
    const answer = (await call("/v1/notification/check", { url: "http://example.com/push" })).json;
    expect(answer).toMatchObject({ errors: [{ type: "REQUEST_ERROR" }] });
  });
});

describe("delivery", () => {
  it("pushes chat events in the documented shapes", async () => {
    await open();
    await control.ozon.registerPush({ url: receiver.url });
    const said = await control.ozon.pushBuyerMessage({ chatId: SMALL.open, text: "Вы тут?" });
    const [message] = await receiver.waitFor("TYPE_NEW_MESSAGE", 1);
    expect(message).toMatchObject({
      chat_id: SMALL.open,
      chat_type: "Buyer_Seller",
      message_id: said.messageId,
      data: ["Вы тут?"],
      seller_id: DEFAULT_CLIENT_ID,
    });
    await control.ozon.editMessage({ chatId: SMALL.open, messageId: said.messageId, text: "Вы здесь?" });
    expect((await receiver.waitFor("TYPE_UPDATE_MESSAGE", 1))[0]).toMatchObject({
      message_id: said.messageId,
      data: ["Вы здесь?"],
      updated_at: expect.any(String),
    });
    await control.ozon.readByBuyer({ chatId: SMALL.open });
    expect((await receiver.waitFor("TYPE_MESSAGE_READ", 1))[0]).toMatchObject({ last_read_message_id: said.messageId });
    await control.ozon.closeChat({ chatId: SMALL.open });
    expect((await receiver.waitFor("TYPE_CHAT_CLOSED", 1))[0]).toMatchObject({ chat_id: SMALL.open, seller_id: DEFAULT_CLIENT_ID });
  });

  it("does not push what the seller says, and pushes postings with a numeric seller", async () => {
    await open();
    await control.ozon.registerPush({ url: receiver.url, types: ["TYPE_NEW_MESSAGE", "TYPE_NEW_POSTING", "TYPE_STATE_CHANGED"] });
    await call("/v1/chat/send/message", { chat_id: SMALL.open, text: "Ответ" });
    const { postingNumber } = await control.ozon.addPosting({});
    await control.ozon.setPostingStatus({ postingNumber, status: "delivering" });
    await receiver.waitFor("TYPE_STATE_CHANGED", 1);
    expect((await receiver.waitFor("TYPE_NEW_POSTING", 1))[0]).toMatchObject({ posting_number: postingNumber, seller_id: Number(DEFAULT_CLIENT_ID) });
    expect(receiver.received.filter((message) => message["message_type"] === "TYPE_NEW_MESSAGE")).toEqual([]);
  });

  it("duplicates, drops and reorders on demand", async () => {
    await open();
    await control.ozon.registerPush({ url: receiver.url });
    const say = (text: string) => control.ozon.pushBuyerMessage({ chatId: SMALL.open, text });
    await control.ozon.fail({ kind: "push-duplicate" });
    await say("дважды");
    await receiver.waitFor("TYPE_NEW_MESSAGE", 2);
    await control.ozon.fail({ kind: "push-drop" });
    await say("потеряно");
    await control.ozon.fail({ kind: "push-reorder" });
    await say("первое");
    await say("второе");
    const texts = (await receiver.waitFor("TYPE_NEW_MESSAGE", 4)).map((message) => (message["data"] as string[])[0]);
    expect(texts).toEqual(["дважды", "дважды", "второе", "первое"]);
  });

  it("tries again after refusals and gives up after the last try", async () => {
    await open((message, response) => {
      if (message["message_type"] === "TYPE_PING") return false;
      respond(response, { error: { code: "ERROR_UNKNOWN", message: "later", details: null } }, 500);
      return true;
    });
    await control.ozon.registerPush({ url: receiver.url });
    await control.ozon.pushBuyerMessage({ chatId: SMALL.open, text: "?" });
    await receiver.waitFor("TYPE_NEW_MESSAGE", 1);
    await control.advance(3 * 3_600_000);
    const tries = (await control.ozon.deliveries()).filter((delivery) => delivery.type === "TYPE_NEW_MESSAGE");
    expect(tries.map((delivery) => delivery.attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(tries.every((delivery) => delivery.outcome === "refused")).toBe(true);
  });

  it("suspends a URL that nobody answers at, until it is confirmed again", async () => {
    await open();
    const { id } = await control.ozon.registerPush({ url: receiver.url });
    await receiver.stop();
    await control.ozon.pushBuyerMessage({ chatId: SMALL.open, text: "?" });
    await control.advance(2 * 3_600_000);
    expect((await control.ozon.pushEndpoints())[0]).toMatchObject({ id, suspended: "SERVICE_UNREACHABLE" });
    const again = await open();
    await call("/v1/notification/update", { id, url: again.url });
    await control.ozon.pushBuyerMessage({ chatId: SMALL.open, text: "!" });
    expect((await again.waitFor("TYPE_NEW_MESSAGE", 1))[0]).toMatchObject({ data: ["!"] });
  });
});
