import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SMALL } from "./sandbox";
import { faults, hasSpec, loadSpec } from "./testing/spec";
import { type WildberriesStand, wildberriesStand } from "./testing/stand";

if (!hasSpec) process.stdout.write("Wildberries simulator: not checked against OpenAPI, ../shared/specs/wildberries-*.yaml are not here\n");

let stand: WildberriesStand;
beforeAll(async () => {
  stand = await wildberriesStand();
  await stand.control.setSettings({ limits: 0 });
});
afterAll(() => stand.stop());

const GETS = [
  ["common-api", "/ping"],
  ["common-api", "/api/v1/seller-info"],
  ["buyer-chat-api", "/api/v1/seller/chats"],
  ["buyer-chat-api", "/api/v1/seller/events"],
  ["feedbacks-api", "/api/v1/questions?isAnswered=true&take=10&skip=0"],
  ["feedbacks-api", `/api/v1/question?id=${SMALL.questions.answered}`],
  ["feedbacks-api", "/api/v1/feedbacks?isAnswered=false&take=10&skip=0"],
  ["feedbacks-api", "/api/v1/feedbacks/archive?take=10&skip=0"],
  ["feedbacks-api", `/api/v1/feedback?id=${SMALL.reviews.photo}`],
  ["feedbacks-api", "/api/v1/new-feedbacks-questions"],
  ["feedbacks-api", "/api/v1/questions/count-unanswered"],
  ["feedbacks-api", "/api/v1/feedbacks/count-unanswered"],
  ["buyer-chat-api", "/api/v1/seller/events?next=0"],
  ["feedbacks-api", "/api/v1/question?id=none"],
  ["buyer-chat-api", "/api/v1/seller/download/none"],
] as const;

const POSTS = [
  ["finance-api", "/api/finance/v1/sales-reports/detailed", { dateFrom: "2026-01-01", dateTo: "2099-01-01", period: "weekly" }],
  ["finance-api", "/api/finance/v1/sales-reports/detailed", { dateFrom: "yesterday" }],
  ["content-api", "/content/v2/get/cards/list", { settings: { cursor: { limit: 2 }, filter: { withPhoto: -1 } } }],
] as const;

async function expectFits(method: string, path: string, answer: Response): Promise<void> {
  const mediaType = answer.headers.get("content-type")?.split(";")[0] ?? "";
  const schema = loadSpec()(method, path.split("?")[0] ?? "")?.response(answer.status, mediaType);
  expect(schema, `${answer.status} ${mediaType}`).toBeTruthy();
  expect(faults(schema ?? {}, await answer.json())).toBe("");
}

const authorization = () => stand.credentials["token"] ?? "";

describe.skipIf(!hasSpec)("the simulator's answers fit the official specification", () => {
  it.each(GETS)("GET %s %s", async (host, path) => {
    await expectFits("GET", path, await fetch(`${stand.baseUrl}/${host}${path}`, { headers: { authorization: authorization() } }));
  });

  it.each(POSTS)("POST %s %s %j", async (host, path, body) => {
    const headers = { authorization: authorization(), "content-type": "application/json" };
    await expectFits("POST", path, await fetch(`${stand.baseUrl}/${host}${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
  });

  it("a message, sent and refused, and an answered question", async () => {
    const [chat] = await stand.control.chats({ limit: 1 });
    for (const replySign of [chat?.replySign ?? "", "wrong"]) {
      const body = new FormData();
      body.append("replySign", replySign);
      body.append("message", "Здравствуйте");
      const path = "/api/v1/seller/message";
      await expectFits(
        "POST",
        path,
        await fetch(`${stand.baseUrl}/buyer-chat-api${path}`, { method: "POST", headers: { authorization: authorization() }, body }),
      );
    }
    for (const id of [SMALL.questions.open, "none"]) {
      const path = "/api/v1/questions";
      const headers = { authorization: authorization(), "content-type": "application/json" };
      const body = JSON.stringify({ id, answer: { text: "Да" }, state: "wbRu" });
      await expectFits("PATCH", path, await fetch(`${stand.baseUrl}/feedbacks-api${path}`, { method: "PATCH", headers, body }));
    }
  });

  it("the gateway's refusals: no token, too many", async () => {
    await expectFits("GET", "/api/v1/seller/chats", await fetch(`${stand.baseUrl}/buyer-chat-api/api/v1/seller/chats`));
    await stand.fail({ kind: "rate-limit", retryAfterSeconds: 2 }, "list");
    const refused = await fetch(`${stand.baseUrl}/buyer-chat-api/api/v1/seller/chats`, { headers: { authorization: authorization() } });
    expect([refused.status, refused.headers.get("x-ratelimit-retry")]).toEqual([429, "2"]);
    await expectFits(
      "GET",
      "/api/v1/seller/chats",
      new Response(await refused.text(), { status: 429, headers: { "content-type": "application/problem+json" } }),
    );
  });
});
