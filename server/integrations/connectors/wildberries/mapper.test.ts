import { describe, expect, it } from "vitest";
import events from "./fixtures/events.json";
import { attachmentSource, comparable, downloadUrl, inOrder, toConversation, toMessage } from "./mapper";
import { chatSchema, eventSchema, eventsSchema } from "./schemas";

const now = new Date("2026-11-21T12:00:00Z");
const sample = () => eventsSchema.parse(events.payload).result.events.map((event) => eventSchema.parse(event));

describe("the official sample of the feed", () => {
  it("becomes one conversation with order, product, buyer and signature", () => {
    const all = inOrder(sample());
    const conversation = toConversation(all[0]?.chatID ?? "", all, undefined, now);
    expect(conversation).toMatchObject({
      externalId: "1:1e265a58-a120-b178-008c-60af2460207c",
      channel: "wildberries.chat",
      remoteStatus: "open",
      buyerName: "Алёна",
      orderNumber: "2fb52cd9e25e52538a5f05994e688ae5",
      sku: "12345678",
      createdAt: new Date(1_698_037_340_000),
      lastMessageId: "cef95d3c-0345-4dc9-b6df-4c8c75a176a7",
    });
    expect(conversation.remoteContext?.["replySign"]).toMatch(/^1:1e265a58-.{20,}:66f136/);
    expect(conversation.messages.map((message) => [message.side, message.text.slice(0, 12), message.attachments.length])).toEqual([
      ["buyer", "Здравствуйте", 2],
      ["buyer", "Здравствуйте", 0],
      ["seller", "Здравствуйте", 0],
      ["seller", "", 0],
    ]);
    expect(conversation.messages[0]?.attachments).toEqual([
      { kind: "file", url: downloadUrl("ecaeb056-a4ee-45b4-ae45-666811755d38"), name: "Чек.pdf" },
      { kind: "image", url: downloadUrl("fd6be4e3-5447-41d7-a1e6-b2d3e06c3b05"), name: "image-1.jpg" },
    ]);
  });

  it("prefers the signature and falls back to the card of the list", () => {
    const chat = chatSchema.parse({ chatID: "1:a", replySign: "1:a:new", clientName: "Иван", goodCard: { nmID: 5, rid: "r" } });
    expect(toConversation("1:a", [], chat, now)).toMatchObject({
      remoteContext: { replySign: "1:a:new" },
      buyerName: "Иван",
      orderNumber: "r",
      sku: "5",
      createdAt: now,
    });
    expect(toConversation("1:a", [], undefined, now).remoteContext).toBeUndefined();
  });
});

describe("events", () => {
  const base = { chatID: "1:a", eventID: "e", addTimestamp: 1_698_037_340_000 };
  it.each([
    ["client", "buyer", "buyer"],
    ["seller", "seller", "seller"],
    ["wb", "system", "support"],
    ["robot", "system", "other"],
    [undefined, "system", "other"],
  ])("of %s are the %s's", (sender, side, authorKind) => {
    expect(toMessage(eventSchema.parse({ ...base, sender }))).toMatchObject({ side, authorKind });
  });

  it("leave out attachments without an id, and stand in the order of time, each once", () => {
    const attachments = { files: [{ name: "x" }], images: [{ url: "https://x.test/" }], goodCard: null };
    expect(toMessage(eventSchema.parse({ ...base, message: { attachments } })).attachments).toEqual([]);
    const at = (eventID: string, addTimestamp: number) => eventSchema.parse({ ...base, eventID, addTimestamp });
    expect(inOrder([at("b", 2), at("a", 1), at("b", 2), at("c", 3)]).map((event) => event.eventID)).toEqual(["a", "b", "c"]);
  });

  it("do not mistake an image among the files for a document", () => {
    const message = { attachments: { files: [{ downloadID: "1", name: "a.png", contentType: "image/png" }] } };
    expect(toMessage(eventSchema.parse({ ...base, message })).attachments[0]?.kind).toBe("image");
  });
});

describe("addresses of attachments", () => {
  it("are the service's own downloads or its picture hosts", () => {
    expect(attachmentSource(downloadUrl("ecaeb056-a4ee"))).toEqual({ downloadId: "ecaeb056-a4ee" });
    expect(attachmentSource("https://feedback04.wbbasket.ru/vol1333/part133337/123/photos/fs.webp")).toEqual({
      host: "feedback04",
      path: "/vol1333/part133337/123/photos/fs.webp",
    });
  });
  it.each([
    "",
    "/api/v1/seller/download/1",
    "http://buyer-chat-api.wildberries.ru/api/v1/seller/download/1",
    "https://buyer-chat-api.wildberries.ru.evil.test/api/v1/seller/download/1",
    "https://buyer-chat-api.wildberries.ru/api/v1/seller/download/..%2fchats",
    "https://buyer-chat-api.wildberries.ru/api/v1/seller/download/1/../../chats",
    "https://buyer-chat-api.wildberries.ru/api/v1/seller/chats",
    "https://buyer-chat-api.wildberries.ru/api/v1/seller/download/1?x=1",
    "https://user:pw@feedback04.wbbasket.ru/a.webp",
    "https://feedback04.wbbasket.ru:8443/a.webp",
    "https://feedback99.wbbasket.ru/a.webp",
    "https://feedback04.wbbasket.ru/a.webp?to=http://evil.test",
    "https://chat-basket-01.wbbasket.ru/a.jpg",
    "https://127.0.0.1/a.webp",
  ])("%s is nobody's", (url) => {
    expect(attachmentSource(url)).toBeUndefined();
  });
});

describe("small things", () => {
  it("compares texts without white space", () => {
    expect(comparable("  Да,\r\n подойдёт ")).toBe(comparable("Да, подойдёт"));
    expect(comparable("\u0438\u0306")).toBe("\u0439");
  });
});
