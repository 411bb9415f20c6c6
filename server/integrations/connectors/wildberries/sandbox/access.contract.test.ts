import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SECOND_SID, sandboxToken } from "./index";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());

const CHATS = "/api/v1/seller/chats";
const chats = (token: string | null) => stage.call("buyer-chat-api", CHATS, { token });

describe("tokens", () => {
  it("lets in a token with and without Bearer, and one made outside for the same seller", async () => {
    for (const token of [stage.token, `Bearer ${stage.token}`, sandboxToken(Date.now())]) expect((await chats(token)).status).toBe(200);
  });

  it.each([
    ["no token", async () => null, "empty Authorization header"],
    ["rubbish", async () => "abc", "token is malformed"],
    ["a foreign signature", async () => `${stage.token.slice(0, -8)}AAAAAAAA`, "signature is invalid"],
    ["an ended one", async () => (await stage.control.makeToken({ days: -1 })).token, "token is expired"],
    ["a test token", async () => (await stage.control.makeToken({ kind: "test" })).token, "test token"],
    ["another category", async () => (await stage.control.makeToken({ categories: ["finance"] })).token, "token scope not allowed"],
  ] as readonly (readonly [string, () => Promise<string | null>, string])[])("refuses %s with 401 of the gateway", async (_, token, detail) => {
    const { status, headers, json } = await chats(await token());
    expect([status, headers.get("content-type")]).toEqual([401, "application/problem+json"]);
    expect(json).toMatchObject({ title: "unauthorized", status: 401, detail: expect.stringContaining(detail) });
  });

  it("withdraws a token at once, and keeps sellers apart", async () => {
    const { token } = await stage.control.makeToken({});
    await stage.control.revokeToken({ token });
    expect((await chats(token)).status).toBe(401);
    const other = await stage.control.makeToken({ sid: SECOND_SID });
    const seller = await stage.call("common-api", "/api/v1/seller-info", { token: other.token });
    expect(seller.json).toMatchObject({ sid: SECOND_SID, name: "ИП Соколова А. В." });
    const own = ((await chats(stage.token)).json["result"] as { chatID: string }[]).map((chat) => chat.chatID);
    const theirs = ((await chats(other.token)).json["result"] as { chatID: string }[]).map((chat) => chat.chatID);
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.filter((id) => own.includes(id))).toEqual([]);
  });

  it("lets a read-only token read and not write", async () => {
    const { token } = await stage.control.makeToken({ readOnly: true });
    expect((await chats(token)).status).toBe(200);
    const form = new FormData();
    form.append("replySign", "x");
    const { status, json } = await stage.call("buyer-chat-api", "/api/v1/seller/message", { method: "POST", token, form });
    expect([status, json["detail"]]).toEqual([401, "read-only token scope not allowed for this route"]);
  });

  it("knows hosts apart: ping checks the category, a path of another host is not found", async () => {
    const { token } = await stage.control.makeToken({ categories: ["chat"] });
    expect((await stage.call("buyer-chat-api", "/ping", { token })).json).toMatchObject({ Status: "OK" });
    expect((await stage.call("feedbacks-api", "/ping", { token })).status).toBe(401);
    expect((await stage.call("feedbacks-api", CHATS)).status).toBe(404);
    expect((await stage.call("suppliers-api", CHATS)).status).toBe(404);
  });
});

describe("limits", () => {
  it("counts down in the headers and refuses with 429, retry, limit and reset", async () => {
    const { token } = await stage.control.makeToken({ sid: SECOND_SID });
    const answers = [];
    for (let call = 0; call < 12; call += 1) answers.push(await stage.call("buyer-chat-api", "/api/v1/seller/events", { token }));
    expect(answers[0]?.headers.get("x-ratelimit-remaining")).toBe("9");
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    const [first] = refused;
    expect(first?.json).toMatchObject({ title: "too many requests", status: 429, origin: "s2s-api-auth-catalog" });
    expect(Number(first?.headers.get("x-ratelimit-retry"))).toBeGreaterThanOrEqual(1);
    expect(first?.headers.get("x-ratelimit-limit")).toBe("10");
    expect(Number(first?.headers.get("x-ratelimit-reset"))).toBeGreaterThan(5);
    expect(first?.headers.get("x-ratelimit-remaining")).toBeNull();
  });

  it("gives a base token one call an hour for chats and shares the budget of all questions and reviews", async () => {
    const { token } = await stage.control.makeToken({ kind: "base" });
    expect((await chats(token)).status).toBe(200);
    const again = await chats(token);
    expect([again.status, Number(again.headers.get("x-ratelimit-retry")) > 3_500]).toEqual([429, true]);
    expect((await stage.call("feedbacks-api", "/api/v1/questions?isAnswered=false&take=1&skip=0", { token })).status).toBe(200);
    expect((await stage.call("feedbacks-api", "/api/v1/feedbacks?isAnswered=false&take=1&skip=0", { token })).status).toBe(429);
  });
});
