import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../../fixtures/accessibility";
import type { Api } from "../../fixtures/api";
import { expectLoaded, expectNoSidewaysScroll, expectTranslated } from "../../fixtures/page-checks";
import { readCsv } from "../../fixtures/spreadsheet";
import { expect, test } from "../../fixtures/test";
import { until } from "../../fixtures/until";

const rows = (page: Page) => page.getByRole("listbox", { name: "Orders" }).getByRole("option");
const pane = (page: Page) => page.getByRole("complementary", { name: "Order" });

/** The page cut to the scenario's shop, so that what other tests connect does not count. */
async function openOrders(page: Page, connectionId: string, more = ""): Promise<void> {
  await page.goto(`/orders?connection=${connectionId}${more}`);
  await expect(rows(page).first()).toBeVisible();
}

/** An order at which the service allows this now; buyers go on ordering meanwhile. */
function orderThat(api: Api, connectionId: string, wanted: "pack" | "cancel") {
  return until(`an order that allows ${wanted}`, async () => {
    const { orders } = await api.orders.list.query({ connectionIds: [connectionId], states: ["new", "confirmed", "packed"], fulfilments: ["fbs"], limit: 50 });
    for (const { id } of orders) {
      const view = await api.orders.get.query({ orderId: id });
      if (view.transitions.some(({ action }) => action === wanted)) return view;
    }
    return undefined;
  });
}

test("orders are found, opened and left by the keyboard", async ({ page, seed }) => {
  await openOrders(page, seed.connectionId);
  // The page can be read before it can listen; back to the first, however often it had to be pressed.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.locator("[data-order]:focus")).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("k");
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press("j");
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(pane(page).getByRole("heading", { level: 2 })).toBeVisible();
  await expect(page).toHaveURL(/order=/);
  await page.keyboard.press("Escape");
  await expect(pane(page)).toHaveCount(0);
  await page.keyboard.press("x");
  await expect(page.getByText("1 order chosen")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("1 order chosen")).toHaveCount(0);
});

test("the search and the states live in the address", async ({ page, api, seed }) => {
  const { orders } = await api.orders.list.query({ connectionIds: [seed.connectionId], limit: 20 });
  const wanted = orders.at(-1);
  if (wanted === undefined) throw new Error("the scenario has no orders");
  await openOrders(page, seed.connectionId);
  await page.keyboard.press("/");
  await page.keyboard.type(wanted.number);
  await expect(page).toHaveURL(new RegExp(`q=${wanted.number.slice(0, 6)}`));
  await expect(rows(page).filter({ hasText: wanted.number }).first()).toBeVisible();
  await page.reload();
  await expect(rows(page).filter({ hasText: wanted.number }).first()).toBeVisible();
  await page.getByRole("textbox", { name: "Number, tracking, SKU, buyer" }).or(page.getByRole("searchbox")).first().fill("zzzyx-none");
  await expect(page.getByText("No order fits the filters chosen.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(rows(page).first()).toBeVisible();
});

test("what the service allows is asked for, and shown beside the state until the service says so", async ({ page, api, seed }) => {
  const order = await orderThat(api, seed.connectionId, "pack");
  await page.goto(`/orders?order=${order.id}`);
  await pane(page).getByRole("button", { name: "Pack" }).click();
  await expect(page.getByText("Asked the service")).toBeVisible();
  await until("the service to show it", async () => ((await api.orders.get.query({ orderId: order.id })).state === "packed" ? true : undefined), 90_000);
  await expect(pane(page).getByText("Ready to ship").first()).toBeVisible();
  const { changes } = await api.orders.get.query({ orderId: order.id });
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({ action: "pack", state: "confirmed" });
});

test("a dangerous change is asked about with the service's own reasons", async ({ page, api, seed }) => {
  const order = await orderThat(api, seed.connectionId, "cancel");
  await page.goto(`/orders?order=${order.id}`);
  await pane(page).getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Cancel the order" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("The service does not take this back.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel the order" }).click();
  await expect(dialog.getByText("Fill this in.").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  expect((await api.orders.get.query({ orderId: order.id })).changes.filter(({ action }) => action === "cancel")).toEqual([]);
});

test("a note is the team's own and stays in the history", async ({ page, api, seed }) => {
  const { orders } = await api.orders.list.query({ connectionIds: [seed.connectionId], limit: 1 });
  const [order] = orders;
  if (order === undefined) throw new Error("the scenario has no orders");
  await page.goto(`/orders/${order.id}`);
  await pane(page).getByRole("textbox", { name: "Note for the team" }).fill("Wrap as a gift");
  await pane(page).getByRole("button", { name: "Save" }).click();
  await expect(pane(page).getByText("Note: Wrap as a gift")).toBeVisible();
});

test("the export holds the lines of what is on the screen", async ({ page, api, seed }) => {
  await openOrders(page, seed.connectionId);
  const { orders } = await api.orders.list.query({ connectionIds: [seed.connectionId], limit: 200 });
  await page.getByRole("button", { name: "Export" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV" }).click();
  const table = readCsv(await readFile(await (await waiting).path(), "utf8"), ",");
  const numbers = new Set(table.map((row) => row["Number"]));
  for (const { number } of orders.slice(0, 10)) expect(numbers).toContain(number);
});

test("list and order are sound, wide and on a phone", async ({ page, api, seed }) => {
  const { orders } = await api.orders.list.query({ connectionIds: [seed.connectionId], limit: 1 });
  for (const address of [`/orders?connection=${seed.connectionId}`, `/orders?order=${orders[0]?.id}`]) {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport);
      await page.goto(address);
      await expectLoaded(page);
      await expectTranslated(page);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    }
  }
});

test("who may only look is offered nothing to change", async ({ openBrowser, seed }) => {
  const page = await openBrowser("read_only");
  await openOrders(page, seed.connectionId);
  await rows(page).first().click();
  await expect(pane(page).getByText("Goods")).toBeVisible();
  await expect(pane(page).getByRole("button", { name: "Pack" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Export" })).toHaveCount(0);
});
