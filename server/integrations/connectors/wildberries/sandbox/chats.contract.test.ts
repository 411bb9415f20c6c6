import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SMALL } from "./index";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await stage.control.setSettings({ limits: 0 });
});
afterEach(() => stage.stop());

const HOST = "buyer-chat-api";
const EVENTS = "/api/v1/seller/events";
interface Event {
  readonly eventID: string;
  readonly chatID: string;
  readonly addTimestamp: number;
  readonly isNewChat?: boolean;
  readonly replySign?: string;
  readonly clientName?: string;
  readonly sender: string;
  readonly message?: {
    readonly text?: string;
    readonly attachments?: { readonly images?: { readonly downloadID: string }[]; readonly files?: { readonly name: string }[] };
  };
}
interface Feed {
  readonly next: number;
  readonly totalEvents: number;
  readonly events: readonly Event[];
}
const feed = async (next?: number): Promise<Feed> => (await stage.call(HOST, next === undefined ? EVENTS : `${EVENTS}?next=${next}`)).json["result"] as Feed;
const signOf = async (chatId: string) => (await stage.control.chats({})).find((chat) => chat.chatId === chatId)?.replySign ?? "";

async function send(parts: Readonly<Record<string, string | Blob | undefined>>, name = "photo.png") {
  const form = new FormData();
  for (const [part, value] of Object.entries(parts)) {
    if (typeof value === "string") form.append(part, value);
    else if (value !== undefined) form.append(part, value, name);
  }
  return stage.call(HOST, "/api/v1/seller/message", { method: "POST", form });
}
const PNG = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 0xff])], { type: "image/png" });

describe("the feed", () => {
  it("is read to its end page by page, nothing twice, oldest first, and stays at its place when nothing is new", async () => {
    const seen: Event[] = [];
    let page = await feed();
    for (; page.totalEvents > 0; page = await feed(page.next)) seen.push(...page.events);
    expect(seen.length).toBe((await stage.control.totals({})).messages);
    expect(new Set(seen.map((event) => event.eventID)).size).toBe(seen.length);
    expect(seen.map((event) => event.addTimestamp)).toEqual([...seen].map((event) => event.addTimestamp).sort((a, b) => a - b));
    expect((await feed(page.next)).next).toBe(page.next);
  });

  it("never parts events of one millisecond", async () => {
    await stage.control.setSettings({ eventsPage: 2 });
    const atMs = Date.now() + 1_000;
    for (let index = 0; index < 5; index += 1) await stage.control.write({ chatId: SMALL.chats.open, text: String(index), atMs });
    const last = await feed(atMs - 1);
    expect([last.totalEvents, last.next]).toEqual([5, atMs]);
  });

  it("tells the signature with the first event of a chat only, and the name with the buyer's events only", async () => {
    const { chatId } = await stage.control.addChat({ text: "Первое", clientName: "Тимур" });
    await stage.control.write({ chatId, text: "Второе", sender: "seller" });
    const events = (await feed(Date.now() - 60_000)).events.filter((event) => event.chatID === chatId);
    expect(events.map((event) => [event.isNewChat, event.replySign !== undefined, event.clientName])).toEqual([
      [true, true, "Тимур"],
      [undefined, false, undefined],
    ]);
  });

  it.each([
    ["0", 'Invalid value for "next"'],
    ["-5", 'Invalid value for "next"'],
    ["abc", "Invalid number"],
  ])("refuses next=%s", async (next, detail) => {
    const { status, json } = await stage.call(HOST, `${EVENTS}?next=${next}`);
    expect([status, json["detail"], json["origin"]]).toEqual([400, detail, "proxy-chats"]);
  });
});

describe("sending", () => {
  it("takes text and files as multipart, byte for byte, and shows them in the feed", async () => {
    const sent = await send({ replySign: await signOf(SMALL.chats.open), message: "Да, подойдёт", file: PNG });
    expect(sent.json).toMatchObject({ result: { chatID: SMALL.chats.open }, errors: [] });
    const { events } = await feed(Date.now() - 60_000);
    const own = events.at(-1);
    expect(own).toMatchObject({ sender: "seller", source: "seller-public-api", message: { text: "Да, подойдёт" } });
    const id = own?.message?.attachments?.images?.[0]?.downloadID ?? "";
    const file = await stage.call(HOST, `/api/v1/seller/download/${id}`);
    expect([file.status, file.headers.get("content-type"), Buffer.from(file.bytes).toString("hex")]).toEqual([200, "image/png", "89504e47010203ff"]);
  });

  it.each([
    ["the id of a chat for its signature", { replySign: SMALL.chats.open, message: "x" }, "Invalid signature"],
    ["no signature", { message: "x" }, "Invalid signature"],
    ["a signature of 256 characters", { replySign: "1".repeat(256), message: "x" }, "Invalid signature"],
  ])("refuses %s", async (_, parts, detail) => {
    const { status, json } = await send(parts);
    expect([status, json["detail"]]).toEqual([400, detail]);
  });

  it.each([
    ["nothing", {}, 'Invalid value for "message"'],
    ["1001 characters", { message: "я".repeat(1_001) }, 'Invalid value for "message"'],
    ["a film", { file: new Blob(["ftypmp42"]) }, '"photo.png" has unsupported mime type'],
    ["6 MiB", { file: new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47]), new Uint8Array(6 * 1_024 * 1_024)]) }, "attachment too big. Max size: 5MiB"],
  ])("refuses %s", async (_, parts: Readonly<Record<string, string | Blob>>, detail) => {
    const { status, json } = await send({ replySign: await signOf(SMALL.chats.open), ...parts });
    expect(status).toBe(400);
    expect(json["detail"]).toContain(detail);
  });

  it("takes no JSON, and no signature it has renewed", async () => {
    const old = await signOf(SMALL.chats.open);
    const json = await stage.call(HOST, "/api/v1/seller/message", { method: "POST", body: { replySign: old, message: "x" } });
    expect(json.status).toBe(400);
    await stage.control.renewSign({ chatId: SMALL.chats.open });
    expect((await send({ replySign: old, message: "x" })).json["detail"]).toBe("Invalid signature");
    expect((await send({ replySign: await signOf(SMALL.chats.open), message: "x" })).status).toBe(200);
    expect(await stage.control.sent({})).toHaveLength(1);
  });
});

describe("files of buyers", () => {
  it("are pending, then there; a refused one is never given out", async () => {
    const waiting = await stage.control.write({ chatId: SMALL.chats.open, image: true, pendingMs: 60_000 });
    const path = `/api/v1/seller/download/${waiting.files[0]}`;
    const pending = await stage.call(HOST, path);
    expect([pending.status, pending.json]).toEqual([202, { moderationState: "pending", retrySeconds: 30 }]);
    await stage.advance(61_000);
    expect((await stage.call(HOST, path)).status).toBe(200);
    await stage.control.setFileModeration({ fileId: waiting.files[0] ?? "", moderation: "failed" });
    const refused = await stage.call(HOST, path);
    expect([refused.status, refused.json["title"], refused.json["detail"]]).toEqual([451, "Unavailable for Legal Reasons", "moderation error"]);
    expect((await stage.call(HOST, "/api/v1/seller/download/none")).json["title"]).toBe("invalid fileID");
  });
});
