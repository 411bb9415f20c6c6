import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../../fixtures/accessibility";
import { expectLoaded, expectSound, tableOf } from "../../fixtures/page-checks";
import { expect, test } from "../../fixtures/test";

/** Bytes of a text as Cyrillic Windows writes it. */
function inWindows1251(text: string): Buffer {
  const table = new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Buffer.from(Array.from(text, (letter) => table.indexOf(letter)));
}

/** Lines nobody else has brought: an own marketplace of this test. */
const unique = () => `E2E ${Date.now()} ${Math.round(Math.random() * 1e6)}`;

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel("CSV file").setInputFiles({ name, mimeType: "text/csv", buffer });
}

const count = (page: Page, label: string): Locator =>
  page
    .locator("dl > div")
    .filter({ has: page.locator("dt", { hasText: new RegExp(`^${label}$`) }) })
    .locator("dd");

async function select(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option }).click();
}

test("a file is previewed, put right by hand, imported once, shown and taken back", async ({ page, api, seed }) => {
  const order = unique();
  const fileName = `${order}.csv`;
  const file = inWindows1251(
    `Отчёт о реализации\nДата;№ заказа;Товар;Кол-во;К оплате;Комиссия\n01.03.2024;${order};Кружка;2;1 234,50;100\n31.02.2024;X;Чашка;1;10;\n02.03.2024;${order};Чашка;1;99,9;\n`,
  );
  await page.goto("/sales");
  await page.getByRole("link", { name: "Import" }).click();
  await expect(page.getByRole("heading", { name: "Import sales" })).toBeVisible();
  await choose(page, fileName, file);
  await expect(page.getByRole("combobox", { name: "Encoding" })).toHaveText("Windows-1251 (Cyrillic)");
  await expect(page.getByRole("combobox", { name: "Separator" })).toHaveText("Semicolon");

  // What the file does not say is asked for: whose sales, which column is the revenue.
  await expect(page.getByText("The file does not say it. Choose a shop, or a marketplace.")).toBeVisible();
  const { name: shop } = await api.integrations.get.query({ id: seed.connectionId });
  await select(page, "Whose sales these are", shop);
  await expect(page.getByText("Choose the column.")).toBeVisible();
  await select(page, "Revenue", /К оплате/);

  await expect(count(page, "New")).toHaveText("2");
  await expect(count(page, "Left out")).toHaveText("1");
  await expect(page.getByText("Line 4: “31.02.2024” is no date")).toBeVisible();
  await expect(page.getByText("1 fee is written as a positive amount")).toBeVisible();
  const first = tableOf(page, "First lines").getByRole("row").filter({ hasText: "Кружка" });
  await expect(first).toContainText("Mar 1, 2024");
  await expect(first).toContainText("₽1,234.50");
  await expect(first).toContainText("-₽100.00");
  await expectAccessible(page);
  expect((await api.sales.list.query({ from: "2024-03-01", to: "2024-03-02", search: order })).lines).toEqual([]);

  await page.getByRole("button", { name: "Import 2 lines" }).click();
  await expect(page.getByText("2 lines imported")).toBeVisible();
  const { lines } = await api.sales.list.query({ from: "2024-03-01", to: "2024-03-02", search: order });
  expect(lines.map(({ revenueMinor, feesMinor, quantity, connectionId }) => ({ revenueMinor, feesMinor, quantity, connectionId }))).toEqual([
    { revenueMinor: 9_990n, feesMinor: 0n, quantity: 1, connectionId: seed.connectionId },
    { revenueMinor: 123_450n, feesMinor: -10_000n, quantity: 2, connectionId: seed.connectionId },
  ]);

  // The same file again has nothing new.
  await choose(page, fileName, file);
  await select(page, "Whose sales these are", shop);
  await select(page, "Revenue", /К оплате/);
  await expect(page.getByText("This very file was imported on")).toBeVisible();
  await expect(count(page, "Already here")).toHaveText("2");
  await expect(page.getByRole("button", { name: "Nothing to import" })).toBeDisabled();
  await page.getByRole("button", { name: "Choose another file" }).click();

  const row = page.getByRole("listitem").filter({ hasText: fileName });
  await expect(row).toContainText("new 2 · already here 0 · possible duplicates 0 · left out 1");
  await row.getByRole("link", { name: fileName }).click();
  await expect(page.getByRole("button", { name: "Lines of one file" })).toBeVisible();
  await expect(tableOf(page, "Lines").getByRole("row")).toHaveCount(3);

  await page.goBack();
  await row.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove 2 lines" }).click();
  await expect(page.getByText("2 lines removed")).toBeVisible();
  await expect(row.getByText("taken back", { exact: true })).toBeVisible();
  expect((await api.sales.list.query({ from: "2024-03-01", to: "2024-03-02", search: order })).lines).toEqual([]);
});

test("our own export comes back in, and is known line by line", async ({ page, seed }) => {
  await page.goto(`/sales?connection=${seed.connectionId}`);
  await expect(tableOf(page, "Lines").getByRole("row").nth(1)).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  const started = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV" }).click();
  const file = await readFile(await (await started).path());
  await page.goto("/sales/import");
  await choose(page, "export.csv", file);
  await expect(page.getByRole("combobox", { name: "Encoding" })).toHaveText("UTF-8 with BOM");
  const rows = await count(page, "Lines in the file").textContent();
  expect(Number(rows?.replaceAll(",", ""))).toBeGreaterThan(0);
  await expect(count(page, "Already here")).toHaveText(rows ?? "");
  await expect(page.getByRole("button", { name: "Nothing to import" })).toBeDisabled();
});

test("what is no CSV is refused with what to do", async ({ page, problems }) => {
  problems.allow(/status of 400/);
  await page.goto("/sales/import");
  await expectLoaded(page);
  await choose(page, "book.csv", Buffer.from("PK\u0003\u0004 and so on"));
  await expect(page.getByText("This is an Excel workbook. Save it as CSV and choose that file.")).toBeVisible();
  await choose(page, "empty.csv", Buffer.from("\n\n"));
  await expect(page.getByText("The file is empty. Choose another one.")).toBeVisible();
  await choose(page, "quote.csv", Buffer.from('date,revenue\n2024-03-01,"5\n'));
  await expect(page.getByText("A quotation mark is opened in line 2 and never closed")).toBeVisible();
  await choose(page, "large.csv", Buffer.alloc(10_000_001, "a"));
  await expect(page.getByText("The file is larger than 10 MB.")).toBeVisible();
});

test("the preview is sound in both themes, wide and on a phone", async ({ page }) => {
  await page.goto("/sales/import");
  const place = unique();
  await choose(
    page,
    "november.csv",
    Buffer.from(
      `id,date,type,revenue,fees,payout,currency,organization,marketplace\n1,02/01/2024,sale,10,-1,9,EUR,Nobody,${place}\n2,x,sale,10,-1,9,EUR,Nobody,${place}\n`,
    ),
  );
  await expect(page.getByText("there is no organization “Nobody” here").first()).toBeVisible();
  await expect(page.getByText("The dates can be read in two ways.")).toBeVisible();
  await expectSound(page);
});

test("who only reads sees no way to import", async ({ openBrowser }) => {
  const page = await openBrowser("operator");
  await page.goto("/sales/import");
  await expect(page).not.toHaveURL(/import/);
  await expect(page.getByLabel("CSV file")).toHaveCount(0);
});
