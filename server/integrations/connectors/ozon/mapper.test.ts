import { describe, expect, it } from "vitest";
import { parseJson } from "@/lib/json";
import chatHistory from "./fixtures/chat-history.json";
import chatList from "./fixtures/chat-list.json";
import {
  author,
  comparable,
  compareIds,
  filePath,
  inOrder,
  isBuyerChat,
  orderOfPosting,
  remoteStatus,
  schemaOfFbs,
  splitAttachments,
  toConversation,
  toHead,
  toMessage,
  toProduct,
} from "./mapper";
import { chatItemSchema, chatListSchema, messageSchema, productInfoSchema } from "./schemas";

const BASE = "http://127.0.0.1:4020/ozon";
const firstMessage = () => messageSchema.parse(chatHistory.payload.messages[0]);

describe("words of the service", () => {
  it.each(["Buyer_Seller", "BUYER_SELLER", "BUYER_SELLER_SELECT", "Buyer_Seller_Select", "ВUYER_SELLER"])("%s is a buyer's chat", (type) => {
    expect(isBuyerChat(type)).toBe(true);
  });
  it.each(["SELLER_SUPPORT", "Seller_Notification_FBS", "UNSPECIFIED", "", "SOMETHING_NEW"])("%s is none", (type) => {
    expect(isBuyerChat(type)).toBe(false);
  });
  it("reads the Cyrillic С of the official sample", () => {
    expect(author("Сustomer")).toEqual({ side: "buyer", kind: "buyer" });
  });
  it.each([
    ["Seller", "seller", "seller"],
    ["Crm", "system", "crm"],
    ["NotificationUser", "system", "notification"],
    ["ChatBot", "system", "bot"],
    ["Martian", "system", "other"],
    ["", "system", "other"],
  ])("%s speaks as %s/%s", (type, side, kind) => {
    expect(author(type)).toEqual({ side, kind });
  });
  it.each([
    ["OPENED", "open"],
    ["Closed", "closed"],
    ["FROZEN", "unknown"],
  ])("status %s is %s", (status, expected) => {
    expect(remoteStatus(status)).toBe(expected);
  });
});

describe("official samples", () => {
  it("keeps every digit of the message ids and accepts a has_next in quotes", () => {
    const page = chatListSchema.parse(parseJson(JSON.stringify(chatList.payload)));
    expect(page.has_next).toBe(true);
    const head = toHead(chatItemSchema.parse(page.chats[0]));
    expect(head.lastMessageId).toBe("30000000001280042740");
    expect(head.createdAt).toEqual(new Date("2022-07-22T08:07:19.581Z"));
  });
  it("keeps digits of ids that come as bare numbers", () => {
    const raw = parseJson('{"message_id":3000000000817031942,"created_at":"2019-08-24T14:15:22Z","user":{"id":115568,"type":"Seller"},"data":["x"]}');
    expect(messageSchema.parse(raw).message_id).toBe("3000000000817031942");
  });
  it("maps the sample message with its order and product, foreign links left in the text", () => {
    const message = toMessage(firstMessage(), BASE);
    expect(message).toMatchObject({
      externalId: "3000000000817031942",
      side: "buyer",
      authorRef: "115568",
      orderNumber: "123456789",
      sku: "987654321",
      isRead: true,
      attachments: [],
    });
    expect(message.text).toContain("[ модель ](https://www.ozon.ru/product/");
  });
});

describe("attachments", () => {
  it("takes images and files of the service out of the text, by either of its addresses", () => {
    const parts = ["Смотрите ![](https://api-seller.ozon.ru/v2/chat/file/aa/b.png)", `[чек.pdf](${BASE}/v2/chat/file/cc?v=1)`];
    expect(splitAttachments(parts, BASE, "MODERATION")).toEqual({
      text: "Смотрите",
      attachments: [
        { kind: "image", url: "https://api-seller.ozon.ru/v2/chat/file/aa/b.png", name: "b.png", moderation: "pending" },
        { kind: "file", url: "https://api-seller.ozon.ru/v2/chat/file/cc?v=1", name: "чек.pdf", moderation: undefined },
      ],
    });
  });
  it.each([
    "https://evil.example/v2/chat/file/a",
    "https://api-seller.ozon.ru.evil.example/v2/chat/file/a",
    "https://api-seller.ozon.ru@evil.example/v2/chat/file/a",
    "https://user:pass@api-seller.ozon.ru/v2/chat/file/a",
    "http://api-seller.ozon.ru/v2/chat/file/a",
    "https://api-seller.ozon.ru:8443/v2/chat/file/a",
    "https://api-seller.ozon.ru/v2/chat/file/../../v1/roles",
    "https://api-seller.ozon.ru/v2/chat/file/%2e%2e/%2e%2e/v1/roles",
    "https://api-seller.ozon.ru/v2/chat/file/..%2f..%2fv1/roles",
    "https://api-seller.ozon.ru/v2/chat/file/",
    "https://api-seller.ozon.ru/v2/chat/files/a",
    "not an address",
  ])("refuses %s", (url) => {
    expect(filePath(url, BASE)).toBeUndefined();
  });
  it("gives the path below the base URL for its own files", () => {
    expect(filePath("https://api-seller.ozon.ru/v2/chat/file/abc", BASE)).toBe("/v2/chat/file/abc");
    expect(filePath(`${BASE}/v2/chat/file/abc`, BASE)).toBe("/v2/chat/file/abc");
  });
});

describe("order and identity", () => {
  it("orders ids by number, whatever their length, and drops repeats", () => {
    expect(compareIds("999", "1000")).toBeLessThan(0);
    const message = toMessage(firstMessage(), BASE);
    const older = { ...message, externalId: "3000000000817031900" };
    expect(inOrder([message, older, message]).map((entry) => entry.externalId)).toEqual(["3000000000817031900", "3000000000817031942"]);
  });
  it("takes the newer of the listed and the read head", () => {
    const message = toMessage(firstMessage(), BASE);
    const head = { externalId: "c", remoteStatus: "open" as const, lastMessageId: "3000000000817031900" };
    expect(toConversation(head, [message], new Date(0)).lastMessageId).toBe("3000000000817031942");
    expect(toConversation({ ...head, lastMessageId: "3000000000817031999" }, [message], new Date(0)).lastMessageId).toBe("3000000000817031999");
  });
  it.each([
    ["24219509-0020-1", "24219509-0020"],
    ["123456789-1", "123456789"],
    ["24219509-0020", undefined],
    ["ad-contract", undefined],
  ])("posting %s belongs to order %s", (posting, order) => {
    expect(orderOfPosting(posting)).toBe(order);
  });
  it("tells rFBS from FBS by who delivers", () => {
    expect(schemaOfFbs({ tpl_integration_type: "ozon" })).toBe("fbs");
    expect(schemaOfFbs({ tpl_integration_type: "non_integrated" })).toBe("rfbs");
    expect(schemaOfFbs({ tpl_integration_type: "somebody_new" })).toBe("rfbs");
  });
  it("finds a product's sku among its sources when the item has none", () => {
    const parsed = productInfoSchema.parse({
      items: [{ id: 1, name: "Стекло", offer_id: "A-1", sku: 0, sources: [{ sku: 0 }, { sku: 55 }], primary_image: ["https://cdn/x.jpg"] }],
    });
    expect(parsed.items.map(toProduct)).toEqual([{ externalId: "1", sku: "55", offerId: "A-1", name: "Стекло", imageUrl: "https://cdn/x.jpg" }]);
  });
});

describe("the same text after the service's own normalisation", () => {
  it.each([
    ["a\r\nb", "a b"],
    ["1\\. раз\\!", "1. раз!"],
    ["см. [https://ozon.ru/x](https://ozon.ru/x)", "см. https://ozon.ru/x"],
    ["a &amp; b&nbsp;&quot;c&quot;", 'a & b "c"'],
    ["  дважды   пробел ", "дважды пробел"],
  ])("%j reads as %j", (left, right) => {
    expect(comparable(left)).toBe(right);
  });
  it("does not take different texts for one", () => {
    expect(comparable("Да")).not.toBe(comparable("Да!"));
  });
});
