import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_LOGIN, DEFAULT_PASSWORD, DEFAULT_ROLE_TOKEN } from "./sandbox";
import { hasSpec, loadSpec } from "./testing/spec";
import { type RozetkaStand, rozetkaStand } from "./testing/stand";

if (!hasSpec) process.stdout.write("Check of the Rozetka simulator against the vendor's names: skipped, ../shared/specs/rozetka-endpoints.json is not here\n");

const open: RozetkaStand[] = [];
afterEach(async () => {
  for (const stand of open.splice(0)) await stand.stop();
});

type Json = { readonly [key: string]: unknown };
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Every key of an answer with where it stands. Keys that are numbers name items. */
function keysOf(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap((entry) => keysOf(entry, at));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${at}.${key}`, ...keysOf(inner, `${at}.${key}`)]);
}

/** On our sheet, in none of the vendor's tables. */
const ON_THE_SHEET: ReadonlySet<string> = new Set(["market_id"]);

describe.runIf(hasSpec)("the simulator's answers", () => {
  it.each([
    [
      "/orders/search",
      "?expand=user,delivery,purchases,status_data,status_available,order_status_history,is_access_change_order,payment_type,payment_type_name,status_payment",
    ],
    ["/order-statuses/search", "?expand=status_available"],
    ["/goods/all", ""],
    ["/messages/search", "?msgType=orders&expand=messages,item,user_fio"],
    ["/messages/search", "?msgType=items&expand=messages,item,user_fio"],
    ["/messages/counts", ""],
  ])("%s%s has only fields the vendor names", async (path, search) => {
    const stand = await rozetkaStand();
    open.push(stand);
    const answer = await fetch(`${stand.baseUrl}${path}${search}`, { headers: { authorization: `Bearer ${DEFAULT_ROLE_TOKEN}` } });
    const { success, content } = (await answer.json()) as { success: boolean; content: Json };
    expect(success).toBe(true);
    expectKnown(content, "GET", path);
  });

  it("a login answers with what the vendor names", async () => {
    const stand = await rozetkaStand();
    open.push(stand);
    const body = JSON.stringify({ username: DEFAULT_LOGIN, password: Buffer.from(DEFAULT_PASSWORD).toString("base64") });
    const answer = await fetch(`${stand.baseUrl}/sites`, { method: "POST", headers: { "content-type": "application/json" }, body });
    expectKnown(((await answer.json()) as { content: Json }).content, "POST", "/sites");
  });
});

/** Objects inside an answer are mostly described in tables of their own: their fields may stand anywhere among the vendor's. */
function expectKnown(content: Json, method: string, path: string): void {
  const spec = loadSpec();
  expect(spec.operation(method, path)).toBeDefined();
  const keys = keysOf(content);
  expect(keys.length).toBeGreaterThan(3);
  const unknown = keys.filter((key) => {
    const name = key.split(".").at(-1) ?? "";
    return !spec.everywhere.has(name) && !ON_THE_SHEET.has(name);
  });
  expect([...new Set(unknown)]).toEqual([]);
}
