import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PushEvent } from "@/server/integrations/contract/webhook";
import { type Hinted, hintsOf, inGroups, joinHints } from "./join-hints";

const changed = (conversationExternalId: string, ...messageIds: string[]): PushEvent => ({ type: "conversation-changed", conversationExternalId, messageIds });
const hint = (id: string, ...conversations: string[]): Hinted => ({
  id,
  hints: conversations.map((externalId) => ({ externalId, messageIds: [`${id} in ${externalId}`] })),
});

describe("hintsOf", () => {
  it("knows pushes that only name messages to read", () => {
    expect(hintsOf([changed("chat", "1", "2"), { type: "conversation-read", conversationExternalId: "chat", upToMessageId: "2" }])).toEqual([
      { externalId: "chat", messageIds: ["1", "2"] },
      { externalId: "chat", messageIds: ["2"] },
    ]);
  });

  it.each<readonly [string, PushEvent[]]>([
    ["nothing", []],
    ["no message by name", [changed("chat")]],
    ["an end", [{ type: "conversation-closed", conversationExternalId: "chat" }]],
    ["something else, too", [changed("chat", "1"), { type: "order-changed", orderExternalId: "7" }]],
  ])("leaves alone what says %s", (_, events) => {
    expect(hintsOf(events)).toBeUndefined();
  });
});

describe("inGroups", () => {
  it("keeps together any number that name the same conversations, and cuts where too many would be read", () => {
    const deliveries = [hint("1", "a"), hint("2", "a"), hint("3", "b"), hint("4", "a", "b"), hint("5", "c"), hint("6", "a")];
    expect(inGroups(deliveries, 2).map((group) => group.map(({ id }) => id))).toEqual([
      ["1", "2", "3", "4"],
      ["5", "6"],
    ]);
  });

  it("loses none, keeps their order, and reads no more at once than it may unless one alone names more", () => {
    const conversations = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(conversations, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (names, most) => {
        const deliveries = names.map((ids, index) => hint(String(index), ...ids));
        const groups = inGroups(deliveries, most);
        expect(groups.flat()).toEqual(deliveries);
        for (const group of groups) if (group.length > 1) expect(joinHints(group).length).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe("joinHints", () => {
  it("names each conversation once, with every message of everybody once", () => {
    const twice: Hinted = { id: "2", hints: [{ externalId: "a", messageIds: ["1 in a", "m"] }] };
    expect(joinHints([hint("1", "a", "b"), twice])).toEqual([
      { externalId: "a", messageIds: ["1 in a", "m"] },
      { externalId: "b", messageIds: ["1 in b"] },
    ]);
  });
});
