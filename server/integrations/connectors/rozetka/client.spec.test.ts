import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../contract/memory-tokens";
import { type SeenRequest, scriptedHttp } from "../../contract/testing/scripted-http";
import { freshLogin, openRozetka } from "./client";
import { OPERATIONS, type Operation } from "./endpoints";
import { hasSpec, loadSpec } from "./testing/spec";

if (!hasSpec) process.stdout.write("Check of the Rozetka requests against the vendor's names: skipped, ../shared/specs/rozetka-endpoints.json is not here\n");

const META = { totalCount: 0, pageCount: 0, currentPage: 1, perPage: 20 };
const LONG = "9007199254740993";

/** Every method of the client with its fullest and its leanest input. */
async function walk(): Promise<readonly SeenRequest[]> {
  const content = { access_token: "t", id: 1, orders: [], items: [], chats: [], orderStatus: [], _meta: META };
  const http = scriptedHttp(({ path }) =>
    path.startsWith("/messages/download-file") ? { text: "bytes", headers: { "content-type": "image/png" } } : { json: { success: true, content } },
  );
  const credentials = { token: "", login: "shop@x.example", password: "Пароль" };
  const context = { http, credentials, clock: fixedClock(new Date("2026-11-21T12:00:00Z")), tokens: memoryTokens() };
  await freshLogin(context);
  const client = openRozetka(context);
  await client.orders({ page: 1, changed_from: "2026-11-21 10:00:00" });
  await client.orders({ page: 1, created_from: "2026-11-21 10:00:00", created_to: "2026-11-22 10:00:00" });
  await client.order(LONG);
  await client.updateOrder(LONG, { status: "26" });
  await client.updateOrder(LONG, { status: "3", ttn: "20450123456789", seller_comment: "Так" });
  await client.statuses();
  await client.goods({ page: 1, pageSize: 100 });
  await client.goodsPrices({ page: 1, pageSize: 100 });
  await client.goodsDetails(LONG);
  await client.massUpdate([
    { rzItemId: LONG, stock_quantity: 0 },
    { rzItemId: "1", price: 100n, price_old: -1n },
  ]);
  await client.chats({ msgType: "orders", updated_from: "2026-11-21 10:00:00", page: 1 });
  await client.chats({ msgType: "items", id: LONG, page: 1 });
  await client.chatCounts();
  await client.openChat(LONG);
  await client.orderChat(LONG);
  await client.send({ chatId: LONG, receiverId: LONG, body: "Так" });
  await client.send({ chatId: LONG, receiverId: LONG, body: "Так", file: { name: "a.png", type: "image/png", content: new Uint8Array([1]) } });
  await client.file(LONG);
  return http.seen;
}

const operationOf = ({ method, path }: SeenRequest): Operation => {
  const bare = path.split("?")[0] ?? "";
  const found = Object.values(OPERATIONS).find((entry) => entry.method === method && new RegExp(`^${entry.path.replace("{id}", "\\d+")}$`).test(bare));
  if (found === undefined) throw new Error(`${method} ${bare} is not in endpoints.ts`);
  return found;
};

const fieldsOf = ({ body }: SeenRequest) => (typeof body === "object" && body !== null ? Object.keys(body) : []);

/** A message without a file goes as JSON, as the vendor's own example does; the other form of the same PUT edits purchases. */
const isWanted = (name: string, path: string) => !name.includes(".") && name !== "file" && !(name === "purchases" && path.startsWith("/orders/"));

describe("requests", () => {
  it("walk every operation there is, signed, in Ukrainian, asking for errors where silence would be the answer", async () => {
    const seen = await walk();
    const used = new Set(seen.map(operationOf));
    expect(Object.values(OPERATIONS).filter((operation) => !used.has(operation as Operation))).toEqual([]);
    for (const entry of seen) {
      const operation = operationOf(entry);
      const { headers = {} } = entry.request;
      expect(headers["Authorization"]).toBe(operation.path === "/sites" ? undefined : "Bearer t");
      expect(headers["Content-Language"]).toBe("uk");
      expect(headers["Accept-Validate-Exception"]).toBe(operation.validates === true ? "1" : undefined);
    }
  });

  it("a password leaves us as base64 of its UTF-8, ids with all their digits", async () => {
    const seen = await walk();
    expect(seen[0]?.body).toEqual({ username: "shop@x.example", password: Buffer.from("Пароль").toString("base64") });
    expect(seen.find(({ path }) => path === "/messages/create")?.text).toContain(`"chat_id":${LONG}`);
    expect(seen.find(({ path }) => path === "/items/mass-update")?.text).toBe(
      `{"isIgnoreCheck":0,"items":[{"item_rz_id":${LONG},"stock_quantity":0},{"item_rz_id":1,"price":100,"price_old":-1}]}`,
    );
  });

  it.runIf(hasSpec)("use only documented paths, parameters and fields, and all that are required", async () => {
    const spec = loadSpec();
    for (const entry of await walk()) {
      const [path = "", search = ""] = entry.path.split("?");
      const documented = spec.operation(entry.method, path);
      expect(documented, `${entry.method} ${path}`).toBeDefined();
      expect([...(documented?.query ?? [])], path).toEqual(expect.arrayContaining([...new URLSearchParams(search).keys()]));
      expect([...(documented?.body ?? [])], path).toEqual(expect.arrayContaining(fieldsOf(entry)));
      const required = documented?.requiredBody.filter((name) => isWanted(name, path)) ?? [];
      if (entry.body !== undefined) expect(fieldsOf(entry), path).toEqual(expect.arrayContaining(required));
    }
  });

  it.runIf(hasSpec)("items of the mass update have documented fields", async () => {
    const fields = loadSpec().model("UpdatingItem");
    for (const entry of await walk()) {
      if (entry.path !== "/items/mass-update") continue;
      for (const item of (entry.body as { items: readonly object[] }).items) for (const name of Object.keys(item)) expect([...fields]).toContain(name);
    }
  });
});
