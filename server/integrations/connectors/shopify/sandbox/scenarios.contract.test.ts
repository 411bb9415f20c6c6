import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { SECOND_SHOP } from "./index";
import { SHOPIFY_SCENARIOS } from "./scenarios";
import { openStage, type Stage } from "./testing/stage";

const folder = mkdtempSync(join(tmpdir(), "karavan-shopify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function on(options: Parameters<typeof openStage>[0], work: (stage: Stage) => Promise<void>) {
  const stage = await openStage(options);
  try {
    await work(stage);
  } finally {
    await stage.stop();
  }
}

describe("scenarios", () => {
  it.each(SHOPIFY_SCENARIOS)("%s has two shops with goods and a past, the same at every start", async (scenario) => {
    const startAt = new Date("2026-11-21T09:00:00Z");
    const seen: unknown[] = [];
    for (let start = 0; start < 2; start += 1) {
      await on({ scenario, startAt }, async ({ control }) => {
        const orders = (await control.orders()).map(({ name, financial, fulfilment, cancelled }) => ({ name, financial, fulfilment, cancelled }));
        seen.push([orders, await control.variants(), (await control.orders({ shop: SECOND_SHOP })).length]);
        expect(new Set(orders.map(({ fulfilment }) => fulfilment)).size).toBeGreaterThan(1);
        expect(orders.some(({ cancelled }) => cancelled)).toBe(true);
      });
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  it("the demo comes alive with the first use of the API: orders come, are paid, and stock moves", () =>
    on({ scenario: "demo" }, async ({ control, ask, advance }) => {
      const before = [(await control.orders()).length, await control.variants()] as const;
      await advance(10 * 60_000);
      expect((await control.orders()).length).toBe(before[0]);
      await ask("{ shop { name } }");
      await advance(10 * 60_000);
      const orders = await control.orders();
      expect(orders.length).toBeGreaterThan(before[0] + 5);
      expect(orders.slice(before[0]).some(({ financial }) => financial === "PAID")).toBe(true);
      expect(await control.variants()).not.toEqual(before[1]);
    }));

  it("a restart goes on with the same orders, stock, tokens and subscriptions, and what was under way has failed", async () => {
    const options = { stateFile: join(folder, "state.json") };
    let held: unknown;
    await on(options, async ({ control, ask }) => {
      await control.placeOrder({});
      await control.subscribe({ uri: "http://127.0.0.1:9/hook" });
      await ask('mutation { bulkOperationRunQuery(query: "{ orders { edges { node { id } } } }") { bulkOperation { id } userErrors { message } } }');
      held = [await control.orders(), await control.variants(), await control.subscriptions()];
    });
    await on(options, async ({ control }) => {
      expect([await control.orders(), await control.variants(), await control.subscriptions()]).toEqual(held);
      expect(await control.operations()).toMatchObject([{ status: "FAILED" }]);
      const { id } = await control.placeOrder({});
      expect((await control.orders()).filter((order) => order.id === id)).toHaveLength(1);
    });
  });
});
