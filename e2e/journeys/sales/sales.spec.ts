import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { tableOf } from "../../fixtures/page-checks";
import { columnOfWorkbook, readCsv } from "../../fixtures/spreadsheet";
import { expect, test } from "../../fixtures/test";
import { until } from "../../fixtures/until";

/** Minor units of an amount as the page shows it: "-₽3,890.00". */
const minorOf = (text: string) => Number(text.replaceAll(/[^\d]/g, "")) * (/[-−]/.test(text) ? -1 : 1);

async function tile(page: Page, label: string): Promise<number> {
  const value = page.locator("dl > div").filter({ has: page.locator("dt", { hasText: new RegExp(`^${label}$`) }) });
  return minorOf((await value.locator("dd").textContent()) ?? "");
}

/** The page cut to the scenario's shop, so that what other tests connect does not count. */
const shopPage = (connectionId: string) => `/sales?connection=${connectionId}`;

async function openSales(page: Page, connectionId: string, more = ""): Promise<void> {
  await page.goto(shopPage(connectionId) + more);
  await expect(tableOf(page, "Lines").getByRole("row").nth(1)).toBeVisible();
}

test("the totals are the marketplace's own books", async ({ page, desk, api, seed }) => {
  const { period } = await api.sales.totals.query({ by: "day", connectionIds: [seed.connectionId] });
  const books = await desk.ozon.books({ from: period.from, to: period.to });
  await openSales(page, seed.connectionId);
  await expect.poll(() => tile(page, "Revenue")).toBe(books.total.revenueMinor);
  expect(await tile(page, "Pieces")).toBe(books.total.quantity);
  const fees = books.total.commissionMinor + books.total.servicesMinor + books.otherFeesMinor;
  expect(await tile(page, "Fees")).toBe(fees);
  expect(await tile(page, "Payout")).toBe(books.total.revenueMinor + fees);

  await page.getByRole("button", { name: "Show as table" }).click();
  const rows = await tableOf(page, "Revenue by day").getByRole("row").allInnerTexts();
  const shown = rows.slice(1).map((row) => minorOf(row.split("\t").at(-1) ?? ""));
  expect(shown.reduce((sum, day) => sum + day, 0)).toBe(books.total.revenueMinor);
  const best = Math.max(...Object.values(books.byDay).map((day) => day.revenueMinor));
  expect(Math.max(...shown)).toBe(best);
});

test("returns are negative lines, and the kind filter leaves only them", async ({ page, seed }) => {
  await openSales(page, seed.connectionId);
  await page.getByRole("combobox", { name: "Kind" }).click();
  await page.getByRole("option", { name: "Return" }).click();
  await expect(page).toHaveURL(/kind=return/);
  const rows = tableOf(page, "Lines").getByRole("row");
  await expect(rows.filter({ hasText: "Sale" })).toHaveCount(0);
  const returns = rows.filter({ hasText: "Return" });
  await expect(returns.first()).toBeVisible();
  for (const row of await returns.all()) {
    const cells = await row.getByRole("cell").allInnerTexts();
    expect(minorOf(cells[3] ?? "")).toBeLessThan(0);
    expect(minorOf(cells[4] ?? "")).toBeLessThan(0);
  }
  await page.reload();
  await expect(returns.first()).toBeVisible();
  await expect(rows.filter({ hasText: "Sale" })).toHaveCount(0);
});

test("totals by product lead to the product's own lines", async ({ page, desk, seed }) => {
  await openSales(page, seed.connectionId);
  await page.getByRole("tab", { name: "Product" }).click();
  const product = page.getByRole("button", { name: /Комплект постельного белья евро/ });
  await product.click();
  await expect(page).toHaveURL(/sku=\d+/);
  const sku = new URL(page.url()).searchParams.get("sku") ?? "";
  const books = await desk.ozon.books();
  await expect.poll(() => tile(page, "Revenue")).toBe(books.byProduct[sku]?.revenueMinor);
  const rows = tableOf(page, "Lines").getByRole("row");
  await expect(rows.filter({ hasNotText: `SKU ${sku}` })).toHaveCount(1);
  await page.getByRole("button", { name: `SKU ${sku}` }).click();
  await expect.poll(() => tile(page, "Revenue")).toBe(books.total.revenueMinor);
});

test("every number leads to the lines it is made of, and a line to its order", async ({ page, api, seed }) => {
  await openSales(page, seed.connectionId);
  const returns = await tile(page, "of it returns");
  expect(returns).toBeLessThan(0);
  await page.locator("dl > div").filter({ hasText: "of it returns" }).getByRole("button").click();
  await expect(page).toHaveURL(/kind=return/);
  await expect.poll(() => tile(page, "Revenue")).toBe(returns);

  await openSales(page, seed.connectionId);
  const day = page.getByRole("region", { name: "Totals by" }).getByRole("listitem").first();
  const revenue = minorOf((await day.locator("span.tabular").textContent()) ?? "");
  await day.getByRole("button").click();
  await expect(page).toHaveURL(/from=\d{4}-\d{2}-\d{2}/);
  await expect.poll(() => tile(page, "Revenue")).toBe(revenue);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get("from")).toBe(searchParams.get("to"));

  const { lines } = await api.sales.list.query({ connectionIds: [seed.connectionId], limit: 500 });
  const known = lines.find(({ orderId }) => orderId !== null);
  if (known === undefined) throw new Error("No line of the scenario belongs to an order.");
  const number = known.postingNumber ?? known.orderNumber ?? "";
  await openSales(page, seed.connectionId, `&q=${encodeURIComponent(number)}`);
  await page.getByRole("link", { name: number }).first().click();
  await expect(page).toHaveURL(`/orders?order=${known.orderId}`);
  const order = await api.orders.get.query({ orderId: known.orderId ?? "" });
  expect([order.number, order.groupNumber]).toContain(number);
});

test("search and period narrow the lines and the totals alike; a view without lines says why", async ({ page, seed, api }) => {
  const { lines } = await api.sales.list.query({ connectionIds: [seed.connectionId], kinds: ["sale"], limit: 1 });
  const posting = lines[0]?.postingNumber ?? "";
  expect(posting).not.toBe("");
  await openSales(page, seed.connectionId);
  await page.getByRole("searchbox").fill(posting);
  const rows = tableOf(page, "Lines").getByRole("row");
  await expect(rows.filter({ hasText: posting }).first()).toBeVisible();
  await expect(rows.filter({ hasNotText: posting })).toHaveCount(1);
  await page.getByRole("searchbox").fill("нет-такого-заказа");
  await expect(page.getByText("No line fits the period and filters chosen.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(rows.nth(1)).toBeVisible();
});

for (const format of ["csv", "xlsx"] as const) {
  test(`the ${format} export adds up to the totals on the screen`, async ({ page, seed }) => {
    await openSales(page, seed.connectionId);
    await expect.poll(() => tile(page, "Revenue")).not.toBe(0);
    const [revenue, fees] = [await tile(page, "Revenue"), await tile(page, "Fees")];
    await page.getByRole("button", { name: "Export" }).click();
    const started = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: format === "csv" ? "CSV" : "Excel (XLSX)" }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^sales-\\d{4}-\\d{2}-\\d{2}-\\d{4}-\\d{2}-\\d{2}\\.${format}$`));
    const file = await readFile(await download.path());
    const sum = (numbers: readonly number[]) => Math.round(numbers.reduce((total, value) => total + value, 0) * 100);
    if (format === "csv") {
      const records = readCsv(file.toString("utf8"));
      expect(sum(records.map((record) => Number(record["Revenue"])))).toBe(revenue);
      expect(sum(records.map((record) => Number(record["Fees"])))).toBe(fees);
    } else {
      expect(sum(columnOfWorkbook(file, "M"))).toBe(revenue);
      expect(sum(columnOfWorkbook(file, "N"))).toBe(fees);
    }
  });
}

test("fetching the same thirty days again changes nothing", async ({ page, api, seed }) => {
  const totals = () => api.sales.totals.query({ by: "day", connectionIds: [seed.connectionId] }).then(({ overall }) => overall);
  const before = await totals();
  const started = new Date();
  await page.goto(`/integrations/${seed.connectionId}`);
  await page.getByRole("button", { name: "Sync 30 days" }).click();
  const run = await until("the repeated run", async () => {
    const { runs } = await api.integrations.runs.list.query({ connectionId: seed.connectionId, stream: "sales", limit: 1 });
    return runs.find((entry) => entry.queuedAt.getTime() > started.getTime() - 5_000 && entry.status === "succeeded");
  });
  expect(run.received).toBeGreaterThan(0);
  expect({ applied: run.applied, duplicate: run.duplicate }).toEqual({ applied: 0, duplicate: run.received });
  expect(await totals()).toEqual(before);
});
