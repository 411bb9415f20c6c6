import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../contract/memory-tokens";
import type { ConnectorContext } from "../../contract/ports";
import { scriptedHttp } from "../../contract/testing/scripted-http";
import { openMarket } from "./client";
import { yandexMarket } from "./connector";
import { yandexCredentials } from "./credentials";

const campaign = (id: number, businessId: number) => ({
  id,
  domain: `shop-${id}`,
  business: { id: businessId, name: `Кабинет ${businessId}` },
  placementType: "FBS",
  apiAvailability: "AVAILABLE",
});

function contextWith(campaigns: readonly unknown[], given: { businessId?: string; scopes?: string[]; facts?: Record<string, unknown> } = {}) {
  const http = scriptedHttp(({ request }) => {
    if (request.group === "campaigns") return { json: { campaigns, paging: {} } };
    if (request.group === "token") return { json: { result: { apiKey: { name: "k", authScopes: given.scopes ?? ["ALL_METHODS"] } } } };
    return { json: { result: { info: { id: 1, name: "Уютный дом" }, settings: { currency: "RUR" }, subscriptionLevel: "LIGHT" } } };
  });
  const context: ConnectorContext = {
    connectionId: "c",
    tokens: memoryTokens(),
    credentials: { apiKey: "ACMA:0000000000000000", businessId: given.businessId ?? "" },
    baseUrl: "https://api.partner.market.yandex.ru",
    facts: given.facts ?? {},
    http,
    clock: fixedClock(new Date("2026-11-21T12:00:00Z")),
  };
  return { http, context };
}

describe("which cabinet a connection is for", () => {
  it("is found by the key when it sees one, with its shops and its subscription", async () => {
    const { context } = contextWith([campaign(21, 7), campaign(22, 7)]);
    const facts = await yandexMarket.test(context);
    expect(facts).toMatchObject({ accountRef: "7", accountName: "Уютный дом", subscription: "LIGHT", missingPermissions: [] });
    expect(facts.facts["campaigns"]).toEqual(
      [21, 22].map((id) => ({ id: String(id), name: `shop-${id}`, placementType: "FBS", apiAvailability: "AVAILABLE" })),
    );
  });

  it("has to be entered when the key sees several, and must be one of them", async () => {
    const several = [campaign(21, 7), campaign(31, 8)];
    await expect(yandexMarket.test(contextWith(several).context)).rejects.toMatchObject({
      code: "yandex-market.business_unclear",
      params: { ids: "7, 8" },
      retryable: false,
    });
    await expect(yandexMarket.test(contextWith(several, { businessId: "9" }).context)).rejects.toMatchObject({
      code: "yandex-market.business_foreign",
      params: { id: "9", ids: "7, 8" },
    });
    const facts = await yandexMarket.test(contextWith(several, { businessId: "8" }).context);
    expect([facts.accountRef, facts.facts["campaigns"]]).toEqual(["8", [expect.objectContaining({ id: "31" })]]);
    await expect(yandexMarket.test(contextWith([]).context)).rejects.toMatchObject({ code: "yandex-market.business_missing" });
  });

  it("is not asked for again once the test has found it", async () => {
    const learnt = contextWith([], { facts: { businessId: "7" } });
    expect((await openMarket(learnt.context)).businessId).toBe("7");
    expect(learnt.http.seen).toEqual([]);
    const fresh = contextWith([campaign(21, 7)]);
    expect((await openMarket(fresh.context)).businessId).toBe("7");
    expect(fresh.http.seen).toHaveLength(1);
  });
});

describe("what a key may do", () => {
  it.each([
    [["ALL_METHODS"], []],
    [["ALL_METHODS_READ_ONLY"], ["send", "order_changes", "stock", "price"]],
    [["COMMUNICATION"], ["sales", "orders", "products", "order_changes", "stock", "price"]],
    [["PRICING"], ["chats", "questions", "reviews", "send", "sales", "orders", "products", "order_changes", "stock"]],
  ])("%j lacks %j", async (scopes, capabilities) => {
    const { missingPermissions } = await yandexMarket.test(contextWith([campaign(21, 7)], { scopes }).context);
    expect(missingPermissions.map((missing) => missing.capability)).toEqual(capabilities);
    for (const { permission } of missingPermissions) expect(permission).toMatch(/^[A-Z_]+$/);
  });

  it("closes writing when the test saw no access to it, and leaves it open where nobody knows", () => {
    const input = { channel: "yandex-market.chat", answers: 0, createdAt: new Date(0), remoteStatus: "open", now: new Date(0) } as const;
    const stateOf = (facts: Record<string, unknown>) => yandexMarket.messaging?.writeState(facts, input);
    expect(stateOf({})).toEqual({ open: true });
    expect(stateOf({ scopes: ["COMMUNICATION"] })).toEqual({ open: true });
    expect(stateOf({ scopes: ["ALL_METHODS_READ_ONLY"] })).toEqual({ open: false, code: "permission", params: { permission: "COMMUNICATION" } });
  });

  it("closes a finished chat, and leaves a review that was put away open to an answer", () => {
    const input = { answers: 0, createdAt: new Date(0), remoteStatus: "closed", now: new Date(0) } as const;
    const stateOf = (channel: string) => yandexMarket.messaging?.writeState({}, { ...input, channel });
    expect(stateOf("yandex-market.chat")).toEqual({ open: false, code: "chat_closed" });
    expect(stateOf("yandex-market.review")).toEqual({ open: true });
  });
});

describe("limits", () => {
  it("grow with the subscription the test has seen", () => {
    const points = (facts?: Record<string, unknown>) => yandexMarket.limits({}, facts).find((limit) => limit.group === "questions")?.points;
    expect([points(), points({ subscriptionLevel: "LIGHT" }), points({ subscriptionLevel: "MEDIUM" })]).toEqual([1_000, 1_000, 5_000]);
  });

  it("are shared by the cabinet, or by the key where the cabinet was not entered; the key itself is never told", () => {
    const apiKey = "ACMA:0000000000000000";
    expect(yandexMarket.limitKey({ apiKey, businessId: "7" })).toBe("7");
    expect(yandexMarket.limitKey({ apiKey, businessId: "" })).toBe(yandexMarket.limitKey({ apiKey, businessId: "" }));
    expect(yandexMarket.limitKey({ apiKey, businessId: "" })).not.toContain("0000");
    expect(yandexMarket.parallel).toBe(4);
  });
});

describe("what may be entered", () => {
  it.each(["Bearer ACMA:0000000000000000", "Api-Key: ACMA:0000000000", "short", "ключ-из-кабинета-маркета", ""])("%j is no key", (apiKey) => {
    expect(yandexCredentials.safeParse({ apiKey }).success).toBe(false);
  });

  it("takes the sample of the docs, and no cabinet number or one of digits", () => {
    const apiKey = " ACMA:I4c4CxCSYaI41RSC2uYWP2qj3Rhhm4knMiBEga5K:151c0664 ";
    expect(yandexCredentials.parse({ apiKey })).toEqual({ apiKey: apiKey.trim(), businessId: "" });
    expect(yandexCredentials.safeParse({ apiKey, businessId: "abc" }).success).toBe(false);
  });
});
