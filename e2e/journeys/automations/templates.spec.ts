import { unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

test("a template is written with a placeholder, previewed, warned about, found and removed with undo", async ({ page, api }) => {
  const title = unique("Thanks");
  await page.goto("/automations");
  await expect(page).toHaveURL(/\/automations\/templates$/);
  await page.getByRole("button", { name: "New template" }).first().click();
  const drawer = page.getByRole("dialog", { name: "New template" });
  await drawer.getByLabel("Name").fill(title);
  await drawer.getByLabel("Text").fill("Thank you for your patience, ");
  await drawer.getByRole("button", { name: "Insert placeholder" }).click();
  await page.getByRole("menuitem", { name: /Buyer’s name/ }).click();
  await expect(drawer.getByLabel("Text")).toHaveValue("Thank you for your patience, {{buyer_name}}");
  await expect(drawer.getByText("Thank you for your patience, Anna")).toBeVisible();
  await drawer.getByRole("button", { name: "Without values" }).click();
  await expect(drawer.getByText(/Without a value stays visible/)).toBeVisible();

  // The guard says what it would stop before anything is saved.
  await drawer.getByLabel("Text").fill("Write to me: anna.shop@gmail.com");
  await expect(drawer.getByText("“anna.shop@gmail.com”")).toBeVisible();
  await drawer.getByLabel("Text").fill("Thank you, {{buyer_nmae}}!");
  await expect(drawer.getByText("There is no placeholder “buyer_nmae”")).toBeVisible();
  await drawer.getByLabel("Text").fill("Thank you, {{buyer_name|dear buyer}}!");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toBeHidden();

  await page.getByRole("searchbox", { name: "Search templates" }).fill(title);
  await expect(page).toHaveURL(/q=/);
  const row = page.getByRole("listitem").filter({ hasText: title });
  await expect(row).toContainText("Thank you, [Buyer’s name]!");
  await row.getByRole("button", { name: `More actions: ${title}` }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(row).toBeVisible();
  const { templates } = await api.replies.templates.list.query({ query: title });
  expect(templates.map(({ text }) => text)).toEqual(["Thank you, {{buyer_name|dear buyer}}!"]);
});

test("leaving the page after a removal removes for good", async ({ page, api }) => {
  const title = unique("Farewell");
  await api.replies.templates.save.mutate({ title, shortcut: null, text: "Good-bye!", channels: [], isShared: true });
  await page.goto(`/automations/templates?q=${encodeURIComponent(title)}`);
  await page.getByRole("button", { name: `More actions: ${title}` }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("navigation", { name: "Automations" }).getByRole("link", { name: "Working hours" }).click();
  await expect.poll(async () => (await api.replies.templates.list.query({ query: title })).templates.length).toBe(0);
});
