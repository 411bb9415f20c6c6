import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { HB_SCENARIOS } from "./scenarios";
import { openStage } from "./testing/stage";

const folder = mkdtempSync(join(tmpdir(), "karavan-hepsiburada-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a restart", () => {
  it("goes on with the same orders, questions, listings, keys and uploads", async () => {
    const options = { stateFile: join(folder, "state.json") };
    const before = await openStage(options);
    const { number } = await before.control.placeOrder({});
    await before.control.setListing({ merchantSku: "BARDAK-6LI", stock: 3 });
    const tell = async (stage: typeof before) => [await stage.control.orders({}), await stage.control.issues({}), await stage.control.listings({})];
    const told = await tell(before);
    await before.stop();
    const after = await openStage(options);
    try {
      expect(await tell(after)).toEqual(told);
      expect((await after.call("oms-external", `/orders/merchantid/{m}/ordernumber/${number}`)).status).toBe(200);
      expect((await after.control.placeOrder({})).number).not.toBe(number);
    } finally {
      await after.stop();
    }
  });
});

describe("scenarios", () => {
  it.each(HB_SCENARIOS)("%s stands, and is the same each time", async (scenario) => {
    const build = async () => {
      const stage = await openStage({ scenario, startAt: new Date("2026-11-21T12:00:00Z") });
      try {
        return (await stage.control.orders({})).map(({ number, lines }) => [number, ...lines.map((line) => line.status)]);
      } finally {
        await stage.stop();
      }
    };
    const first = await build();
    expect(first.length).toBeGreaterThan(5);
    expect(await build()).toEqual(first);
  });

  it("the demo comes to life with the first use of the API, and only then", async () => {
    const stage = await openStage({ scenario: "demo" });
    try {
      const count = async () => [(await stage.control.orders({})).length, (await stage.control.issues({})).length] as const;
      const before = await count();
      await stage.advance(10 * 60_000);
      expect(await count()).toEqual(before);
      await stage.call("oms-external", "/orders/merchantid/{m}?offset=0&limit=1");
      await stage.advance(30 * 60_000);
      const [orders, issues] = await count();
      expect(orders).toBeGreaterThan(before[0] + 10);
      expect(issues).toBeGreaterThan(before[1]);
      const statuses = new Set((await stage.control.orders({})).slice(before[0]).flatMap(({ lines }) => lines.map((line) => line.status)));
      expect(statuses).toContain("CancelledByCustomer");
      expect([...statuses].some((status) => status === "Packaged" || status === "InTransit" || status === "Delivered")).toBe(true);
    } finally {
      await stage.stop();
    }
  });
});
