import { describe, expect, it } from "vitest";
import { canonicalUrl, comparable, compareIds, inOrder, mediaTarget, remoteStatus, toConversation, toHead, toMessage, toProduct } from "./mapper";
import { chatSchema, messageSchema, offersSchema } from "./schemas";

const SANDBOX = "http://127.0.0.1:4020/yandex-market";
const REAL = "https://api.partner.market.yandex.ru";

describe("words of the service", () => {
  it.each([
    ["NEW", "open"],
    ["WAITING_FOR_PARTNER", "open"],
    ["WAITING_FOR_ARBITER", "open"],
    ["FINISHED", "closed"],
    ["FROZEN", "unknown"],
  ])("status %s is %s", (status, expected) => {
    expect(remoteStatus(status)).toBe(expected);
  });

  it.each([
    ["CUSTOMER", "buyer", "buyer"],
    ["PARTNER", "seller", "seller"],
    ["MARKET", "system", "bot"],
    ["SUPPORT", "system", "support"],
    ["MARTIAN", "system", "other"],
  ])("%s speaks as %s/%s", (sender, side, authorKind) => {
    const remote = messageSchema.parse({ messageId: 1, createdAt: "2026-11-21T15:00:00+03:00", sender, message: "текст" });
    expect(toMessage(remote, REAL)).toMatchObject({ side, authorKind, sentAt: new Date("2026-11-21T12:00:00Z") });
  });

  it("reads ids of any size, as numbers and as the digits the lossless parser keeps", () => {
    const ids = [5, 9_007_199_254_740_991, "9223372036854775807"];
    const read = ids.map((messageId) => messageSchema.parse({ messageId, createdAt: "2026-11-21T15:00:00+03:00", sender: "CUSTOMER" }).messageId);
    expect(read).toEqual(["5", "9007199254740991", "9223372036854775807"]);
    expect([...read].reverse().sort(compareIds)).toEqual(read);
  });
});

describe("chats", () => {
  // The literal sample of the docs has zeros for ids: they mean nothing.
  const chat = (context: object) =>
    chatSchema.parse({ chatId: 7, context, type: "CHAT", status: "NEW", createdAt: "2017-11-21T00:00:00+03:00", updatedAt: "2017-11-21T00:00:00+03:00" });

  it("carry buyer, order and the delivery model of the shop, as far as told", () => {
    const facts = {
      campaigns: [
        { id: "21", placementType: "FBY" },
        { id: "22", placementType: "DBS" },
      ],
    };
    const of = (campaignId: number) => {
      const head = toHead(chat({ type: "ORDER", customer: { name: "Мария", publicId: "p1" }, campaignId, orderId: 48 }));
      return toConversation(head, [], facts);
    };
    expect(of(21)).toMatchObject({
      externalId: "7",
      channel: "yandex-market.chat",
      orderNumber: "48",
      buyerName: "Мария",
      buyerRef: "p1",
      order: { schema: "fbo" },
    });
    expect(of(22).order).toEqual({ schema: "rfbs" });
    expect(of(23).order).toBeUndefined();
    const direct = toConversation(toHead(chat({ type: "DIRECT", orderId: 0, returnId: 0 })), [], facts);
    expect([direct.orderNumber, direct.order, direct.lastMessageId]).toEqual([undefined, undefined, undefined]);
  });

  it("put messages in order, each once, whatever order they came in", () => {
    const message = (messageId: number, at: string) => toMessage(messageSchema.parse({ messageId, createdAt: at, sender: "CUSTOMER", message: "x" }), REAL);
    const [a, b, c] = [message(9, "2026-11-21T10:00:00Z"), message(10, "2026-11-21T10:00:00Z"), message(11, "2026-11-21T11:00:00Z")];
    expect(inOrder([c, a, b, a]).map((entry) => entry.externalId)).toEqual(["9", "10", "11"]);
  });
});

describe("files", () => {
  it("are kept in the service's own form and fetched below the connection's address", () => {
    const stored = canonicalUrl(`${SANDBOX}/media/files/5/photo.png?x=1`, SANDBOX);
    expect(stored).toBe("https://avatars.mds.yandex.net/files/5/photo.png?x=1");
    expect(mediaTarget(stored, SANDBOX)).toEqual({ host: "media", path: "/files/5/photo.png?x=1" });
  });

  it.each([
    "https://evil.example/files/5",
    "https://avatars.mds.yandex.net.evil.example/files/5",
    "https://user:pw@avatars.mds.yandex.net/files/5",
    "http://avatars.mds.yandex.net/files/5",
    "https://avatars.mds.yandex.net/files/%2e%2e/5",
    "https://avatars.mds.yandex.net/a%2fb",
    `${REAL}/media/files/5`,
    `${SANDBOX}/v2/campaigns`,
    "file:///etc/passwd",
    "nonsense",
  ])("%s is none of them", (url) => {
    expect(mediaTarget(url, url.startsWith(REAL) ? REAL : SANDBOX)).toBeUndefined();
  });

  it("that lie elsewhere keep their address, to be shown but not fetched", () => {
    const remote = messageSchema.parse({
      messageId: 1,
      createdAt: "2026-11-21T15:00:00+03:00",
      sender: "CUSTOMER",
      payload: [
        { name: "чек.pdf", url: "https://elsewhere.example/1", size: 5 },
        { name: "", url: "https://avatars.mds.yandex.net/get/orig.jpg", size: 5 },
      ],
    });
    expect(toMessage(remote, REAL).attachments).toEqual([
      { kind: "file", name: "чек.pdf", url: "https://elsewhere.example/1" },
      { kind: "image", name: "orig.jpg", url: "https://avatars.mds.yandex.net/get/orig.jpg" },
    ]);
  });
});

describe("products and texts", () => {
  it("are known by the shop's own sku; a mapping without an offer is none", () => {
    const offerMappings = [
      { offer: { offerId: "YM-1", name: "Плед", pictures: ["https://x/1"] }, mapping: { marketSku: 102 } },
      { offer: { offerId: "YM-2" } },
      { mapping: {} },
    ];
    const products = offersSchema.parse({ result: { offerMappings } }).offerMappings.map(toProduct);
    expect(products).toEqual([
      { externalId: "YM-1", sku: "102", offerId: "YM-1", name: "Плед", imageUrl: "https://x/1" },
      { externalId: "YM-2", sku: undefined, offerId: "YM-2", name: "YM-2", imageUrl: undefined },
      undefined,
    ]);
  });

  it("count as the same whatever white space and entities became of them", () => {
    expect(comparable("Да,\r\n  есть &laquo; &amp; &quot;тут&quot;")).toBe(comparable('Да, есть &laquo; & "тут"'));
    expect(comparable("Да")).not.toBe(comparable("Нет"));
  });
});
