import { describe, expect, it } from "vitest";
import sample from "./fixtures/chat.json";
import { comparable, compareIds, fileIdOf, inOrder, toConversation, toMessage } from "./mapper-chats";
import { chatSchema, messageSchema } from "./schemas-chats";

const messages = inOrder(sample.messages.map((message) => toMessage(messageSchema.parse(message))));

describe("a chat of the documents", () => {
  it("comes out whole, oldest message first", () => {
    expect(toConversation(chatSchema.parse(sample), "orders", messages)).toEqual({
      externalId: "205752",
      channel: "rozetka.chat",
      createdAt: new Date("2017-08-15T07:20:24Z"),
      remoteStatus: "open",
      buyerRef: "10621442",
      buyerName: "Юлія Шевченко",
      orderNumber: "101647918",
      order: { schema: "fbs" },
      remoteContext: { receiverId: "10621442", list: "orders" },
      lastMessageId: "300002",
      messages,
    });
    expect(messages.map(({ externalId, side, moderation }) => [externalId, side, moderation])).toEqual([
      ["300001", "buyer", undefined],
      ["300002", "seller", "failed"],
    ]);
    expect(messages[1]?.attachments).toEqual([{ kind: "file", url: "https://api-seller.rozetka.com.ua/messages/download-file/17", name: "накладна.pdf" }]);
  });

  it.each([
    [0, "pending"],
    [1, "pending"],
    [2, "failed"],
    [3, "passed"],
    [4, "failed"],
    [5, "passed"],
    [6, undefined],
    [null, undefined],
  ])("message status %j is %s", (status, moderation) => {
    expect(toMessage(messageSchema.parse({ ...sample.messages[0], status })).moderation).toBe(moderation);
  });

  it("calls a sender nobody explained neither side", () => {
    expect(toMessage(messageSchema.parse({ ...sample.messages[0], sender: 1 }))).toMatchObject({ side: "system", authorKind: "other" });
  });
});

describe("addresses of files", () => {
  const base = "http://127.0.0.1:4020/rozetka";
  it("are the service's own or those below our own address, and nothing else", () => {
    expect(fileIdOf("https://api-seller.rozetka.com.ua/messages/download-file/17", base)).toBe("17");
    expect(fileIdOf(`${base}/messages/download-file/18`, base)).toBe("18");
    for (const url of [
      "https://api-seller.rozetka.com.ua/messages/download-file/17/../../orders",
      "https://api-seller.rozetka.com.ua/messages/download-file/",
      "https://api-seller.rozetka.com.ua.evil.example/messages/download-file/17",
      "https://evil.example/messages/download-file/17",
      `${base}/orders/17`,
    ])
      expect(fileIdOf(url, base)).toBeUndefined();
  });
});

it("compares ids as numbers and texts as they may come back", () => {
  expect(["9", "10", "200"].sort(compareIds)).toEqual(["9", "10", "200"]);
  expect(comparable("Так, &quot;завтра&quot;\r\n ")).toBe(comparable('Так, "завтра"'));
});
