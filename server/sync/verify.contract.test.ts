import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { type OzonShop, openOzonShop } from "./testing/ozon-shop";
import { verifyConnection } from "./verify-connection";

const DAYS = 30;
let shop: OzonShop;

beforeAll(async () => {
  shop = await openOzonShop();
  for (const stream of ["chats", "sales", "products"] as const) await shop.sync(stream);
});
afterAll(async () => {
  await shop.close();
});

const figures = async () => {
  const verdicts = await verifyConnection(shop.workspaceId, shop.connectionId, DAYS);
  return new Map(verdicts.map((verdict) => [verdict.stream, verdict]));
};

it("finds nothing missing after a synchronisation, and names what is lost", async () => {
  const whole = await figures();
  for (const stream of ["chats", "sales", "products"] as const) {
    const { source = 0, held, setAside, missing, errorCode } = whole.get(stream) ?? {};
    expect({ stream, held: source - (setAside ?? 0), missing, errorCode }).toEqual({ stream, held, missing: 0, errorCode: null });
    expect(source, stream).toBeGreaterThan(0);
  }

  // The newest of each: surely within the days that are counted.
  const of = { workspaceId: shop.workspaceId, connectionId: shop.connectionId };
  const message = await db.message.findFirstOrThrow({ where: { ...of, externalId: { not: null } }, orderBy: { sentAt: "desc" } });
  const line = await db.saleLine.findFirstOrThrow({ where: of, orderBy: { date: "desc" } });
  await db.message.delete({ where: { id: message.id } });
  await db.saleLine.delete({ where: { id: line.id } });
  const holed = await figures();
  expect(holed.get("chats")).toMatchObject({ missing: 1, examples: [`message ${message.externalId}`] });
  expect(holed.get("sales")).toMatchObject({ missing: 1, examples: [`sale ${line.externalId}`] });
  expect(holed.get("products")).toMatchObject({ missing: 0 });

  await shop.sync("sales");
  expect((await figures()).get("sales")).toMatchObject({ missing: 0 });
});

it("says why a service could not be asked, and calls nothing missing that was not asked for", async () => {
  await shop.sandbox.ozon.fail({ kind: "error-before", status: 403, times: 1_000 });
  const verdicts = await figures();
  expect([...verdicts.values()].every(({ errorCode, missing }) => errorCode !== null && missing === 0)).toBe(true);
});
