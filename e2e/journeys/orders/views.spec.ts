import type { Page } from "@playwright/test";
import { expectAccessible } from "../../fixtures/accessibility";
import { unique } from "../../fixtures/inbox";
import { expectNoSidewaysScroll } from "../../fixtures/page-checks";
import { expect, test } from "../../fixtures/test";

const views = (page: Page) => page.getByRole("dialog", { name: "Views" });

/** A view the page opens with says so after its name. */
const entry = (page: Page, name: string) => views(page).getByRole("button", { name: new RegExp(`^${name}`) });

async function save(page: Page, name: string, shared = false): Promise<void> {
  await page.getByRole("button", { name: "Save as a view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save view" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  if (shared) await dialog.getByRole("checkbox", { name: "Share with everybody" }).click();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
}

/** The open view's own name is what opens the list of views. */
async function actionsOf(page: Page, opener: string, name: string): Promise<void> {
  // One that is just closing can still be seen.
  await expect(async () => {
    if (!(await views(page).isVisible())) await page.getByRole("button", { name: opener, exact: true }).click();
    await entry(page, name).hover({ timeout: 3_000 });
  }).toPass();
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
}

test("a view of orders is kept, changed, opened with the page, and left", async ({ page, api, seed }) => {
  const name = unique("Late ones");
  try {
    await page.goto(`/orders?connection=${seed.connectionId}&tab=waiting`);
    await save(page, name);
    await expect(page).toHaveURL(/tab=waiting.*view=[0-9a-f-]{36}|view=[0-9a-f-]{36}.*tab=waiting/);

    await page.getByRole("navigation", { name: "States" }).getByRole("button", { name: "All", exact: true }).click();
    await expect(page.getByRole("button", { name: "Changed" })).toBeVisible();
    await page.getByRole("button", { name: "Changed" }).click();
    await page.getByRole("menuitem", { name: "Back to the saved view" }).click();
    await expect(page).toHaveURL(/tab=waiting/);
    await expect(page.getByRole("button", { name: "Changed" })).toHaveCount(0);

    await actionsOf(page, name, name);
    await page.getByRole("menuitem", { name: "Open the page with it" }).click();
    await expect(page.getByText(`The page now opens with “${name}”`)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(views(page)).toHaveCount(0);
    await expectAccessible(page);
    await page.goto("/orders");
    await expect(page).toHaveURL(new RegExp(`connection=${seed.connectionId}`));
    await expect(page.getByRole("button", { name, exact: true })).toBeVisible();

    await page.getByRole("button", { name, exact: true }).click();
    await views(page).getByRole("button", { name: "All orders" }).click();
    await expect(page).toHaveURL(/\/orders\?view=none$/);
    await page.reload();
    await expect(page.getByRole("button", { name: "Views", exact: true })).toBeVisible();

    await actionsOf(page, "Views", name);
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(entry(page, name)).toHaveCount(0);
    await page.goto("/orders");
    await expect(page).toHaveURL(/\/orders$/);
  } finally {
    for (const view of await api.views.list.query({ page: "orders" })) if (view.name === name) await api.views.remove.mutate({ viewId: view.id });
  }
});

test("a shared view of the catalog is everybody's, and only those who may share change it", async ({ page, api, openBrowser }) => {
  const name = unique("Teapots");
  try {
    await page.goto("/catalog?q=kettle");
    await save(page, name, true);
    const theirs = await openBrowser("warehouse");
    await theirs.goto("/catalog");
    await theirs.getByRole("button", { name: "Views", exact: true }).click();
    await views(theirs).getByRole("button", { name, exact: true }).click();
    await expect(theirs).toHaveURL(/q=kettle/);
    await actionsOf(theirs, name, name);
    await expect(theirs.getByRole("menuitem")).toHaveText(["Open the page with it"]);
  } finally {
    for (const view of await api.views.list.query({ page: "catalog" })) if (view.name === name) await api.views.remove.mutate({ viewId: view.id });
  }
});

test("a view of sales stands in the command bar and fits a phone", async ({ page, api }) => {
  const name = unique("Returns");
  const { id } = await api.views.create.mutate({ name, isShared: false, filters: { page: "sales", address: "kind=return&days=90" } });
  try {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/sales");
    const field = page.getByRole("dialog").getByRole("combobox");
    // The page can be read before it can listen.
    await expect(async () => {
      if (!(await field.isVisible())) await page.keyboard.press("Control+k");
      await expect(field).toBeVisible({ timeout: 3_000 });
    }).toPass();
    await field.fill(name);
    await page.getByRole("option", { name }).click();
    await expect(page).toHaveURL(/kind=return/);
    await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
    await expectNoSidewaysScroll(page);
  } finally {
    await api.views.remove.mutate({ viewId: id });
  }
});
