import { expectAccessible } from "../../fixtures/accessibility";
import { expectLoaded, tableOf } from "../../fixtures/page-checks";
import { expect, test } from "../../fixtures/test";

const TABLE = "Variants with stock by shop";

test("listings of all shops become variants, one an article", async ({ page, api }) => {
  await page.goto("/catalog?show=unmatched");
  await expectLoaded(page);
  const { unmatched } = await api.catalog.overview.query();
  if (unmatched > 0) {
    await page.getByRole("button", { name: "Make variants of all" }).click();
    await page.getByRole("button", { name: "Make variants", exact: true }).click();
    await expect(page.getByText("Every listing is matched")).toBeVisible();
  }
  const overview = await api.catalog.overview.query();
  expect(overview.unmatched).toBe(0);
  expect(overview.variants).toBeGreaterThan(0);
});

test("a counted shelf shows what is available, and what moved", async ({ page, api }) => {
  const sku = `E2E-${Date.now()}`;
  await page.goto("/catalog");
  await page.getByRole("button", { name: "Add a variant" }).click();
  const dialog = page.getByRole("dialog", { name: "New variant" });
  await dialog.getByLabel("Article").fill(sku);
  await dialog.getByLabel("Name").fill(`Kettle ${sku}`);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("searchbox", { name: "Name, article, barcode" }).fill(sku);
  const row = tableOf(page, TABLE).getByRole("row").filter({ hasText: sku });
  await expect(row.getByText("not counted")).toBeVisible();
  await row.getByRole("button", { name: new RegExp(sku) }).click();
  const drawer = page.getByRole("dialog", { name: `Kettle ${sku}` });
  await drawer.getByLabel("Pieces there").fill("12");
  await drawer.getByRole("button", { name: "Book" }).click();
  await expect(drawer.getByRole("listitem").filter({ hasText: "Counted" }).getByText("+12")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(row.getByRole("cell").nth(4)).toHaveText("12");
  const { variants } = await api.catalog.variants.list.query({ search: sku });
  expect(variants).toMatchObject([{ sku, onHand: 12, available: 12, reserved: 0 }]);
});

test("nothing is written to a shop before a person has seen what would be", async ({ page, api }) => {
  const { channels } = await api.catalog.overview.query();
  const shop = channels.find((channel) => channel.writesStock && !channel.rule.isEnabled);
  if (shop === undefined) return expect(channels.every((channel) => !channel.writesStock || channel.rule.isEnabled)).toBe(true);
  await page.goto("/catalog");
  await page.getByRole("button", { name: "Stock rules" }).click();
  await page.getByRole("switch", { name: `Write stock to ${shop.name}` }).click();
  const dialog = page.getByRole("dialog", { name: `Write stock to ${shop.name}?` });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Not yet" }).click();
  const after = await api.catalog.overview.query();
  expect(after.channels.find((channel) => channel.connectionId === shop.connectionId)?.rule.isEnabled).toBe(false);
});

test("a table is previewed before anything changes", async ({ page, api }) => {
  const sku = `CSV-${Date.now()}`;
  await api.catalog.variants.create.mutate({ sku, name: `Imported ${sku}`, onHand: 1 });
  await page.goto("/catalog");
  await page.getByRole("button", { name: "Table" }).click();
  await page.getByRole("menuitem", { name: "Import stock and prices…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import stock and prices" });
  // As Excel saves it on Cyrillic Windows: НИКТО in code page 1251.
  const nobody = Buffer.from([0xcd, 0xc8, 0xca, 0xd2, 0xce]);
  const buffer = Buffer.concat([Buffer.from(`sku,on_hand\n${sku},9\n`), nobody, Buffer.from(",1\n")]);
  await dialog.getByLabel("CSV file").setInputFiles({ name: "stock.csv", mimeType: "text/csv", buffer });
  await expect(tableOf(page, "Changes").getByRole("row").filter({ hasText: sku })).toContainText("9");
  await expect(dialog.getByText("Line 3: no variant with the article НИКТО")).toBeVisible();
  expect((await api.catalog.variants.list.query({ search: sku })).variants[0]?.onHand).toBe(1);
  await dialog.getByRole("button", { name: "Apply 1 change" }).click();
  await expect(dialog).toBeHidden();
  expect((await api.catalog.variants.list.query({ search: sku })).variants[0]?.onHand).toBe(9);
});

test("the keyboard goes from row to row and ticks them", async ({ page, api }) => {
  for (const letter of ["A", "B"]) await api.catalog.variants.create.mutate({ sku: `KEY-${letter}-${Date.now()}`, name: `Key ${letter}` });
  await page.goto("/catalog?q=Key");
  await expect(tableOf(page, TABLE).getByRole("row").nth(2)).toBeVisible();
  await page.locator("body").press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("1 selected")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("1 selected")).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
});
