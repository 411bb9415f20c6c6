import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectorError, type FailureKind } from "@/server/integrations/contract/errors";
import type { ChannelRules } from "@/server/integrations/contract/ports";
import type { ExternalMessage } from "@/server/integrations/contract/records";
import { mergeBatch, sameTextOrFile } from "./ingest/merge-batch";
import { backoffMs, deadlineOf, draftRefusal, kindOfChannel, matchSent, previewOf, statusAfter } from "./rules";
import { outcomeOfError } from "./sending/sending-rules";

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);
const found = (externalId: string, ms: number, text: string, side: "buyer" | "seller" = "seller") => {
  const message: ExternalMessage = { externalId, side, authorKind: side, text, attachments: [], sentAt: at(ms), versionAt: at(ms) };
  return { externalId, message };
};
const sent = (id: string, text: string, afterMs = 0) => ({ id, text, fileName: null, sendAfter: at(afterMs) });

describe("matching our sendings with the history", () => {
  it("gives the older of two equal texts the older entry", () => {
    const matched = matchSent([sent("b", "hi"), sent("a", "hi")], [found("2", 20, "hi"), found("1", 10, "hi")], sameTextOrFile);
    expect([...matched].map(([id, entry]) => [id, entry.externalId])).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });

  it("leaves out what is older, of the buyer, or another text", () => {
    const entries = [found("1", 5, "hi"), found("2", 20, "hi", "buyer"), found("3", 20, "ho")];
    expect(matchSent([sent("a", "hi", 10)], entries, sameTextOrFile).size).toBe(0);
  });

  it("never gives one entry to two sendings", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("x", "y"), { maxLength: 8 }), fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 8 }), (texts, history) => {
        const matched = matchSent(
          texts.map((text, index) => sent(`s${index}`, text)),
          history.map((text, index) => found(`m${index}`, index, text)),
          sameTextOrFile,
        );
        const entries = [...matched.values()].map((entry) => entry.externalId);
        expect(new Set(entries).size).toBe(entries.length);
        for (const text of ["x", "y"]) {
          const expected = Math.min(texts.filter((one) => one === text).length, history.filter((one) => one === text).length);
          expect([...matched.values()].filter((entry) => entry.message.text === text)).toHaveLength(expected);
        }
      }),
    );
  });
});

describe("what a failed try means", () => {
  const error = (kind: FailureKind, mayHaveTakenEffect = false, retryAfterMs?: number) =>
    new ConnectorError(kind, `remote.${kind}`, { mayHaveTakenEffect, retryAfterMs });
  it.each<[FailureKind, boolean, string]>([
    ["timeout", true, "unknown"],
    ["unavailable", true, "unknown"],
    ["invalid", true, "unknown"],
    ["timeout", false, "queued"],
    ["unavailable", false, "queued"],
    ["rate-limited", false, "queued"],
    ["auth", false, "queued"],
    ["forbidden", false, "rejected"],
    ["subscription", false, "rejected"],
    ["invalid", false, "rejected"],
    ["not-found", false, "rejected"],
    ["closed", false, "rejected"],
    ["conflict", false, "rejected"],
    ["malformed", false, "unknown"],
    ["unknown", false, "unknown"],
  ])("%s, may have taken effect %s → %s", (kind, effect, state) => {
    expect(outcomeOfError(error(kind, effect), 1).state).toBe(state);
  });

  it("is unknown for anything that is not the service's own answer", () => {
    expect(outcomeOfError(new TypeError("boom"), 1)).toMatchObject({ state: "unknown", errorCode: "inbox.send_interrupted" });
  });

  it("waits as long as the service asks", () => {
    expect(outcomeOfError(error("rate-limited", false, 99_000), 1)).toMatchObject({ waitMs: 99_000 });
    expect([1, 2, 3, 20].map((attempt) => backoffMs(attempt))).toEqual([5_000, 10_000, 20_000, 300_000]);
  });
});

describe("status after an ingest", () => {
  it.each([
    ["open", "closed", true, "closed"],
    ["resolved", "open", false, "resolved"],
    ["resolved", "open", true, "open"],
    ["snoozed", "unknown", true, "open"],
    ["closed", "unknown", false, "closed"],
    ["closed", "unknown", true, "open"],
    ["closed", "open", false, "open"],
    ["pending", "open", false, "pending"],
  ] as const)("%s, service says %s, buyer wrote %s → %s", (status, remoteStatus, buyerWrote, after) => {
    expect(statusAfter({ status, remoteStatus, buyerWrote })).toBe(after);
  });
});

describe("channel rules", () => {
  const rules: ChannelRules = {
    channel: "c",
    kind: "chat",
    stream: "chats",
    minTextLength: 1,
    maxTextLength: 5,
    files: { allowed: true, maxBytes: 10, types: ["image/*", "application/pdf"] },
    starts: [],
    windows: [],
    actions: [],
    isModerated: false,
    deliveryStates: [],
    source: "",
  };
  const file = (name: string, contentType: string, size = 5) => ({ file: { name, contentType, size } });
  it.each([
    [{ text: "12345" }, undefined],
    [{ text: "123456" }, "inbox.text_too_long"],
    [{ text: "👍👍👍👍👍" }, undefined],
    [{ text: "👍👍👍👍👍👍" }, "inbox.text_too_long"],
    [{ text: " " }, "inbox.text_empty"],
    [{}, "inbox.text_empty"],
    [file("a.png", "image/png"), undefined],
    [file("a.pdf", "application/pdf"), undefined],
    [file("a.exe", "application/x-msdownload"), "inbox.file_type"],
    [file("a.png", "image/png", 11), "inbox.file_too_large"],
    [file("a.png", "image/png", 0), "inbox.file_empty"],
  ])("%j → %s", (draft, code) => {
    expect(draftRefusal(rules, draft)?.code).toBe(code);
  });

  it("forbids files where the channel has none", () => {
    expect(draftRefusal({ ...rules, files: { ...rules.files, allowed: false } }, file("a.png", "image/png"))?.code).toBe("inbox.files_not_allowed");
  });
});

describe("small texts", () => {
  it("makes one line for the list without cutting a character in two", () => {
    expect(previewOf("  a\n\n b  ")).toBe("a b");
    expect(previewOf("", "photo.png")).toBe("photo.png");
    expect(previewOf("😀".repeat(200))).toBe("😀".repeat(160));
  });

  it("keeps the newest of repeated versions in one batch and counts the rest", () => {
    const [old, edited] = [found("1", 1, "old").message, { ...found("1", 1, "edited").message, versionAt: at(9) }];
    const base = { externalId: "c", channel: "c", createdAt: at(0), remoteStatus: "open" as const };
    const batch = mergeBatch([
      { ...base, messages: [edited, old] },
      { ...base, messages: [old] },
    ]);
    expect(batch.repeats).toBe(2);
    expect(batch.conversations).toMatchObject([{ messages: [{ text: "edited" }] }]);
  });

  it("keeps of one conversation told twice in a batch what the later page leaves out", () => {
    const base = { externalId: "c", channel: "c", messages: [] };
    const early = { ...base, createdAt: at(1), remoteStatus: "open" as const, buyerName: "Anna", sku: "7", remoteContext: { sign: "1" }, lastMessageId: "m1" };
    const late = { ...base, createdAt: at(5), remoteStatus: "unknown" as const, buyerName: undefined, sku: "8", lastMessageId: "m2" };
    const { conversations } = mergeBatch([early, late]);
    expect(conversations).toMatchObject([
      { createdAt: at(1), lastMessageId: "m2", header: { buyerName: "Anna", sku: "8", remoteStatus: "open", remoteContext: { sign: "1" } } },
    ]);
    expect(mergeBatch([early, { ...late, remoteContext: { sign: "2" } }]).conversations).toMatchObject([{ header: { remoteContext: { sign: "2" } } }]);
  });

  it("does not let a batch close a conversation its buyer wrote into afterwards", () => {
    const closed = { externalId: "c", channel: "c", createdAt: at(0), remoteStatus: "closed" as const, messages: [] };
    const wrote = (side: "buyer" | "seller") => ({ ...closed, remoteStatus: "unknown" as const, messages: [{ ...found("1", 1, "?").message, side }] });
    const statusOf = (...told: Parameters<typeof mergeBatch>[0][number][]) => mergeBatch(told).conversations.map(({ header }) => header.remoteStatus);
    expect(statusOf(closed, wrote("buyer"))).toEqual(["unknown"]);
    expect(statusOf(closed, wrote("seller"))).toEqual(["closed"]);
    expect(statusOf(wrote("buyer"), closed)).toEqual(["closed"]);
  });
});

describe("channels and deadlines", () => {
  it("tells the kind by the channel's name", () => {
    expect(["ozon.chat", "wildberries.question", "yandex-market.review", "fake.other", "question"].map(kindOfChannel)).toEqual([
      "chat",
      "question",
      "review",
      "chat",
      "question",
    ]);
  });

  it("shows a deadline only when one is owed and its words are known", () => {
    const at = new Date("2026-11-01T10:00:00Z");
    expect(deadlineOf({ at, kind: "first_reply", state: "warned" })).toEqual({ at, kind: "first_reply", state: "warned" });
    expect(deadlineOf({ at: null, kind: "next_reply", state: "paused" })).toEqual({ at: null, kind: "next_reply", state: "paused" });
    expect(deadlineOf({ at, kind: "first_reply", state: null })).toBeNull();
    expect(deadlineOf({ at, kind: "other", state: "running" })).toBeNull();
    expect(deadlineOf({ at, kind: "next_reply", state: "other" })).toBeNull();
  });
});
