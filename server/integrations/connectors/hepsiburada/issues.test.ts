import { describe, expect, it } from "vitest";
import fixture from "./fixtures/issue.json";
import { hasExpired, toConversation } from "./issues";
import { issueSchema } from "./schemas";

const issue = (given: object = {}) => issueSchema.parse({ ...fixture.issue, ...given });
const word = (given: object) => ({ ...fixture.issue.conversations[0], ...given });

describe("a question", () => {
  it("is a conversation about a product; of the buyer there is only a number", () => {
    expect(toConversation(issue())).toMatchObject({
      externalId: "1234567",
      channel: "hepsiburada.question",
      remoteStatus: "open",
      buyerRef: "cust-1",
      sku: "HBV0000ABC",
      productName: "Test Ürün",
      lastMessageId: "conv-1",
      remoteContext: { expireDate: "2026-10-03T10:00:00.000Z" },
      messages: [{ externalId: "conv-1", side: "buyer", text: "Bu ürün su geçirmez mi?", sentAt: new Date("2026-10-01T10:00:00Z") }],
    });
  });

  it.each([
    ["WaitingForAnswer", "open"],
    ["Answered", "open"],
    ["MerchantMadeContact", "open"],
    ["SomethingNew", "open"],
    ["Rejected", "closed"],
    ["AutoClosed", "closed"],
  ])("%s is %s", (status, wanted) => {
    expect(toConversation(issue({ status })).remoteStatus).toBe(wanted);
  });

  it("has its words in the order they were said, and a changed one is newer", () => {
    const conversations = [
      word({ id: "b", from: "Merchant", createdAt: "2026-10-01T12:00:00Z", lastModifiedAt: "2026-10-01T13:00:00Z" }),
      word({ id: "c", from: "Hepsiburada", createdAt: "2026-10-01T11:00:00Z", content: null }),
      word({ id: "a" }),
    ];
    const { messages, lastMessageId } = toConversation(issue({ conversations }));
    expect(messages.map(({ externalId, side, text }) => [externalId, side, text === ""])).toEqual([
      ["a", "buyer", false],
      ["c", "system", true],
      ["b", "seller", false],
    ]);
    expect(lastMessageId).toBe("b");
    expect(messages[2]?.versionAt).toEqual(new Date("2026-10-01T13:00:00Z"));
  });

  it("shows files by the address they come with, whatever it is called, and nothing else", () => {
    const files = [
      { url: "https://x.example/a%20b.png" },
      "https://x.example/c.pdf",
      { fileUrl: "http://x.example/d.png" },
      { size: 3 },
      null,
      "https://",
      "https://x.example/%E0%A4%A.pdf",
    ];
    const { messages } = toConversation(issue({ conversations: [word({ files })] }));
    expect(messages[0]?.attachments).toEqual([
      { kind: "image", url: "https://x.example/a%20b.png", name: "a b.png" },
      { kind: "file", url: "https://x.example/c.pdf", name: "c.pdf" },
      { kind: "file", url: "https://x.example/%E0%A4%A.pdf", name: "%E0%A4%A.pdf" },
    ]);
  });

  it("runs out at its moment, not before, and never where none is told", () => {
    const at = new Date("2026-10-03T10:00:00Z");
    expect(hasExpired(issue(), new Date(at.getTime() - 1))).toBe(false);
    expect(hasExpired(issue(), at)).toBe(true);
    expect(hasExpired(issue({ expireDate: null }), at)).toBe(false);
  });
});
