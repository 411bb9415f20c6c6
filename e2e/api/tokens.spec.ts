import { unique } from "../fixtures/inbox";
import { expect, test } from "../fixtures/test";

test("a token is made, shown once, used, and revoked", async ({ page, appUrl }) => {
  const name = unique("Bookkeeping");
  await page.goto("/settings/api");
  await page.getByRole("button", { name: "Create token" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New token" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Choose at least one permission.")).toBeVisible();
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("checkbox", { name: "Read products" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  const ready = page.getByRole("dialog", { name: "The token is ready" });
  const token = await ready.getByLabel("Token", { exact: true }).inputValue();
  await ready.getByRole("button", { name: "Close", exact: true }).last().click();

  const ask = (path: string) => fetch(`${appUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect((await ask("/api/v1/products")).status).toBe(200);
  expect((await ask("/api/v1/sales")).status).toBe(403);

  await page.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText(`“${name}” no longer works.`)).toBeVisible();
  expect((await ask("/api/v1/products")).status).toBe(401);
});
