import { expectAccessible } from "../../fixtures/accessibility";
import { readCsv } from "../../fixtures/spreadsheet";
import { expect, test } from "../../fixtures/test";

test("of many orders each that was left as it is is named with its reason", async ({ page, api, seed, problems }) => {
  // Allowed at none of them: the server refuses as a whole.
  problems.allow(/status of 409/);
  const { orders } = await api.orders.list.query({ connectionIds: [seed.connectionId], states: ["delivered", "cancelled", "returned"], limit: 2 });
  expect(orders).toHaveLength(2);
  await page.goto(`/orders?connection=${seed.connectionId}&tab=${orders[0]?.state}`);
  const row = page.locator(`[data-order="${orders[0]?.id}"]`);
  await row.focus();
  await page.keyboard.press("x");
  const bar = page.getByRole("region", { name: "Actions for the chosen orders" });
  await expect(bar).toContainText("1 order chosen");
  await bar.getByRole("button", { name: "Ship", exact: true }).click();
  const outcome = page.getByRole("dialog", { name: /outcome$/ });
  await expect(outcome).toContainText("1 order was left as it is");
  await expect(outcome).toContainText("The service does not allow this now, or it needs details.");
  await expectAccessible(page);
  await outcome.getByRole("button", { name: orders[0]?.number ?? "" }).click();
  await expect(page).toHaveURL(new RegExp(`order=${orders[0]?.id}`));
});

test("the chosen orders alone are exported and printed for the shelf", async ({ page, api, seed }) => {
  const { orders } = await api.orders.list.query({ connectionIds: [seed.connectionId], limit: 3 });
  const ids = orders.slice(0, 2).map(({ id }) => id);
  const answer = await page.request.get(`/api/orders/export?format=csv&separator=comma&ids=${ids.join(",")}`);
  const rows = readCsv(await answer.text(), ",");
  expect(new Set(rows.map((row) => row["Number"]))).toEqual(new Set(orders.slice(0, 2).map(({ number }) => number)));
  await page.goto(`/orders/print?ids=${ids.join(",")}`);
  await expect(page.getByRole("heading", { level: 1, name: "Picking list" })).toBeVisible();
  await expect(page.getByRole("article")).toHaveCount(2);
  for (const { number } of orders.slice(0, 2)) await expect(page.getByRole("heading", { level: 3, name: number })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/orders/print");
  await expect(page.getByText("Nothing to print")).toBeVisible();
});
