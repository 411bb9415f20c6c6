import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_LOGIN, DEFAULT_PASSWORD } from "./index";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.sandbox.stop());

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
const logIn = (password = base64(DEFAULT_PASSWORD), username = DEFAULT_LOGIN) =>
  stage.call("/sites", { method: "POST", token: null, body: { username, password } });

describe("who may call", () => {
  it("gives a session for a login and the base64 of its password, for a day", async () => {
    const { content } = await logIn();
    expect(content).toMatchObject({ permissions: ["order_edit", "correspondence"], market: { id: 1086, title: "Затишний дім" } });
    const token = String(content["access_token"]);
    expect((await stage.call("/orders/counts-new", { token })).json.success).toBe(true);
    await stage.control.advance(24 * 3_600_000 + 1_000);
    expect((await stage.call("/orders/counts-new", { token })).json).toMatchObject({ success: false, errors: { code: 6001 } });
  });

  it("refuses everything else with 200 and a code", async () => {
    const refused = async (call: Promise<{ status: number; json: { errors?: { code?: number } } }>) => {
      const { status, json } = await call;
      return [status, json.errors?.code];
    };
    expect(await refused(logIn(base64("wrong")))).toEqual([200, 1004]);
    expect(await refused(logIn(DEFAULT_PASSWORD))).toEqual([200, 1002]);
    expect(await refused(logIn(base64(DEFAULT_PASSWORD), "nobody"))).toEqual([200, 1004]);
    expect(await refused(stage.call("/sites", { method: "POST", token: null, body: {} }))).toEqual([200, 1001]);
    expect(await refused(stage.call("/orders/counts-new", { token: null }))).toEqual([200, 5401]);
    expect(await refused(stage.call("/orders/counts-new", { token: "nonsense" }))).toEqual([200, 1020]);
    expect(await refused(stage.call("/nowhere"))).toEqual([200, 5404]);
    expect(await refused(stage.call("/orders/1", { method: "PUT", headers: { "content-type": "text/plain" } }))).toEqual([200, 1002]);
    const { token } = await stage.desk.makeRoleToken({ sections: ["goods"] });
    expect(await refused(stage.call("/orders/search", { token }))).toEqual([200, 1010]);
    await stage.desk.setPermissions({ permissions: [] });
    expect(await refused(stage.call("/messages/create", { method: "POST", body: {} }))).toEqual([200, 1010]);
  });

  it("keeps shops apart", async () => {
    const [, second] = await stage.desk.markets();
    const { content } = await logIn(base64(second?.password ?? ""), second?.login);
    const token = String(content["access_token"]);
    const [mine] = await stage.desk.orders();
    expect((await stage.call(`/orders/${mine?.id}`, { token })).json.errors?.code).toBe(1019);
    const [chat] = await stage.desk.chats();
    expect((await stage.call(`/messages/${chat?.chatId}`, { token })).json.errors?.code).toBe(1019);
  });

  it("a logout ends the session, a second login may end the first", async () => {
    const first = String((await logIn()).content["access_token"]);
    await stage.desk.setQuirks({ loginEndsOthers: true });
    const second = String((await logIn()).content["access_token"]);
    expect((await stage.call("/orders/counts-new", { token: first })).json.errors?.code).toBe(6001);
    await stage.call("/sites/logout", { method: "POST", token: second, body: {} });
    expect((await stage.call("/orders/counts-new", { token: second })).json.errors?.code).toBe(6001);
  });
});

describe("searches", () => {
  const strict = { "accept-validate-exception": "1" };

  it("answer a wrong parameter with an empty list, or with the error when asked to", async () => {
    for (const path of ["/orders/search?changed_from=yesterday", "/orders/search?sort=-colour", "/messages/search", "/messages/search?msgType=all"]) {
      const silent = await stage.call(path);
      expect([silent.json.success, Object.values(silent.content)[0]], path).toEqual([true, []]);
      expect([1001, 1002], path).toContain((await stage.call(path, { headers: strict })).json.errors?.code);
    }
  });

  it("page by twenty and say how many there are", async () => {
    const all = (await stage.desk.orders()).length;
    const first = await stage.call("/orders/search?sort=-id");
    expect(first.content["_meta"]).toEqual({ totalCount: all, pageCount: Math.ceil(all / 20), currentPage: 1, perPage: 20 });
    const ids = (first.content["orders"] as { id: number }[]).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((left, right) => right - left));
    const none = await stage.call("/orders/search?id=1");
    expect(none.content).toMatchObject({ orders: [], _meta: { totalCount: 0, pageCount: 0 } });
  });

  it("send only what was asked to be expanded", async () => {
    const [bare] = (await stage.call("/orders/search")).content["orders"] as Record<string, unknown>[];
    expect(bare).not.toHaveProperty("purchases");
    const [full] = (await stage.call("/orders/search?expand=purchases,status_available")).content["orders"] as Record<string, unknown>[];
    expect(full?.["purchases"]).toContainEqual(expect.objectContaining({ status: 1 }));
    expect(full).toHaveProperty("status_available");
  });
});
